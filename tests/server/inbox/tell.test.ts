import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Happening } from '../../../lib/happening'
import type { DocumentId } from '../../../lib/id'
import { settledBy } from '../../../lib/inbox/told'
import type { Queryable } from '../../../server/db/open'
import { noFailpoints } from '../../../server/failpoint'
import { remind } from '../../../server/inbox/remind'
import { settle } from '../../../server/inbox/settle'
import { wakeSnoozed } from '../../../server/inbox/wake-snoozed'
import { InboxWorld } from './inbox-world'

let world: InboxWorld
let document: DocumentId
beforeAll(async () => {
  world = await InboxWorld.open()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.reach = noFailpoints
  await world.db.query('truncate notice, mail, happening, notice_setting, document_watch, reviewer')
  document = await world.document()
})

const asked = (dueAt: string | null = null): Happening => ({
  type: 'review.asked',
  personIds: [world.ids.grace, world.ids.linus],
  dueAt,
})
const verdict = (comments = 0): Happening => ({
  type: 'verdict.given',
  verdictId: '1',
  verdict: 'approve',
  comments,
})
const minutes = (count: number) => {
  world.nowMs += count * 60_000
}

test('a review is asked: those asked are told at once; what they gave waits no longer', async () => {
  await world.happens(document, 'ada', asked('2026-11-27T17:00:00.000Z'))
  expect(await world.waiting('grace')).toMatchObject([
    { kind: 'review_asked', dueAt: '2026-11-27T17:00:00.000Z', again: false },
  ])
  expect(await world.count('mail where digest_for is null')).toBe(2)
  await world.happens(document, 'grace', verdict(4))
  expect(await world.kinds('grace')).toEqual([])
  expect(await world.kinds('ada')).toEqual(['verdict'])
  expect(await world.kinds('linus')).toEqual(['review_asked', 'review_news'])
})

test('asked again: one notice, due when it was due, and the verdict that it answers is done', async () => {
  await world.happens(document, 'ada', asked('2026-11-27T17:00:00.000Z'))
  await world.happens(document, 'grace', verdict())
  await world.happens(document, 'ada', { type: 'review.asked_again', personIds: [world.ids.grace] })
  expect(await world.waiting('grace')).toMatchObject([
    { kind: 'review_asked', dueAt: '2026-11-27T17:00:00.000Z', again: true },
  ])
  expect(await world.kinds('ada')).toEqual([])
})

test('comments by one person within ten minutes are one notice, and one mail', async () => {
  const thread = await world.thread(document, 'linus', 'grace')
  await world.happens(document, 'grace', world.said(thread))
  minutes(4)
  await world.happens(document, 'grace', world.said(thread, { mentions: ['linus'] }))
  minutes(4)
  await world.happens(document, 'grace', world.said(thread, { mentions: ['linus'] }))
  expect(await world.waiting('linus')).toMatchObject([{ kind: 'mention', comments: 3 }])
  expect(await world.count('mail')).toBe(1)
  // Another person's, and those that come later, are others.
  await world.happens(document, 'margaret', world.said(thread))
  minutes(4)
  await world.happens(document, 'grace', world.said(thread))
  expect(await world.waiting('linus')).toMatchObject([
    { kind: 'mention', comments: 3 },
    { kind: 'reply', comments: 1 },
    { kind: 'reply', comments: 1 },
  ])
})

test('a thread that is resolved waits on nobody, but for a condition that is to be confirmed', async () => {
  const thread = await world.thread(document, 'linus')
  await world.happens(document, 'grace', world.said(thread, { mentions: ['margaret'] }))
  await world.happens(document, 'ada', {
    type: 'condition.met',
    threadId: thread,
    personId: world.ids.linus,
  })
  await world.happens(document, 'ada', { type: 'thread.resolved', threadId: thread, outcome: 'fixed' })
  expect(await world.kinds('margaret')).toEqual([])
  expect(await world.kinds('linus')).toEqual(['condition', 'outcome'])
  await world.happens(document, 'linus', { type: 'thread.reopened', threadId: thread })
  expect(await world.kinds('linus')).toEqual(['outcome'])
})

test('who may not read it is not told, nor who is suspended, nor anybody of what is in the bin', async () => {
  const secret = await world.document('A secret', ['grace'])
  const thread = await world.thread(secret, 'linus', 'grace')
  await world.db.query('update person set suspended_at = now() where id = $1', [world.ids.grace])
  await world.happens(secret, 'ada', world.said(thread, { mentions: ['margaret', 'linus', 'grace'] }))
  expect(await world.count('notice')).toBe(0)
  await world.db.query('update person set suspended_at = null')
  await world.db.query('update document set binned_at = now() where id = $1', [secret])
  await world.happens(secret, 'ada', world.said(thread))
  expect(await world.count('notice')).toBe(0)
})

