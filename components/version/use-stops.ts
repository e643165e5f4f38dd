import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

export interface Stops {
  /** From 1; 0: nobody went to one yet. */
  readonly at: number
  readonly count: number
  /** What the present one is, in words. */
  readonly said: string
  readonly next: () => void
  readonly previous: () => void
}

/** The way through what differs, one after the other: `n` and `p`, or the two buttons. */
export function useStops(holder: RefObject<HTMLElement | null>, shown: unknown): Stops {
  const [count, setCount] = useState(0)
  const [at, setAt] = useState(0)
  const [said, setSaid] = useState('')
  const current = useRef<HTMLElement | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted anew when something else is shown
  useEffect(() => {
    setCount(stopsIn(holder.current).length)
    setAt(0)
    setSaid('')
    current.current = null
  }, [holder, shown])
  const go = useCallback(
    (step: 1 | -1) => {
      const stops = stopsIn(holder.current)
      if (stops.length === 0) return
      const index = current.current ? stops.indexOf(current.current) : -1
      const to = index < 0 ? firstInSight(stops, step) : (index + step + stops.length) % stops.length
      const stop = stops[to] as HTMLElement
      current.current?.removeAttribute('data-current')
      stop.setAttribute('data-current', '')
      current.current = stop
      stop.scrollIntoView({ block: 'center' })
      stop.focus({ preventScroll: true })
      setAt(to + 1)
      setCount(stops.length)
      setSaid(stop.dataset.said ?? '')
    },
    [holder],
  )
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return
      if (event.key === 'n') go(1)
      else if (event.key === 'p') go(-1)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [go])
  return { at, count, said, next: () => go(1), previous: () => go(-1) }
}

const stopsIn = (holder: HTMLElement | null): HTMLElement[] =>
  holder ? [...holder.querySelectorAll<HTMLElement>('[data-stop]')] : []

/** Whoever has scrolled on begins where they are. */
function firstInSight(stops: readonly HTMLElement[], step: 1 | -1): number {
  const below = stops.findIndex((stop) => stop.getBoundingClientRect().bottom > 0)
  if (step === 1) return Math.max(0, below)
  return below <= 0 ? stops.length - 1 : below - 1
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role="dialog"]') !== null)
