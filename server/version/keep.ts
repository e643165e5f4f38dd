import type { VersionAnswer } from '../../lib/api-version'
import { PublicError } from '../../lib/errors'
import { versionNameMax, versionNameOf } from '../../lib/version'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'
import { freezeVersion } from './freeze'
import { versionOf } from './read'
import { presentVersion, writeVersion } from './store'

/**
 * Keeps the text as it is saved, under a name or without one.
 *
 * @param tx a transaction that holds the document.
 * @throws PublicError `invalid` for a name that cannot be one.
 */
export async function keepVersion(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { name?: string | undefined; now: number },
): Promise<VersionAnswer> {
  const { documentId } = access
  const name = input.name === undefined ? {} : { name: checkedName(input.name) }
  const { id } = await freezeVersion(tx, {
    documentId,
    reason: 'named',
    by: principal.personId,
    now: input.now,
    ...name,
  })
  return presentVersion(await versionOf(tx, documentId, id))
}

/** @param tx a transaction that holds the document. @throws PublicError `invalid`, `not_found`. */
export async function nameVersion(
  tx: Queryable,
  access: Access,
  input: { versionId: string; name: string | null },
): Promise<VersionAnswer> {
  const { documentId } = access
  const row = await versionOf(tx, documentId, input.versionId)
  const name = input.name === null ? null : checkedName(input.name)
  await writeVersion(tx, row.id, { name })
  await emit(tx, { type: 'version.changed', documentId })
  return presentVersion({ ...row, name })
}

function checkedName(text: string): string {
  const name = versionNameOf(text)
  if (name !== null) return name
  throw new PublicError('invalid', {
    sentence: `A version's name has 1 to ${versionNameMax} characters. Choose one of that length.`,
  })
}
