/**
 * Branded identifiers, so that a person's id is never passed where a document's is expected.
 *
 * All of them are UUIDs in lower case, except `BlockId` (given by the editor: a token of 1 to 64
 * URL-safe characters). A parser answers null for anything else: an id that cannot exist is treated
 * like one that does not.
 */
type Brand<Name extends string> = string & { readonly __brand: Name }

export type PersonId = Brand<'PersonId'>
export type DocumentId = Brand<'DocumentId'>
export type TokenId = Brand<'TokenId'>
/** The stable `id` attribute of a block; a section is known by the id of its heading. */
export type BlockId = Brand<'BlockId'>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const block = /^[A-Za-z0-9_-]{1,64}$/

export const parsePersonId = (text: string): PersonId | null => (uuid.test(text) ? (text as PersonId) : null)
export const parseDocumentId = (text: string): DocumentId | null =>
  uuid.test(text) ? (text as DocumentId) : null
export const parseBlockId = (text: string): BlockId | null => (block.test(text) ? (text as BlockId) : null)
