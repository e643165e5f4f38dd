import { head } from '../../lib/version'

/** What of the history is looked at. */
export interface HistoryPlace {
  /** A version's id, or `head`. */
  readonly to: string
  /** The version that it is compared with; null: the one before it. `itself`: its text alone. */
  readonly from: string | null
}

export const itself = 'itself'

/** From the address `/d/{id}/history?from=&to=`. */
export const placeIn = (search: URLSearchParams): HistoryPlace => ({
  to: search.get('to') || head,
  from: search.get('from') || null,
})

export function addressOfPlace(path: string, { to, from }: HistoryPlace): string {
  const search = new URLSearchParams()
  if (from !== null) search.set('from', from)
  if (to !== head) search.set('to', to)
  return search.size > 0 ? `${path}?${search}` : path
}
