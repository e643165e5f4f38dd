import { onAttachments } from './attachment'
import { onDecisions } from './decision'
import { onDocuments } from './document'
import { onInbox } from './inbox'
import type { Matrix } from './on-document'
import { onReviews } from './review'
import { onSections } from './section'
import { onThreads } from './thread'
import { onVersions } from './version'

/** Each noun says once more, and on purpose, what its routes need: `lib/api.ts` does not. */
export const onDocument: Matrix = {
  ...onDocuments,
  ...onSections,
  ...onAttachments,
  ...onVersions,
  ...onDecisions,
  ...onThreads,
  ...onReviews,
  ...onInbox,
}
