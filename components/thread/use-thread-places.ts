import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { OutlineSection } from '../../lib/content/outline'
import { RestTimer } from './rest-timer'

export type Ranges = ReadonlyMap<string, { readonly from: number; readonly to: number }>

/** Where threads are in the text, for what draws them. */
export interface ThreadPlaces {
  /** Ranges of the words of attached threads, as of the last transaction. */
  readonly ranges: { readonly current: Ranges }
  readonly outline: { readonly current: readonly OutlineSection[] }
  /** Another number when what is drawn should be looked at anew. */
  readonly tick: number
}

/** Positions move with every keystroke; what is drawn from them follows when the typing rests. In ms. */
const restMs = 200
/** Where somebody always types, it follows this often. */
const mostMs = 1_000

/** Keeps the places without drawing for each of them: at once when a thread lost or found its words, else at rest. */
export function useThreadPlaces() {
  const ranges = useRef<Ranges>(new Map())
  const outline = useRef<readonly OutlineSection[]>([])
  const [tick, setTick] = useState(0)
  const [timer] = useState(() => new RestTimer(() => setTick((before) => before + 1), mostMs))
  useEffect(() => () => timer.end(), [timer])

  const onRanges = useCallback(
    (now: Ranges) => {
      const before = ranges.current
      ranges.current = now
      const same = before.size === now.size && [...now.keys()].every((id) => before.has(id))
      timer.soon(same ? restMs : 0)
    },
    [timer],
  )
  const onOutline = useCallback(
    (now: readonly OutlineSection[]) => {
      outline.current = now
      timer.soon(restMs)
    },
    [timer],
  )
  const places = useMemo((): ThreadPlaces => ({ ranges, outline, tick }), [tick])
  return { places, onRanges, onOutline }
}
