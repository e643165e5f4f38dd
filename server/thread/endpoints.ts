import { loadCovering } from '../document/clock'
import type { OnDocumentOptions } from '../http/endpoint'
import { documentOfComment, documentOfThread } from './store'

/** Threads change beside the text: nobody's typing waits for them. */
export const onThread = { of: documentOfThread, hold: 'shared' } satisfies OnDocumentOptions
/** What may change the text as well: commits wait, so that it is the saved text that is changed. */
export const onThreadAndText = { of: documentOfThread, hold: 'alone' } satisfies OnDocumentOptions
export const onComment = { of: documentOfComment, hold: 'shared' } satisfies OnDocumentOptions

/** Before a thread is attached, the saved text must have what its author saw: waited for outside the transaction. */
export const onSavedText = {
  hold: 'shared',
  before: ({ db, access, request }) =>
    loadCovering(db, access.documentId, request.headers.get('x-document-clock')),
} satisfies OnDocumentOptions
