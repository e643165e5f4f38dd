import type { ImportedMarkdown } from '../../lib/content/markdown-import'
import type { ErrorCode } from '../../lib/errors'

/** What the import worker says: `reading` when its program is loaded, then its answer, once. */
export type WorkerMessage = 'reading' | WorkerAnswer

/** How a file was read, or why not. Errors lose their class on the way between threads. */
export type WorkerAnswer =
  | { readonly imported: ImportedMarkdown }
  | {
      readonly failed: {
        readonly code: ErrorCode
        /** For the person; null: the table's. */
        readonly sentence: string | null
        /** For the operator's log, without content. */
        readonly detail: string | null
      }
    }
