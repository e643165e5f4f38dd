import { randomUUID } from 'node:crypto'
import type { RouteName } from '../../../lib/api'
import { substancesOf } from '../../../lib/content/substance'
import type { DocumentId, PersonId } from '../../../lib/id'
import { transaction } from '../../../server/db/open'
import { bodyOfHead } from '../../../server/version/body'
import { freezeVersion } from '../../../server/version/freeze'
import type { Input, World } from '../world'
import type { Matrix } from './on-document'

type Made = { documentId: string; authorId: PersonId }

/** What the last preparation made, for the body of its call. */
const last = { versionId: '', sectionId: '', threadId: '' }

/** Takes back what an earlier call did, and freezes the text. */
async function anew(world: World, documentId: string): Promise<void> {
  for (const table of ['verdict_section', 'verdict_condition']) {
    await world.db.query(
      `delete from ${table} where verdict_id in (select id from verdict where document_id = $1)`,
      [documentId],
    )
  }
  for (const table of ['verdict', 'reviewer', 'review_draft', 'final_period']) {
    await world.db.query(`delete from ${table} where document_id = $1`, [documentId])
  }
  last.versionId = await transaction(world.db, async (tx) => {
    const wanted = {
      documentId: documentId as DocumentId,
      reason: 'review',
      by: null,
      now: Date.now(),
    } as const
    return (await freezeVersion(tx, wanted)).id
  })
  const { doc } = await bodyOfHead(world.db, documentId as DocumentId)
  last.sectionId = substancesOf(doc)[0]?.sectionId ?? ''
}

async function asked(world: World, { documentId, authorId }: Made): Promise<string> {
  await anew(world, documentId)
  await world.db.query(
    `insert into reviewer (document_id, person_id, required, asked_at) values ($1, $2, false, now())`,
    [documentId, authorId],
  )
  return documentId
}

const edsgerAsked = (world: World, { documentId }: Made) =>
  asked(world, { documentId, authorId: world.ids.edsger })

async function inReview(world: World, made: Made): Promise<string> {
  await asked(world, made)
  await world.db.query(
    `update document set status = 'in_review', turn = 'authors' where id = $1 and status = 'draft'`,
    [made.documentId],
  )
  return made.documentId
}

async function writing(world: World, made: Made): Promise<string> {
  await asked(world, made)
  await world.db.query(
    'insert into review_draft (id, document_id, person_id, version_id, started_at) values ($1, $2, $3, $4, now())',
    [randomUUID(), made.documentId, made.authorId, last.versionId],
  )
  return made.documentId
}

async function verdictOf(world: World, made: Made, kind: 'approve' | 'approve_if', isMet = false) {
  await asked(world, made)
  const { documentId, authorId } = made
  const [id, threadId] = [randomUUID(), randomUUID()]
  last.threadId = threadId
  await world.db.query(
    `insert into verdict (id, document_id, person_id, kind, version_id, was_newest, comments, at, basis_version_id)
     values ($1, $2, $3, $4, $5, true, 0, now(), $5)`,
    [id, documentId, authorId, kind, last.versionId],
  )
  await world.db.query(
    `insert into thread (id, document_id, kind, quote, author_id, outcome, resolved_by, resolved_at, created_at, updated_at)
     values ($1, $2, 'blocking', '', $3, $4, $5, $6, now(), now())`,
    [threadId, documentId, authorId, ...(isMet ? ['fixed', authorId, new Date()] : [null, null, null])],
  )
  await world.db.query(
    "insert into thread_comment (id, thread_id, author_id, body, created_at) values ($1, $2, $3, 'Words', now())",
    [randomUUID(), threadId, authorId],
  )
  if (kind === 'approve_if') {
    await world.db.query('insert into verdict_condition (verdict_id, thread_id) values ($1, $2)', [
      id,
      threadId,
    ])
  }
  return id
}

