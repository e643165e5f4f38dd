import { useEffect } from 'react'
import { callApi } from '../call-api'

/** Tells the server once, and when it changes, where this person's nine o'clock is. */
export function useTimeZone(personId: string): void {
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    const key = `rationale.time-zone.${personId}`
    try {
      if (!timeZone || localStorage.getItem(key) === timeZone) return
      callApi('putNoticeSettings', { body: { timeZone } }).then(
        () => localStorage.setItem(key, timeZone),
        // It is told at the next visit.
        () => {},
      )
    } catch {
      // A browser that keeps nothing: its person's mail of the day comes at nine of UTC.
    }
  }, [personId])
}
