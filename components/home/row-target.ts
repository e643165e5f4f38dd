import type { DocumentAnswer } from '../../lib/api'

/** What can be done with a document from the list. */
export type RowAction = 'rename' | 'members' | 'bin'

/** A row whose menu is wanted, and the button that asked. */
export interface RowTarget {
  readonly document: DocumentAnswer
  readonly button: HTMLElement
}
