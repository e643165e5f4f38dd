import { createHash } from 'node:crypto'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type * as Y from 'yjs'
import { canonicalJson } from '../../lib/content/canonical'
import { inheritedAuthors } from '../../lib/content/inherited-authors'
import { readBody } from '../../lib/content/read-body'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { savedDoc } from '../document/append'
import { readClaims } from '../document/client-claim'
import { markOf } from '../document/clock'
import { Kept } from '../document/kept'
import { checksumOf } from '../document/update-log'
import { type Frozen, frozenOf, unpack } from './frozen'
import { readData, readNewest } from './store'
import { VersionDamaged } from './version-damaged'

/** A body with the hash of what it says, 64 hexadecimal digits. */
export interface Body extends Frozen {
  readonly hash: string
}

/** A document in memory takes some ten times its positions, in bytes. */
const bytesOf = ({ doc }: Body): number => 10 * doc.content.size

/** Versions never change: the last ones that were asked for are kept, at most 32 MB of them. */
const versions = new Kept<Body>({ maxBytes: 32_000_000, bytesOf })
const heads = new Kept<Body>({ maxBytes: 16_000_000, bytesOf })

/**
 * What a version says, and who wrote it.
 *
 * @throws VersionDamaged when it is not stored as it was frozen; Error when there is none of this id.
 */
export const bodyOfVersion = (db: Queryable, versionId: string): Promise<Body> =>
  versions.get(versionId, async () => {
    const stored = await readData(db, versionId)
    if (!stored) throw new Error('A version that was found before is not there.')
    if (!checksumOf(stored.data).equals(stored.checksum)) throw new VersionDamaged(versionId, 'checksum')
    const frozen = await unpack(stored.data)
    if (hashOf(frozen.doc) !== stored.hash) throw new VersionDamaged(versionId, 'hash')
    return { ...frozen, hash: stored.hash }
  })

/** The same of a document as it is saved now. */
export const bodyOfHead = async (db: Queryable, documentId: DocumentId): Promise<Body> =>
  heads.get(`${documentId} ${await markOf(db, documentId)}`, async () => {
    const ydoc = await savedDoc(db, documentId)
    const body = await bodyOf(db, documentId, ydoc)
    ydoc.destroy()
    return body
  })

export async function bodyOf(db: Queryable, documentId: DocumentId, ydoc: Y.Doc): Promise<Body> {
  const people = await peopleByClient(db, documentId)
  const doc = readBody(ydoc)
  const frozen = frozenOf(doc, ydoc, (client) => people.get(client) ?? null)
  const before = await newestBody(db, documentId)
  return { doc, authors: before ? inheritedAuthors(frozen, before) : frozen.authors, hash: hashOf(doc) }
}

/** Null: there is none, or it is not as it was frozen; who wrote what is then told by the body alone. */
async function newestBody(db: Queryable, documentId: DocumentId): Promise<Body | null> {
  const newest = await readNewest(db, documentId)
  if (!newest) return null
  try {
    return await bodyOfVersion(db, newest.id)
  } catch (error) {
    if (error instanceof VersionDamaged) return null
    throw error
  }
}

/** Whose Yjs client ids are; null: the server's. */
export async function peopleByClient(
  db: Queryable,
  documentId: DocumentId,
): Promise<ReadonlyMap<number, PersonId | null>> {
  return new Map(
    (await readClaims(db, documentId)).map(({ clientId, personId }) => [clientId, personId] as const),
  )
}

/** SHA-256 of the canonical content, 64 hexadecimal digits. */
export const hashOf = (doc: ProseMirrorNode): string =>
  createHash('sha256').update(canonicalJson(doc)).digest('hex')
