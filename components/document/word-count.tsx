'use client'

import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { tip } from '../ui/tip'
import type { WordCounts } from './word-counter'

/** How many words there are, of the selection where there is one, and how long reading takes. Quiet, and after the text. */
export function WordCount({ editor }: { readonly editor: Editor | null }) {
  const [told, setTold] = useState<{ readonly counts: WordCounts; readonly minutes: number } | null>(null)
  useEffect(() => {
    if (!editor || editor.isDestroyed) return
    let stop = () => {}
    let gone = false
    // What it is made of comes after the editor; a page whose server is away goes without.
    void Promise.all([import('./word-counter'), import('../../lib/content/word-count')]).then(
      ([{ WordCounter }, { readingMinutes }]) => {
        if (gone) return
        const counter = new WordCounter(editor, (counts) => {
          const minutes = readingMinutes(counts.words)
          setTold((before) => (isSame(before?.counts, counts) ? before : { counts, minutes }))
        })
        stop = counter.start()
      },
      () => {},
    )
    return () => {
      gone = true
      stop()
    }
  }, [editor])
  if (!told || told.counts.words === 0) return null
  const { words, selected } = told.counts
  return (
    <p
      className="px-2 pt-3 text-ink-3 text-xs tabular-nums"
      {...tip({ text: 'Code, diagrams and formulas are not counted.' })}
    >
      {selected !== null && selected > 0
        ? `${selected.toLocaleString('en')} of ${wordsText(words)} selected`
        : `${wordsText(words)}, ${told.minutes} min to read`}
    </p>
  )
}

const wordsText = (words: number): string => (words === 1 ? '1 word' : `${words.toLocaleString('en')} words`)

const isSame = (a: WordCounts | undefined, b: WordCounts): boolean =>
  a?.words === b.words && a.selected === b.selected
