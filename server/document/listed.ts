import { formatNumber, type Status } from '../../lib/document'

/** Of what is listed across documents, the columns that say whose it is. */
export interface OfDocument {
  readonly document_id: string
  readonly prefix: string
  readonly number: number | null
  readonly title: string
  readonly status: Status
}

export const presentOf = ({ document_id, prefix, number, title, status }: OfDocument) => ({
  id: document_id,
  number: formatNumber(prefix, number),
  title,
  status,
})
