import { loadCovering } from '../document/clock'
import type { OnDocumentOptions } from '../http/endpoint'
import { documentOfComment, documentOfThread } from '../thread/store'
import { holdOfThread } from './around-thread'
import { documentOfVerdict } from './verdict-store'

/** What is decided about a text is decided while nothing is stored in it. */
export const onVerdict = { of: documentOfVerdict } satisfies OnDocumentOptions

/** A version is frozen of what its reader has seen: waited for outside the transaction. */
export const onSavedText = {
  before: ({ db, access, request }) =>
    loadCovering(db, access.documentId, request.headers.get('x-document-clock')),
} satisfies OnDocumentOptions

export const onThreadEnd = { of: documentOfThread, hold: holdOfThread } satisfies OnDocumentOptions
export const onCommentEnd = { of: documentOfComment, hold: holdOfThread } satisfies OnDocumentOptions
