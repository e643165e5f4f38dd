import type { ReviewAnswer } from '../../lib/api-review'
import { PublicError } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'
import { freezeVersion } from '../version/freeze'
import { getReview } from './present'
import { removeRead, writeRead } from './read-store'
import { writeSeen } from './seen-store'
import { headText } from './text'
import { printOf } from './unread'

/**
 * The caller has read a section as it is saved. Undone by itself when that changes in substance.
 *
 * @throws PublicError `not_found` when there is no such section.
 */
export async function markSectionRead(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { sectionId: string; now: number },
): Promise<undefined> {
  const { documentId } = access
  const { sectionId } = input
  const print = await printOfSection(tx, documentId, sectionId)
  const of = { documentId, personId: principal.personId, sectionId }
  await writeRead(tx, of, { print, at: new Date(input.now) })
  await emit(tx, { type: 'review.changed', documentId })
  return undefined
}

async function printOfSection(tx: Queryable, documentId: DocumentId, sectionId: string) {
  const print = await printOf(await headText(tx, documentId), sectionId)
  if (print) return print
  throw new PublicError('not_found', { sentence: 'This section is not in the document any more.' })
}

/**
 * The caller has not read a section after all.
 *
 * @throws PublicError `not_found` when there is no such section.
 */
export async function unmarkSectionRead(
  tx: Queryable,
  principal: Principal,
  access: Access,
  { sectionId }: { sectionId: string },
): Promise<undefined> {
  const { documentId } = access
  await printOfSection(tx, documentId, sectionId)
  await removeRead(tx, { documentId, personId: principal.personId, sectionId })
  await emit(tx, { type: 'review.changed', documentId })
  return undefined
}

/**
 * The caller has seen the text as it is saved: their redline begins here, and nothing else moves it there.
 *
 * @param tx a transaction that holds the document alone.
 */
export async function markReviewSeen(
  tx: Queryable,
  principal: Principal,
  access: Access,
  { now }: { now: number },
): Promise<ReviewAnswer> {
  const { documentId } = access
  const { personId } = principal
  const version = await freezeVersion(tx, { documentId, reason: 'review', by: personId, now })
  await writeSeen(tx, { documentId, personId, versionId: version.id, at: new Date(now) })
  return getReview(tx, principal, access)
}
