import type { Proposal } from '../../lib/api-proposal'
import { placeOf } from '../../lib/content/anchor'
import { fragmentName } from '../../lib/content/shape'
import { suggestBody } from '../../lib/content/suggestion-diff'
import type { Made } from '../../lib/content/suggestion-make'
import { writeBody } from '../../lib/content/write-body'
import type { PersonId } from '../../lib/id'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { appendChange } from '../document/append'
import { startThread } from '../thread/talk'
import { bodyOfHead, bodyOfVersion } from '../version/body'
import { freezeVersion } from '../version/freeze'
import type { VersionName } from './record'

/**
 * Puts a version back into the text, and keeps what was typed since as suggestions upon it: of whoever typed it, where
 * that was one person, else of the caller. The text with all of it stays as a version too.
 *
 * @param tx a transaction that holds the document alone.
 */
export async function keepAsSuggestions(
  tx: Queryable,
  principal: Principal,
  access: Access,
  { version, now }: { version: VersionName; now: number },
): Promise<void> {
  const { documentId } = access
  const { personId } = principal
  const approved = await bodyOfVersion(tx, version.id)
  const typed = await bodyOfHead(tx, documentId)
  await freezeVersion(tx, { documentId, reason: 'before_restore', by: personId, now })
  const authorId = await onlyWriterSince(tx, version.id)
  const { doc } = await appendChange(tx, {
    documentId,
    personId,
    change: (shared) => void writeBody(shared.getXmlFragment(fragmentName), approved.doc),
    now,
  })
  const made = suggestBody(placeOf(doc.getXmlFragment(fragmentName)), typed.doc)
  const author = authorId === null ? principal : { ...principal, personId: authorId }
  for (const one of made) {
    const body = `Typed after version ${version.number}, which was approved.`
    await startThread(tx, author, access, { ...proposedBy(one), kind: 'comment', body, now })
  }
  doc.destroy()
}

/** A suggestion in the words of the API. */
function proposedBy({ anchor, suggestion }: Made) {
  const { place, base, replacement } = suggestion
  const given = { base: [...base], replacement: [...replacement] }
  const proposal: Proposal =
    place.kind === 'blocks'
      ? { ...given, blocks: { ids: [...place.blockIds], after: place.after } }
      : { ...given, at: place.kind, ...(place.kind === 'words' ? {} : { gap: place.gap }) }
  return { suggestion: proposal, ...(place.kind !== 'blocks' && anchor ? { anchor } : {}) }
}

/** Who alone wrote since a version; null: several did, or the server. */
async function onlyWriterSince(tx: Queryable, versionId: string): Promise<PersonId | null> {
  const { rows } = await tx.query<{ person_id: PersonId | null }>(
    `select distinct u.person_id from document_update u join document_version v on v.document_id = u.document_id
      where v.id = $1 and u.seq > v.last_seq limit 2`,
    [versionId],
  )
  return rows.length === 1 ? (rows[0]?.person_id ?? null) : null
}