test('who takes a review over is asked, once, and who gave it away is not any more', async () => {
  const dueAt = '2026-11-27T17:00:00.000Z'
  await world.happens(document, 'ada', asked(dueAt))
  await world.happens(document, 'grace', {
    type: 'review.asked',
    personIds: [world.ids.margaret],
    dueAt,
  })
  await world.happens(document, 'grace', {
    type: 'reviewer.handed_over',
    personId: world.ids.grace,
    toPersonId: world.ids.margaret,
  })
  expect(await world.kinds('grace')).toEqual([])
  expect(await world.waiting('margaret')).toMatchObject([
    { kind: 'review_asked', dueAt: '2026-11-27T17:00:00.000Z' },
  ])
  expect(await world.kinds('ada')).toEqual(['review_news'])
})

test('a kind that somebody turned off is kept out of sight, and one that they want quiet is not mailed', async () => {
  await world.db.query('insert into notice_setting (person_id, channels) values ($1, $2), ($3, $4)', [
    world.ids.grace,
    { review_asked: 'off' },
    world.ids.linus,
    { review_asked: 'inbox' },
  ])
  await world.happens(document, 'ada', asked())
  expect(await world.waiting('grace')).toMatchObject([{ shown: false }])
  expect(await world.waiting('linus')).toMatchObject([{ shown: true }])
  expect(await world.count('mail')).toBe(0)
  expect(await world.count('notice where digest_at is not null')).toBe(0)
})

test('told once, by however many nodes, and whenever one of them fails', async () => {
  const thread = await world.thread(document, 'linus')
  let failures = 3
  world.reach = async () => {
    failures -= 1
    if (failures >= 0) throw new Error('a failure of this test')
  }
  for (let index = 0; index < 20; index++) {
    minutes(11)
    await world.record(document, 'grace', world.said(thread))
  }
  await Promise.all([world.tell(), world.tell(), world.tell()])
  minutes(60)
  await world.tell()
  expect((await world.kinds('linus')).length).toBe(20)
  expect(await world.count('happening where told_at is null')).toBe(0)
  expect(await world.count('happening where failures > 0')).toBe(3)
})

test('in the order it happened, even while one node takes long: no verdict before what it answers', async () => {
  let arrived = () => {}
  let goOn = () => {}
  const arriving = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const going = new Promise<void>((resolve) => {
    goOn = resolve
  })
  world.reach = async () => {
    arrived()
    await going
  }
  await world.record(document, 'ada', asked())
  await world.record(document, 'grace', verdict())
  const slow = world.tell()
  await arriving
  await world.tell()
  expect(await world.count('happening where told_at is not null')).toBe(0)
  goOn()
  await slow
  expect(await world.kinds('grace')).toEqual([])
})

test('an overdue review is said once, and then weekly, to its reviewer and to the author', async () => {
  await world.happens(document, 'ada', asked('2026-11-27T17:00:00.000Z'))
  const read = () => world.db.query('update notice set read_at = $1', [world.now])
  const overdue = async () => {
    await Promise.all([
      remind(world.db, { now: world.now, mail: true }),
      remind(world.db, { now: world.now, mail: true }),
    ])
    return (await world.waiting('grace')).filter((notice) => !notice.read).length
  }
  await read()
  expect(await overdue()).toBe(0)
  world.nowMs = Date.parse('2026-11-27T17:00:01Z')
  expect(await overdue()).toBe(1)
  expect(await world.kinds('ada')).toEqual(['review_late', 'review_late'])
  await read()
  expect(await overdue()).toBe(0)
  world.nowMs += 7 * 24 * 3_600_000 + 1
  expect(await overdue()).toBe(1)
  expect(await world.kinds('ada')).toEqual(['review_late', 'review_late'])
  await world.happens(document, 'grace', verdict())
  expect(await world.kinds('ada')).toEqual(['review_late', 'verdict'])
})

test('a review that was begun and not sent is said after a day, once, to who writes it', async () => {
  const thread = await world.thread(document, 'grace')
  const draft = '00000000-0000-4000-8000-00000000d4af'
  await world.db.query(
    `insert into document_version (id, document_id, number, reason, hash, data, checksum, state_vector, last_seq,
       contributors, created_at, same_until)
     values ($1, $2, 1, 'review', decode(repeat('00', 32), 'hex'), '', '', '', 0, '{}', now(), now())`,
    [draft, document],
  )
  await world.db.query(
    'insert into review_draft (id, document_id, person_id, version_id, started_at) values ($1, $2, $3, $1, $4)',
    [draft, document, world.ids.grace, world.now],
  )
  const said = async () => {
    await Promise.all([1, 2].map(() => remind(world.db, { now: world.now, mail: true })))
    return world.kinds('grace')
  }
  world.nowMs += 24 * 3_600_000 + 1
  // Nothing was gathered in it.
  expect(await said()).toEqual([])
  await world.db.query('update thread_comment set unsent_in = $2 where thread_id = $1', [thread, draft])
  expect(await said()).toEqual(['unsent_review'])
  await world.db.query('update notice set done_at = $1', [world.now])
  expect(await said()).toEqual([])
})

