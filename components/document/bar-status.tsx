import { useEffect, useState } from 'react'
import { type Status, statusNames } from '../../lib/document'
import { toneOf } from '../home/document-words'
import { StatusPill } from '../ui/status-pill'

/** What the top bar covers, in px. */
const topBar = 52

/** The status in the top bar, once the one that is drawn under the title has scrolled away. */
export function BarStatus({ status }: { readonly status: Status }) {
  const [away, setAway] = useState(false)
  useEffect(() => {
    const line = window.document.querySelector('[data-status-line]')
    if (!line) return
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry) setAway(!entry.isIntersecting && entry.boundingClientRect.top < topBar)
      },
      { rootMargin: `-${topBar}px 0px 0px` },
    )
    watch.observe(line)
    return () => watch.disconnect()
  }, [])
  if (!away) return null
  return (
    <span className="shrink-0 max-sm:hidden">
      <StatusPill tone={toneOf[status]}>{statusNames[status]}</StatusPill>
    </span>
  )
}
