import type { z } from 'zod'
import { abilitiesOf } from '../../lib/access'
import type { ReviewAnswer, wantedReviewer } from '../../lib/api-review'
import { PublicError } from '../../lib/errors'
import type { NewToReviewer } from '../../lib/happening'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Access } from '../access/resolve'
import { readCandidate, readEffectiveRole, writeRole } from '../access/store'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit, record as writeDown } from '../live/outbox'
import { countEnded } from '../thread/ended'
import { freezeVersion } from '../version/freeze'
import { getReview, sinceMyBase } from './present'
import { hasSpoken, isAuthor, type ReviewRecord, readRecord, readReviewers } from './record'
import {
  readStandIns,
  removeReviewers,
  writeAllAsked,
  writeAsked,
  writeReviewerState,
} from './reviewer-store'
import { headText, substancesIn } from './text'

type Wanted = z.output<typeof wantedReviewer>

/** What an installation has decided about reviews. */
export interface ReviewRules {
  /** True: an author's approval counts (one by somebody else is needed all the same). */
  readonly authorsMayApprove: boolean
}

/**
 * Asks exactly these people to review. Before the review begins they are named, and asked by its beginning; in a
 * review, who is new or asked for something else is asked now. Who may not comment yet is given that. Whoever is
 * away has their stand-in asked.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `not_found`, `invalid`, `conflict` (one who has spoken is left out), `own_document`.
 */
export async function putReviewers(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: ReviewRules & { reviewers: readonly Wanted[]; now: number },
): Promise<ReviewAnswer> {
  const { documentId } = access
  const record = await readRecord(tx, documentId)
  await check(tx, principal, record, input)
  const wanted = new Set(input.reviewers.map(({ personId }) => personId))
  const before = record.reviewers.filter(({ state }) => state === 'asked')
  const left = before.filter(({ person }) => !wanted.has(person.id))
  const speaker = left.find(({ person }) => hasSpoken(record, person.id))
  if (speaker) {
    throw new PublicError('conflict', {
      sentence: `${speaker.person.name} has given a verdict and stays on record. The owner can release them with a reason.`,
    })
  }
  await removeReviewers(
    tx,
    documentId,
    left.map(({ person }) => person.id),
  )
  const isUnchanged = (want: Wanted) =>
    before.some(
      ({ person, required, sectionIds, dueAt }) =>
        person.id === want.personId &&
        required === want.required &&
        JSON.stringify(sectionIds) === JSON.stringify(want.sectionIds) &&
        sameInstant(dueAt, want.dueAt),
    )
  const news = input.reviewers.filter((want) => !isUnchanged(want))
  if (news.length > 0) await ask(tx, principal, access, record, { news, now: input.now })
  await emit(tx, { type: 'review.changed', documentId })
  return getReview(tx, principal, access)
}

const sameInstant = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && Date.parse(a) === Date.parse(b))

async function ask(
  tx: Queryable,
  principal: Principal,
  { documentId }: Access,
  record: ReviewRecord,
  { news, now }: { news: readonly Wanted[]; now: number },
): Promise<void> {
  const at = new Date(now)
  const askedBy = principal.personId
  const isNow = record.status === 'in_review'
  const version = isNow ? await freezeVersion(tx, { documentId, reason: 'review', by: askedBy, now }) : null
  const standIns = await readStandIns(
    tx,
    news.map(({ personId }) => personId),
    at,
  )
  const asked: { personId: PersonId; dueAt: string | null }[] = []
  for (const { personId: id, required, sectionIds, dueAt } of news) {
    const personId = id as PersonId
    const one = { documentId, required, sectionIds, dueAt, askedBy, at, versionId: version?.id ?? null }
    await writeAsked(tx, { ...one, personId })
    const standIn = standIns.get(personId)
    if (standIn && canTakeOver(record, news, standIn)) {
      const reason = 'Away'
      await writeReviewerState(tx, { documentId, personId, state: 'handed_over', reason, passedTo: standIn })
      await letComment(tx, { documentId, personId: standIn, addedBy: askedBy })
      await writeAsked(tx, { ...one, personId: standIn })
      asked.push({ personId: standIn, dueAt })
    } else {
      await letComment(tx, { documentId, personId, addedBy: askedBy })
      asked.push({ personId, dueAt })
    }
  }
  if (!isNow) return
  await tx.query("update document set turn = 'reviewers' where id = $1", [documentId])
  await tellAsked(tx, { documentId, actorId: askedBy, at, asked })
}

/** Somebody who is asked on their own account reviews already. */
const canTakeOver = (record: ReviewRecord, news: readonly Wanted[], standIn: PersonId): boolean =>
  !news.some(({ personId }) => personId === standIn) &&
  !record.reviewers.some(({ person, state }) => person.id === standIn && state === 'asked') &&
  !isAuthor(record, standIn)

