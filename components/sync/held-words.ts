import type { Doc } from 'yjs'

/** What a page or this device holds of a document, some of which the server may not have. */
export interface HeldWords {
  readonly doc: Doc
  /** The Yjs clients as which the person wrote. Null: not noted, all that the server lacks is theirs. */
  readonly own: ReadonlySet<number> | null
  /** Their own words that are not known to be committed, as plain text; empty: none. */
  readonly words: string
}
