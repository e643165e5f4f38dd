import { randomUUID } from 'node:crypto'
import type { VerdictAnswer } from '../../lib/api-review'
import { PublicError } from '../../lib/errors'
import type { PersonId } from '../../lib/id'
import { reviewLimits, turnAfter, type VerdictKind } from '../../lib/review'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit, record as writeDown } from '../live/outbox'
import { sendUnsent } from '../thread/unsent'
import { readVersion, type VersionRow } from '../version/store'
import type { ReviewRules } from './asking'
import { readDraft, removeDraft } from './draft-store'
import { presentVerdict } from './present'
import { isAuthor, type ReviewRecord, readRecord, readVerdicts } from './record'
import { said } from './said'
import { settling } from './settle'
import { assess } from './standing'
import { headText } from './text'
import { insertVerdict, readOwnBlocking, submitterOf } from './verdict-store'

export interface Submission {
  readonly verdict: VerdictKind
  readonly body?: string | undefined
  readonly versionId: string
  readonly draftId?: string | undefined
  readonly personId?: string | undefined
}

/**
 * Gives the caller's verdict on a version, and sends what was gathered for it: one happening, not one for each
 * comment. On a version that is not the newest any more it counts for that version.
 *
 * @param tx a transaction that holds the document alone: of two verdicts at the same moment one comes after the
 *   other, and an edit is before it or behind it.
 * @throws PublicError `not_asked`, `not_yours`, `own_document`, `replayed`, `not_found` for a version of another
 *   document, `invalid` for *approve if* without a condition.
 */
export async function submitReview(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: Submission & ReviewRules & { now: number },
): Promise<VerdictAnswer> {
  const { documentId } = access
  const { personId } = principal
  const body = said(input.body, reviewLimits.body)
  const record = await readRecord(tx, documentId)
  await refuseForged(tx, principal, access, input)
  refuseUnasked(record, personId, input)
  refuseReplayed(record, personId, { ...input, body })
  const version = await readVersion(tx, input.versionId)
  if (version?.document_id !== documentId) {
    throw new PublicError('not_found', { sentence: 'This document has no such version.' })
  }
  return settling(tx, { documentId, now: input.now }, () =>
    give(tx, principal, access, { ...input, body, version }),
  )
}

async function give(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: Omit<Submission, 'body'> & { body: string | null; version: VersionRow; now: number },
): Promise<VerdictAnswer> {
  const { documentId } = access
  const { personId } = principal
  const { body, version } = input
  const at = new Date(input.now)
  const head = await headText(tx, documentId)
  const draftId = input.draftId ?? null
  const sent = draftId === null ? null : await sendUnsent(tx, { draftId, at })
  const conditions = input.verdict === 'approve_if' ? await readOwnBlocking(tx, documentId, personId) : []
  if (input.verdict === 'approve_if' && conditions.length === 0) {
    throw new PublicError('invalid', {
      sentence: 'Approve if needs a condition: comment on what has to change, and mark it as blocking.',
    })
  }
  const id = randomUUID()
  const comments = sent?.comments ?? 0
  await insertVerdict(tx, {
    id,
    documentId,
    personId,
    kind: input.verdict,
    versionId: version.id,
    wasNewest: head.hash === version.hash,
    body,
    comments,
    at,
    draftId,
    conditions,
  })
  if (draftId !== null) await removeDraft(tx, draftId)
  await passTurn(tx, input.verdict, await readRecord(tx, documentId))
  await emit(tx, { type: 'review.changed', documentId })
  const what = { type: 'verdict.given', verdictId: id, verdict: input.verdict, comments } as const
  await writeDown(tx, { documentId, actorId: personId, at, what })
  const given = (await readVerdicts(tx, documentId)).find((verdict) => verdict.id === id)
  if (!given) throw new Error('A verdict that was just given is not there.')
  return presentVerdict(given)
}

/** A verdict is one's own, and so is the review that is submitted with it, once. */
async function refuseForged(
  tx: Queryable,
  principal: Principal,
  access: Access,
  { personId, draftId }: Submission,
): Promise<void> {
  if (personId !== undefined && personId !== principal.personId) {
    throw new PublicError('not_yours', { sentence: 'Nobody votes on another person’s behalf.' })
  }
  if (draftId === undefined) return
  const submitter = await submitterOf(tx, draftId)
  if (submitter === principal.personId) throw new PublicError('replayed')
  const draft = submitter === null ? await readDraft(tx, draftId) : null
  if (submitter !== null || (draft && draft.person.id !== principal.personId)) {
    throw new PublicError('not_yours', { sentence: 'This review is somebody else’s. Start your own.' })
  }
  if (draft?.documentId !== access.documentId) {
    throw new PublicError('conflict', {
      sentence: 'You are not writing this review any more. Start a new one.',
    })
  }
}

/** What somebody has gathered is theirs to send, also when nobody waits for their judgement any more. */
function refuseUnasked(record: ReviewRecord, personId: PersonId, input: Submission & ReviewRules): void {
  if (input.verdict === 'comment' && input.draftId !== undefined) return
  const mine = record.reviewers.find(({ person }) => person.id === personId)
  if (!mine) throw new PublicError('not_asked')
  if (mine.state !== 'asked') {
    throw new PublicError('not_asked', {
      sentence: 'You are no reviewer of this document any more. An editor can ask you again.',
    })
  }
  const approves = input.verdict === 'approve' || input.verdict === 'approve_if'
  if (approves && !input.authorsMayApprove && isAuthor(record, personId)) {
    throw new PublicError('own_document')
  }
}

/** The very same again says nothing. */
function refuseReplayed(
  record: ReviewRecord,
  personId: PersonId,
  given: Omit<Submission, 'body'> & { body: string | null },
): void {
  if (given.draftId !== undefined) return
  const last = record.verdicts.find(({ person }) => person.id === personId)
  const isSame =
    last?.kind === given.verdict && last.version.id === given.versionId && last.body === given.body
  if (isSame) throw new PublicError('replayed')
}

async function passTurn(tx: Queryable, verdict: VerdictKind, record: ReviewRecord): Promise<void> {
  if (record.turn === null) return
  const { stands } = await assess(tx, record, await headText(tx, record.documentId))
  const reviewers = stands.map(({ reviewer, standing }) => ({ ...reviewer, standing }))
  const turn = turnAfter(verdict, record.turn, reviewers)
  await tx.query('update document set turn = $2 where id = $1', [record.documentId, turn])
}