/** One notice for each date: whoever is told is told by when. */
async function tellAsked(
  tx: Queryable,
  given: {
    documentId: DocumentId
    actorId: PersonId | null
    at: Date
    asked: readonly { personId: PersonId; dueAt: string | null }[]
  },
): Promise<void> {
  for (const dueAt of new Set(given.asked.map((one) => one.dueAt))) {
    const personIds = given.asked.filter((one) => one.dueAt === dueAt).map(({ personId }) => personId)
    await writeDown(tx, { ...given, what: { type: 'review.asked', personIds, dueAt } })
  }
}

/** The review begins: everybody who is named is asked. @param tx a transaction that holds the document alone. */
export async function askAll(
  tx: Queryable,
  given: { documentId: DocumentId; actorId: PersonId; versionId: string; at: Date },
): Promise<void> {
  await writeAllAsked(tx, given)
  const reviewers = await readReviewers(tx, given.documentId)
  const asked = reviewers
    .filter(({ state }) => state === 'asked')
    .map(({ person, dueAt }) => ({ personId: person.id as PersonId, dueAt }))
  await tellAsked(tx, { ...given, asked })
}

/**
 * The authors have worked on it: it is the reviewers' turn, on the text as it is now, and each gets one notice.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `conflict` when there is no review, or nothing has changed since they were asked.
 */
export async function askAgain(
  tx: Queryable,
  principal: Principal,
  access: Access,
  { now }: { now: number },
): Promise<ReviewAnswer> {
  const { documentId } = access
  const record = await readRecord(tx, documentId)
  if (record.status !== 'in_review') throw new PublicError('conflict', { sentence: notInReview })
  const asked = record.reviewers.filter(({ state }) => state === 'asked')
  if (asked.length === 0) {
    throw new PublicError('conflict', { sentence: 'Nobody is asked to review it. Ask somebody first.' })
  }
  const actorId = principal.personId
  const at = new Date(now)
  const version = await freezeVersion(tx, { documentId, reason: 'review', by: actorId, now })
  const isKnown = asked.every(({ askedVersion }) => askedVersion?.id === version.id)
  if (isKnown && record.turn === 'reviewers') {
    throw new PublicError('conflict', {
      sentence: 'They were asked on this very text already, and it is their turn.',
    })
  }
  await writeAllAsked(tx, { documentId, versionId: version.id, at })
  await tx.query("update document set turn = 'reviewers' where id = $1", [documentId])
  await emit(tx, { type: 'review.changed', documentId })
  const personIds = asked.map(({ person }) => person.id as PersonId)
  const news = await newToEach(tx, record, personIds)
  await writeDown(tx, { documentId, actorId, at, what: { type: 'review.asked_again', personIds, news } })
  return getReview(tx, principal, access)
}

/** Whoever has said nothing yet reads all of it. */
async function newToEach(
  tx: Queryable,
  record: ReviewRecord,
  personIds: readonly PersonId[],
): Promise<NewToReviewer[]> {
  const { documentId } = record
  const head = await headText(tx, documentId)
  const news: NewToReviewer[] = []
  for (const personId of personIds) {
    const last = record.verdicts.find(({ person }) => person.id === personId)
    if (!last) continue
    const { changes } = await sinceMyBase(tx, record, personId, head)
    const threads = await countEnded(tx, { documentId, personId, since: new Date(last.at) })
    news.push({ personId, sections: changes.length, threads })
  }
  return news
}

export const notInReview = 'This document is not in review. Request a review first.'

async function check(
  tx: Queryable,
  principal: Principal,
  record: ReviewRecord,
  input: ReviewRules & { reviewers: readonly Wanted[] },
): Promise<void> {
  const ids = input.reviewers.map(({ personId }) => personId)
  if (new Set(ids).size < ids.length) {
    throw new PublicError('invalid', { sentence: 'Somebody is named twice. Name each reviewer once.' })
  }
  for (const { personId, required } of input.reviewers) {
    if (!(await readCandidate(tx, principal.personId, personId as PersonId))) {
      throw new PublicError('not_found', {
        sentence: 'There is no such person here. Choose somebody from the list.',
      })
    }
    if (required && !input.authorsMayApprove && isAuthor(record, personId)) {
      throw new PublicError('own_document', {
        sentence: 'Its authors do not approve a document here, so none of them can be required to.',
      })
    }
  }
  const named = input.reviewers.flatMap(({ sectionIds }) => sectionIds ?? [])
  if (named.length === 0) return
  const sections = await substancesIn(await headText(tx, record.documentId))
  const known = new Set(sections.map(({ sectionId }) => sectionId))
  if (!named.every((id) => known.has(id))) {
    throw new PublicError('invalid', {
      sentence: 'A section that somebody is to review is not in the document. Choose from its outline.',
    })
  }
}

/** Gives somebody who may not comment yet the role that can. */
async function letComment(
  tx: Queryable,
  given: { documentId: DocumentId; personId: PersonId; addedBy: PersonId },
): Promise<void> {
  const role = await readEffectiveRole(tx, given.documentId, given.personId)
  if (abilitiesOf({ role, scope: 'admin', phase: 'open' }).has('vote')) return
  await writeRole(tx, { ...given, role: 'commenter' })
  await emit(tx, { type: 'access.changed', documentId: given.documentId, personId: given.personId })
}