const onlyInReview = { locked: '409 conflict' } as const
const ofThread = () => ({ params: { threadId: last.threadId } })
const ofSection = () => ({ params: { sectionId: last.sectionId } })
const reset = async (world: World, { documentId }: Made) => {
  await anew(world, documentId)
  return documentId
}

export const onReviews: Matrix = {
  getReview: { ability: 'read' },
  listStatusMoves: { ability: 'read' },
  listReviewers: { ability: 'read' },
  listAuthors: { ability: 'read' },
  moveStatus: {
    ability: 'ask_review',
    input: () => ({ body: { to: 'abandoned', reason: 'Not needed any more.' } }),
  },
  putReviewers: {
    ability: 'ask_review',
    id: reset,
    input: ({ ids }) => ({ body: { reviewers: [{ personId: ids.edsger, required: false }] } }),
  },
  previewReviewers: {
    ability: 'ask_review',
    input: ({ ids }) => ({ body: { personIds: [ids.edsger] } }),
  },
  // What they do when they succeed has stories of its own.
  approveVersion: {
    ability: 'ask_review',
    input: () => ({ body: { versionId: randomUUID() } }),
    refused: { open: '409 transition', locked: '409 transition' },
  },
  correct: {
    ability: 'vote',
    id: reset,
    input: () => ({ body: { threadId: randomUUID() } }),
    refused: { open: '409 conflict', locked: '403 not_asked' },
  },
  releaseReviewer: {
    ability: 'overrule',
    id: edsgerAsked,
    input: ({ ids }) => ({ params: { personId: ids.edsger }, body: { reason: 'Left.' } }),
  },
  stepAside: { ability: 'vote', id: asked, input: (_, personId) => ({ params: { personId }, body: {} }) },
  handOver: {
    ability: 'vote',
    id: async (world, made) => {
      if (made.authorId === world.ids.grace) await world.grant(made.documentId, 'margaret', 'commenter')
      return asked(world, made)
    },
    input: ({ ids }, personId) => ({
      params: { personId },
      body: { toPersonId: personId === ids.grace ? ids.margaret : ids.grace },
    }),
  },
  putAuthors: { ability: 'overrule', input: ({ ids }) => ({ body: { personIds: [ids.grace] } }) },
  askAgain: { ability: 'ask_review', id: inReview, refused: onlyInReview },
  startReview: { ability: 'vote', id: asked },
  repinReview: { ability: 'vote', id: writing },
  discardReview: { ability: 'vote', id: writing },
  submitReview: {
    ability: 'vote',
    id: asked,
    input: () => ({ body: { verdict: 'comment', versionId: last.versionId } }),
  },
  markReviewSeen: { ability: 'vote' },
  stillStands: {
    ability: 'vote',
    id: (world, made) => verdictOf(world, made, 'approve'),
    input: () => ({ body: {} }),
  },
  markConditionMet: {
    ability: 'overrule',
    id: (world, made) => verdictOf(world, { ...made, authorId: world.ids.edsger }, 'approve_if'),
    input: ofThread,
  },
  markConditionNotMet: {
    ability: 'vote',
    id: (world, made) => verdictOf(world, made, 'approve_if', true),
    input: ofThread,
  },
  markSectionRead: { ability: 'vote', id: reset, input: ofSection },
  unmarkSectionRead: { ability: 'vote', id: reset, input: ofSection },
  announceFinalPeriod: {
    ability: 'ask_review',
    id: inReview,
    refused: onlyInReview,
    input: () => ({ body: { endsAt: new Date(Date.now() + 86_400_000).toISOString() } }),
  },
  cancelFinalPeriod: { ability: 'ask_review' },
}

/** Routes about the caller alone. */
export const onReviewsSelf: Partial<Record<RouteName, Input>> = {
  getAway: {},
  listReviewBriefs: { query: { documentIds: '' } },
  putAway: { body: { until: null, standInId: null } },
  deleteAway: {},
}
