import { type Status, statuses } from '../../lib/document'

/** What the list of documents is narrowed to; it stands in the address, so that it can be sent and gone back to. */
export interface HomeFilter {
  /** Words of the title; empty where it does not matter. */
  readonly q: string
  readonly mine: boolean
  readonly status: Status | null
}

export const everything: HomeFilter = { q: '', mine: false, status: null }

export const isNarrowed = (filter: HomeFilter): boolean =>
  filter.q !== '' || filter.mine || filter.status !== null

/** Reads an address's query; what it does not know counts as not given. */
export function parseFilter(params: { get: (name: string) => string | null }): HomeFilter {
  return {
    q: (params.get('q') ?? '').slice(0, 200).trim(),
    mine: params.get('owner') === 'me',
    status: statuses.find((status) => status === params.get('status')) ?? null,
  }
}

/** The address of the home page with this filter. */
export function filterAddress(filter: HomeFilter): string {
  const params = new URLSearchParams()
  if (filter.q) params.set('q', filter.q)
  if (filter.mine) params.set('owner', 'me')
  if (filter.status) params.set('status', filter.status)
  return params.size > 0 ? `/?${params}` : '/'
}

/** The query of `listDocuments`. */
export const filterQuery = (filter: HomeFilter) => ({
  ...(filter.q ? { q: filter.q } : {}),
  ...(filter.mine ? { owner: 'me' } : {}),
  ...(filter.status ? { status: filter.status } : {}),
})
