import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { OutlineSection } from '../../lib/content/outline'
import { RestTimer } from '../rest-timer'

export type Ranges = ReadonlyMap<string, { readonly from: number; readonly to: number }>

/** Where threads are in the text, for what draws them. */
export interface ThreadPlaces {
  /** Ranges of the words of attached threads, as of the last transaction. */
  readonly ranges: { readonly current: Ranges }
  /** Threads whose words were looked for in the whole text, and are not there. */
  readonly lost: { readonly current: ReadonlySet<string> }
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
  const lost = useRef<ReadonlySet<string>>(new Set())
  const outline = useRef<readonly OutlineSection[]>([])
  const [tick, setTick] = useState(0)
  const [timer] = useState(() => new RestTimer(() => setTick((before) => before + 1), mostMs))
  useEffect(() => () => timer.end(), [timer])

  const onRanges = useCallback(
    (now: Ranges, gone: ReadonlySet<string>) => {
      const before = { found: ranges.current, lost: lost.current }
      ranges.current = now
      lost.current = gone
      const same = areSameKeys(before.found, now) && areSameKeys(before.lost, gone)
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
  const places = useMemo((): ThreadPlaces => ({ ranges, lost, outline, tick }), [tick])
  return { places, onRanges, onOutline }
}

type Keys = ReadonlyMap<string, unknown> | ReadonlySet<string>
const areSameKeys = (a: Keys, b: Keys): boolean => a.size === b.size && [...a.keys()].every((id) => b.has(id))
