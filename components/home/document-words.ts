import type { Status } from '../../lib/document'
import type { StatusTone } from '../ui/status-pill'

/** The colour of a status. */
export const toneOf: Record<Status, StatusTone> = {
  draft: 'draft',
  in_review: 'review',
  approved: 'approved',
  implemented: 'implemented',
  superseded: 'superseded',
  abandoned: 'abandoned',
}

/** Where a document is read and written. */
export const documentAddress = (id: string): string => `/d/${id}`

/** `TDD-0042`, or what stands in its place for the one document that has no number. */
export const numberWords = (number: string | null): string => number ?? 'Sample'
