import { randomUUID } from 'node:crypto'
import pino from 'pino'
import type { Role } from '../../../lib/access'
import type { Happening } from '../../../lib/happening'
import type { DocumentId, PersonId } from '../../../lib/id'
import type { Notice } from '../../../lib/inbox'
import { writeRole } from '../../../server/access/store'
import { findBuiltInPerson } from '../../../server/auth/identity-provider/built-in-people'
import { builtInIssuer } from '../../../server/auth/issuer'
import { upsertPerson } from '../../../server/auth/people'
import { transaction } from '../../../server/db/open'
import { createDocument } from '../../../server/document/create'
import { noFailpoints, type Reach } from '../../../server/failpoint'
import { tellAll } from '../../../server/inbox/tell'
import { record } from '../../../server/live/outbox'
import { type TestDatabase, testDatabase } from '../../support/database'
import { standAsReviewers } from './reviewers'

export const people = ['ada', 'grace', 'linus', 'margaret', 'edsger'] as const
export type Somebody = (typeof people)[number]

const log = pino({ level: 'silent' })

/** What happens to documents, and who is told of it: a real database, a clock that is driven. */
export class InboxWorld {
  readonly ids = {} as Record<Somebody, PersonId>
  nowMs = Date.UTC(2026, 10, 25, 12)
  mail = true
  reach: Reach = noFailpoints

  private constructor(readonly database: TestDatabase) {}

  static async open(): Promise<InboxWorld> {
    const world = new InboxWorld(await testDatabase())
    for (const name of people) {
      const person = findBuiltInPerson(name)
      if (!person) throw new Error(`nobody is called ${name}`)
      const met = await transaction(world.db, (tx) =>
        upsertPerson(tx, { ...person, issuer: builtInIssuer, picture: null }),
      )
      world.ids[name] = met.id
    }
    return world
  }

  get db() {
    return this.database.pool
  }
  get now() {
    return new Date(this.nowMs)
  }
  close = () => this.database.close()

  /** A document of ada's, that the others may comment on. */
  async document(title = 'Payment retries', others: readonly Somebody[] = people): Promise<DocumentId> {
    const made = await transaction(this.db, (tx) =>
      createDocument(tx, this.ids.ada, {
        title,
        templateKey: 'technical-design-document',
        now: this.nowMs,
      }),
    )
    const id = made.id as DocumentId
    for (const name of others) if (name !== 'ada') await this.grant(id, name, 'commenter')
    return id
  }

  grant(documentId: DocumentId, name: Somebody, role: Role): Promise<void> {
    return writeRole(this.db, { documentId, personId: this.ids[name], role, addedBy: null })
  }

  /** A thread that `speakers` have spoken in, the first of whom began it. */
  async thread(documentId: DocumentId, ...speakers: Somebody[]): Promise<string> {
    const id = randomUUID()
    const [first = 'ada'] = speakers
    await this.db.query(
      `insert into thread (id, document_id, kind, quote, author_id, created_at, updated_at)
       values ($1, $2, 'comment', '', $3, $4, $4)`,
      [id, documentId, this.ids[first], this.now],
    )
    for (const name of speakers) {
      await this.db.query(
        `insert into thread_comment (id, thread_id, author_id, body, created_at) values ($1, $2, $3, 'Words', $4)`,
        [randomUUID(), id, this.ids[name], this.now],
      )
    }
    return id
  }

  /** Something happens, and is told at once. */
  async happens(documentId: DocumentId, actor: Somebody | null, what: Happening): Promise<void> {
    this.nowMs += 1_000
    await this.record(documentId, actor, what)
    await this.tell()
  }

  async record(documentId: DocumentId, actor: Somebody | null, what: Happening): Promise<void> {
    await standAsReviewers(this.db, documentId, what)
    await record(this.db, { documentId, actorId: actor && this.ids[actor], at: this.now, what })
  }

  tell(): Promise<void> {
    const { db: pool, mail, reach } = this
    return tellAll({ pool, log, now: () => this.nowMs, mail, reach }, new AbortController().signal)
  }

  said(threadId: string, given: { mentions?: Somebody[]; isFirst?: boolean } = {}): Happening {
    const mentions = (given.mentions ?? []).map((name) => this.ids[name])
    return {
      type: 'comment.added',
      threadId,
      commentId: randomUUID(),
      mentions,
      isFirst: given.isFirst ?? false,
    }
  }

  /** What waits on somebody, oldest first, whether or not it is shown. */
  async waiting(name: Somebody): Promise<(Notice & { subject: string; read: boolean; shown: boolean })[]> {
    const { rows } = await this.db.query(
      `select what, subject, shown, read_at is not null as read from notice
        where person_id = $1 and done_at is null order by created_at, id`,
      [this.ids[name]],
    )
    return rows.map(({ what, subject, shown, read }) => ({ ...what, subject, shown, read }))
  }

  async kinds(name: Somebody): Promise<string[]> {
    return (await this.waiting(name)).map((notice) => notice.kind)
  }

  async count(sql: string): Promise<number> {
    const { rows } = await this.db.query(`select count(*)::int as count from ${sql}`)
    return rows[0].count
  }
}
