import type { Proposal } from '../../lib/api-proposal'
import { placeOf } from '../../lib/content/anchor/anchor'
import { fragmentName } from '../../lib/content/shape'
import { suggestBody } from '../../lib/content/suggestion/suggestion-diff'
import type { Made } from '../../lib/content/suggestion/suggestion-make'
import { idsIn } from '../../lib/content/suggestion/suggestion-nodes'
import { writeBody } from '../../lib/content/write-body'
import { PublicError } from '../../lib/errors'
import type { PersonId } from '../../lib/id'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { appendChange } from '../document/append'
import { startThread } from '../thread/talk'
import { bodyOfHead, bodyOfVersion } from '../version/body'
import { freezeVersion } from '../version/freeze'
import type { Frozen } from '../version/frozen'
import type { VersionName } from './record'

/**
 * Puts a version back into the text, and keeps what was typed since as suggestions upon it, each of whoever wrote most
 * of it; of what was only deleted, of who alone wrote since, or of the caller. The text with all of it stays as a
 * version too, and a comment says so where some of it is too large for a suggestion.
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
  const all = await freezeVersion(tx, { documentId, reason: 'before_restore', by: personId, now })
  const onlyWriter = (await onlyWriterSince(tx, version.id)) ?? personId
  const { doc } = await appendChange(tx, {
    documentId,
    personId,
    change: (shared) => void writeBody(shared.getXmlFragment(fragmentName), approved.doc),
    now,
  })
  const made = suggestBody(placeOf(doc.getXmlFragment(fragmentName)), typed.doc)
  const typedAfter = `Typed after version ${version.number}, which was approved`
  let isAllSuggested = true
  for (const one of made) {
    const author = { ...principal, personId: writerOf(one, approved, typed) ?? onlyWriter }
    const said = { ...proposedBy(one), kind: 'comment', body: `${typedAfter}.`, now } as const
    try {
      await startThread(tx, author, access, said)
    } catch (error) {
      // No suggestion can hold it, and nothing was written yet. It must not keep the text from being approved.
      if (!(error instanceof PublicError)) throw error
      isAllSuggested = false
    }
  }
  if (!isAllSuggested) {
    const body = `${typedAfter}, and too large for a suggestion. All of it is in version ${all.number}, in the history.`
    await startThread(tx, principal, access, { kind: 'comment', body, now })
  }
  doc.destroy()
}

/** Who has written most of what is new in the blocks of a suggestion; null: nothing is. */
function writerOf({ anchor, suggestion }: Made, approved: Frozen, typed: Frozen): PersonId | null {
  const { place, replacement } = suggestion
  const ids =
    place.kind === 'blocks' ? [...place.blockIds, ...idsIn(replacement)] : anchor ? [anchor.blockId] : []
  const written = new Map<PersonId, number>()
  const count = ({ authors }: Frozen, sign: 1 | -1) => {
    for (const { author, length } of [...new Set(ids)].flatMap((id) => authors.get(id) ?? [])) {
      if (author !== null) written.set(author, (written.get(author) ?? 0) + sign * length)
    }
  }
  count(typed, 1)
  count(approved, -1)
  const [most] = [...written].filter(([, length]) => length > 0).sort(([, a], [, b]) => b - a)
  return most?.[0] ?? null
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