test('an approved document that grew old is to be confirmed, once in half a year', async () => {
  await world.db.query("update document set status = 'approved' where id = $1", [document])
  await remind(world.db, { now: world.now, mail: true })
  expect(await world.kinds('ada')).toEqual([])
  world.nowMs += 183 * 24 * 3_600_000
  await remind(world.db, { now: world.now, mail: true })
  await remind(world.db, { now: world.now, mail: true })
  expect(await world.kinds('ada')).toEqual(['stale'])
  await world.db.query('update notice set done_at = $1', [world.now])
  await remind(world.db, { now: world.now, mail: true })
  expect(await world.kinds('ada')).toEqual([])
})

test('old documents of people who have left keep nobody else’s from being said', async () => {
  await world.db.query("update document set status = 'approved' where id = $1", [document])
  await world.db.query(
    `with old as (
       insert into document (id, prefix, title, search_key, owner_id, template_key, status, schema_version, updated_at)
       select gen_random_uuid(), prefix, title, search_key, $2, template_key, status, schema_version,
              updated_at - interval '1 day'
         from document, generate_series(1, 100) where id = $1
       returning id
     )
     insert into document_member (document_id, person_id, role) select id, $2, 'owner' from old`,
    [document, world.ids.edsger],
  )
  await world.db.query('update person set suspended_at = now() where id = $1', [world.ids.edsger])
  world.nowMs += 183 * 24 * 3_600_000
  await remind(world.db, { now: world.now, mail: true })
  await world.db.query('update person set suspended_at = null')
  expect(await world.count(`notice where kind = 'stale' and document_id = '${document}'`)).toBe(1)
})

test('reviews of people who may not read the document any more keep nobody else’s from being said', async () => {
  const thread = await world.thread(document, 'grace')
  await world.db.query(
    `insert into document_version (id, document_id, number, reason, hash, data, checksum, state_vector, last_seq,
       contributors, created_at, same_until)
     select gen_random_uuid(), $1, 2, 'review', decode(repeat('00', 32), 'hex'), '', '', '', 0, '{}', now(), now()`,
    [document],
  )
  await world.db.query(
    `with stranger as (
       insert into person (id, issuer, subject, name, search_key, color, workspace_role)
       select gen_random_uuid(), 'elsewhere', n::text, 'Nobody', 'nobody', 'blue', 'guest'
         from generate_series(1, 100) n returning id
     ), draft as (
       insert into review_draft (id, document_id, person_id, version_id, started_at)
       select gen_random_uuid(), $1, s.id, v.id, $2 from stranger s, document_version v where v.document_id = $1
       returning id, person_id
     )
     insert into thread_comment (id, thread_id, author_id, body, created_at, unsent_in)
     select gen_random_uuid(), $3, d.person_id, 'Words', $2, d.id from draft d`,
    [document, world.now, thread],
  )
  await world.db.query(
    `with draft as (
       insert into review_draft (id, document_id, person_id, version_id, started_at)
       select gen_random_uuid(), $1, $2, v.id, $3 from document_version v where v.document_id = $1 returning id
     )
     update thread_comment c set unsent_in = draft.id from draft where c.thread_id = $4 and c.author_id = $2`,
    [document, world.ids.grace, new Date(world.nowMs + 1), thread],
  )
  world.nowMs += 24 * 3_600_000 + 2
  await remind(world.db, { now: world.now, mail: true })
  expect(await world.count(`notice where kind = 'unsent_review' and document_id = '${document}'`)).toBe(1)
})

test('what happens to one document is settled without a look at the notices of all others', async () => {
  const others = await world.document('Another')
  await world.db.query(
    `with colleague as (
       insert into person (id, issuer, subject, name, search_key, color, workspace_role)
       select gen_random_uuid(), 'colleagues', n::text, 'Nobody', 'nobody', 'blue', 'guest'
         from generate_series(1, 2000) n returning id
     )
     insert into notice (id, person_id, document_id, subject, kind, what, shown, created_at, at)
     select gen_random_uuid(), id, $1, 'status', 'status', '{}', true, now(), now() from colleague`,
    [others],
  )
  await world.db.query('analyze notice')
  let blocks = 0
  // Each statement says how many blocks it read, in place of its rows.
  const counting = {
    query: async (text: string, values: unknown[]) => {
      const { rows } = await world.db.query(`explain (analyze, buffers, format json) ${text}`, values)
      blocks += rows[0]['QUERY PLAN'][0].Plan['Shared Hit Blocks']
      return { rows: [] }
    },
  } as unknown as Queryable
  await settle(counting, document, settledBy({ type: 'review.asked_again', personIds: [] }, null), world.now)
  expect(blocks).toBeLessThan(20)
})

test('what was snoozed comes back when its time has come', async () => {
  await world.happens(document, 'ada', asked())
  await world.db.query('update notice set snoozed_until = $1', [new Date(world.nowMs + 1_000)])
  await wakeSnoozed(world.db, world.now)
  expect(await world.count('notice where snoozed_until is not null')).toBe(2)
  world.nowMs += 1_000
  await wakeSnoozed(world.db, world.now)
  expect(await world.count('notice where snoozed_until is not null')).toBe(0)
})
