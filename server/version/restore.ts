import type { VersionAnswer } from '../../lib/api-version'
import { readBody } from '../../lib/content/read-body'
import { fragmentName } from '../../lib/content/shape'
import { writeBody } from '../../lib/content/write-body'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { appendChange, savedDoc } from '../document/append'
import { emit } from '../live/outbox'
import { bodyOfVersion, hashOf } from './body'
import { freezeDoc, holdVersions } from './freeze'
import { versionOf } from './read'
import { presentVersion } from './store'

/**
 * Puts a version back, as a change on top under the caller's name: nothing is rewritten, and what is anchored in words
 * that both texts have stays where it is. What was there before is kept as a version.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `not_found`; VersionDamaged when it is not stored as it was frozen. Nothing is changed then.
 */
export async function restoreVersion(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { versionId: string; now: number },
): Promise<{ before: VersionAnswer; restored: VersionAnswer; changed: boolean }> {
  const { documentId } = access
  const row = await versionOf(tx, documentId, input.versionId)
  const version = await bodyOfVersion(tx, row.id)
  const by = principal.personId
  await holdVersions(tx, documentId)
  // Read once: nothing of any document is saved while this one is held.
  const saved = await savedDoc(tx, documentId)
  const before = await freezeDoc(tx, saved, { documentId, reason: 'before_restore', by, now: input.now })
  const { doc, changed } = await appendChange(tx, {
    documentId,
    personId: by,
    saved,
    change: (ydoc) => writeBody(ydoc.getXmlFragment(fragmentName), version.doc),
    now: input.now,
  })
  if (hashOf(readBody(doc)) !== version.hash) throw new Error('A version was not put back as it was frozen.')
  doc.destroy()
  await emit(tx, { type: 'version.changed', documentId })
  return {
    before: presentVersion(await versionOf(tx, documentId, before.id)),
    restored: presentVersion(row),
    changed,
  }
}
