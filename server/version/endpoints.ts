import { loadCovering } from '../document/clock'
import type { OnDocumentOptions } from '../http/endpoint'
import { documentOfVersion } from './store'

const before: NonNullable<OnDocumentOptions['before']> = ({ db, access, request }) =>
  loadCovering(db, access.documentId, request.headers.get('x-document-clock'))

/** Naming a version touches nothing of the text. */
export const onVersion = { of: documentOfVersion, hold: 'shared' } satisfies OnDocumentOptions

/** What is kept must have what its keeper saw: waited for outside the transaction. */
export const onSavedText = { hold: 'shared', before } satisfies OnDocumentOptions

/** Putting one back changes the text, so that nothing else may come between. */
export const onVersionAlone = { of: documentOfVersion, before } satisfies OnDocumentOptions
