import type { ImportedMarkdown } from '../../lib/content/markdown/markdown-import'
import type { ErrorCode } from '../../lib/errors'

/** What the import worker is given. */
export interface WorkerTask {
  readonly file: Uint8Array | string
  /** Yjs client id (unsigned 32 bits) under which the body is written. */
  readonly clientId: number
}

/** A file as a body that can be stored as it is: encoding it is as slow as reading, and happens over there. */
export interface ImportedFile extends Omit<ImportedMarkdown, 'content'> {
  /** The body's first update (`seedUpdate`). */
  readonly seed: Uint8Array
}

/** How a file was read, or why not. Errors lose their class on the way between threads. */
export type WorkerAnswer =
  | { readonly imported: ImportedFile }
  | {
      readonly failed: {
        readonly code: ErrorCode
        /** For the person; null: the table's. */
        readonly sentence: string | null
        /** For the operator's log, without content. */
        readonly detail: string | null
      }
    }
