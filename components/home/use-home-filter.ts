'use client'

import { useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { typingPauseMs } from '../use-settled'
import { everything, filterAddress, type HomeFilter, parseFilter } from './home-filter'

const goTo = (to: HomeFilter) => window.history.replaceState(null, '', filterAddress(to))

/** The filter in the address, and the words that are being typed, which reach it when typing pauses. */
export function useHomeFilter() {
  const filter = parseFilter(useSearchParams())
  const [words, setWords] = useState(filter.q)
  const latest = useRef(filter)
  useEffect(() => {
    latest.current = filter
  })
  useEffect(() => {
    const timer = setTimeout(() => {
      if (words.trim() !== latest.current.q) goTo({ ...latest.current, q: words.trim() })
    }, typingPauseMs)
    return () => clearTimeout(timer)
  }, [words])
  const clear = () => {
    setWords('')
    goTo(everything)
  }
  return { filter, goTo, words, setWords, clear }
}
