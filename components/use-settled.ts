import { useEffect, useState } from 'react'

/** For what is typed into a search field: how long nobody types before the server is asked, in ms. */
export const typingPauseMs = 150

/** What is typed, once it has rested. @param ms for how long; 0: at once. */
export function useSettled(typed: string, ms = typingPauseMs): string {
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), ms)
    return () => clearTimeout(timer)
  }, [typed, ms])
  return ms === 0 ? typed : settled
}
