import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Happening } from '../../lib/happening'
import type { DocumentId, PersonId } from '../../lib/id'
import { channelOf, isSpoken, type ToTell, together, togetherMs } from '../../lib/inbox'
import { nothingSent, settledBy, threadsOf, toTell } from '../../lib/inbox/told'
import type { Clock } from '../../lib/time'
import { type Queryable, transaction } from '../db/open'
import type { Reach } from '../failpoint'
import { emit } from '../live/outbox'
import { readAround, readSent } from './around'
import { readChannels } from './setting-store'
import { settle } from './settle'
import { insertMail, readDue, readReaders, readTogether, writeNotice } from './store'

export interface TellParts {
  readonly pool: Pool
  readonly log: Logger
  readonly now: Clock
  /** This installation sends mail. */
  readonly mail: boolean
  readonly reach: Reach
}

interface Told {
  readonly id: string
  readonly documentId: DocumentId
  readonly actorId: PersonId | null
  readonly at: Date
  readonly what: Happening
}

/** Any number that nothing else of ours locks: of all nodes, one tells at a time. */
const tellLock = 7_241_014_001

/** A happening whose telling failed is tried again after so long, doubled each time, up to an hour. */
const againMs = 1_000
const againAtMostMs = 3_600_000

/**
 * Makes notices of everything that happened and was not told yet, in the order it was written down: what a
 * verdict settles must have been told before it. Each happening is one transaction, that makes its notices, writes
 * the mails that tell them, and marks it as told: all of it once, or nothing.
 *
 * @param parts.ending ends it between two happenings.
 */
export async function tellAll(parts: TellParts, ending: AbortSignal): Promise<void> {
  while (!ending.aborted && (await tellNext(parts))) {
    // Until there is nothing more to tell, or another node tells.
  }
}

async function tellNext(parts: TellParts): Promise<boolean> {
  const { pool, log, now } = parts
  let taken: Told | null = null
  try {
    return await transaction(pool, async (tx) => {
      taken = await takeNext(tx, new Date(now()))
      if (!taken) return false
      await tell(tx, taken, parts)
      await tx.query('update happening set told_at = $2 where id = $1', [taken.id, new Date(now())])
      await parts.reach('inbox: told')
      return true
    })
  } catch (error) {
    const failed = taken as Told | null
    if (!failed) throw error
    log.error({ err: error, happening: failed.id, type: failed.what.type }, 'Telling of something failed.')
    // The others are told meanwhile: one that cannot be told holds nobody up.
    await pool.query(
      `update happening set failures = failures + 1,
          again_at = $2::timestamptz + least($3 * 2 ^ least(failures, 20), $4) * interval '1 ms'
        where id = $1`,
      [failed.id, new Date(now()), againMs, againAtMostMs],
    )
    return true
  }
}

async function takeNext(tx: Queryable, at: Date): Promise<Told | null> {
  const { rows: locks } = await tx.query<{ held: boolean }>('select pg_try_advisory_xact_lock($1) as held', [
    tellLock,
  ])
  if (!locks[0]?.held) return null
  const { rows } = await tx.query<Told>(
    `select id, document_id as "documentId", actor_id as "actorId", at, what from happening
      where told_at is null and (again_at is null or again_at <= $1)
      order by id limit 1 for update skip locked`,
    [at],
  )
  return rows[0] ?? null
}

async function tell(tx: Queryable, told: Told, { mail, now }: TellParts): Promise<void> {
  const { what, actorId, documentId } = told
  const changed = new Set(await settle(tx, documentId, settledBy(what, actorId), new Date(now())))
  const sent = what.type === 'verdict.given' ? await readSent(tx, told) : nothingSent
  const threadIds = threadsOf(what, sent)
  const around = await readAround(tx, documentId, threadIds)
  const wanted = toTell(what, actorId, { ...around, sent })
  const readers = await readReaders(
    tx,
    documentId,
    wanted.map(({ personId }) => personId),
  )
  const chosen = await readChannels(tx, [...readers])
  for (const one of wanted) {
    if (!readers.has(one.personId)) continue
    const telling = { ...told, threadIds, now: new Date(now()), mail }
    await tellOne(tx, telling, one, channelOf(one.notice.kind, chosen.get(one.personId) ?? {}))
    changed.add(one.personId)
  }
  for (const personId of changed) await emit(tx, { type: 'inbox.changed', personId })
}

interface Telling extends Told {
  readonly threadIds: readonly string[]
  readonly now: Date
  readonly mail: boolean
}

async function tellOne(
  tx: Queryable,
  told: Telling,
  one: ToTell,
  channel: ReturnType<typeof channelOf>,
): Promise<void> {
  const { documentId, actorId, at } = told
  const before = isSpoken(one.notice)
    ? await readTogether(tx, {
        personId: one.personId,
        documentId,
        actorId,
        since: new Date(at.getTime() - togetherMs),
        until: at,
      })
    : null
  const notice = before && isSpoken(one.notice) ? together(before.notice, one.notice) : one.notice
  // What came within ten minutes of something that a mail has told is told by no mail of its own.
  const isLouder = before === null || before.notice.kind !== notice.kind
  const dueAt = notice.kind === 'review_asked' ? await readDue(tx, documentId, one.personId) : null
  const kept = await writeNotice(tx, {
    id: before?.id ?? randomUUID(),
    personId: one.personId,
    documentId,
    // Each ten minutes of comments are a matter of their own.
    subject: before?.subject ?? (isSpoken(one.notice) ? `comments:${told.id}` : one.subject),
    notice: notice.kind === 'review_asked' ? { ...notice, dueAt: dueAt?.toISOString() ?? null } : notice,
    actorId,
    otherId: one.otherId,
    // A verdict outlasts the threads that came with it.
    threadIds: one.notice.kind === 'verdict' || one.notice.kind === 'review_news' ? [] : told.threadIds,
    dueAt,
    shown: channel !== 'off',
    at,
  })
  if (!told.mail || channel === 'off' || channel === 'inbox') return
  const isNews = kept.isNew || (one.notice.kind === 'review_asked' && one.notice.again)
  if (channel === 'now' && (isNews || (isLouder && before !== null))) {
    await insertMail(tx, { id: randomUUID(), personId: one.personId, noticeId: kept.id, now: told.now })
  } else {
    await tx.query('update notice set digest_at = $2 where id = $1 and digest_at is null', [
      kept.id,
      told.now,
    ])
  }
}
