'use client'

import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
/** What was chosen where the browser refuses to remember it. */
const here = new Map<string, boolean>()

function read(name: string, byDefault: boolean): boolean {
  const chosen = here.get(name)
  if (chosen !== undefined) return chosen
  try {
    const stored = localStorage.getItem(name)
    return stored === null ? byDefault : stored === 'yes'
  } catch {
    return byDefault
  }
}

/**
 * A choice between yes and no that this browser remembers, the same in each part of a page.
 *
 * @param name under which it is stored.
 */
export function useKeptChoice(name: string, byDefault: boolean): [boolean, (chosen: boolean) => void] {
  const value = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => read(name, byDefault),
    () => byDefault,
  )
  const choose = useCallback(
    (chosen: boolean) => {
      here.set(name, chosen)
      try {
        localStorage.setItem(name, chosen ? 'yes' : 'no')
      } catch {
        // Private windows may refuse: then it holds as long as the page.
      }
      for (const listener of listeners) listener()
    },
    [name],
  )
  return [value, choose]
}
