import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Happening } from '../../../lib/happening'
import type { DocumentId } from '../../../lib/id'
import type { Failpoint } from '../../../server/failpoint'
import { freePort } from '../../support/free-port'
import { openMailServer } from '../../support/mail-server'
import { origin } from './mail-config'
import { type MailWorld, openMailWorld } from './mail-world'

let mail: MailWorld
let document: DocumentId
beforeAll(async () => {
  mail = await openMailWorld()
})
afterAll(() => mail.close())
beforeEach(async () => {
  await mail.reset()
  mail.world.nowMs = Date.UTC(2026, 10, 25, 12)
  document = await mail.world.document()
})

const ask = (dueAt: string | null = null): Happening => ({
  type: 'review.asked',
  personIds: [mail.world.ids.grace],
  dueAt,
})
const askGrace = (dueAt: string | null = null) => mail.world.happens(document, 'ada', ask(dueAt))

test('a review that is asked comes at once, with what, who, why, where, and the way out', async () => {
  await askGrace('2026-11-27T17:00:00.000Z')
  await mail.post()
  const [letter] = mail.server.mails
  expect(mail.server.mails.length).toBe(1)
  expect(letter?.to).toEqual(['grace@example.com'])
  expect(letter?.header('Subject')).toMatch(
    /^TDD-\d{4} Payment retries: Ada Lovelace asks you to review, due Friday,? 27 November$/,
  )
  expect(letter?.header('From')).toBe('Rationale <design@example.com>')
  expect(letter?.text).toContain('You are asked to review it.')
  expect(letter?.text).toContain(`${origin}/d/${document}`)
  expect(letter?.html).toContain('Payment retries')
  const unsubscribe = /^<(https:\/\/design\.example\.com\/api\/unsubscribe\/[\w.-]+)>$/
  expect(letter?.header('List-Unsubscribe')).toMatch(unsubscribe)
  expect(letter?.header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
  expect(letter?.header('Auto-Submitted')).toBe('auto-generated')
  await mail.post()
  expect(mail.server.mails.length).toBe(1)
})

test('two nodes, and two jobs of one, send a mail once', async () => {
  for (let index = 0; index < 5; index++) {
    document = await mail.world.document(`Design ${index}`)
    await askGrace()
  }
  await Promise.all([mail.post(), mail.post(), mail.post()])
  expect(mail.server.mails.length).toBe(5)
  expect(new Set(mail.server.mails.map((letter) => letter.header('Message-ID'))).size).toBe(5)
})

test('what can wait comes in one mail of the day, at nine where its reader is', async () => {
  await mail.world.db.query(
    "insert into notice_setting (person_id, time_zone) values ($1, 'America/New_York')",
    [mail.world.ids.grace],
  )
  const other = await mail.world.document('Another')
  const [first, second] = [
    await mail.world.thread(document, 'grace'),
    await mail.world.thread(other, 'grace'),
  ]
  await mail.world.happens(document, 'ada', mail.world.said(first))
  await mail.world.happens(other, 'linus', mail.world.said(second))
  await mail.world.happens(document, 'ada', {
    type: 'thread.resolved',
    threadId: first,
    outcome: 'fixed',
  })
  // 12:00 UTC is 07:00 there.
  await mail.digest()
  expect(mail.server.mails).toEqual([])
  mail.world.nowMs = Date.parse('2026-11-25T13:59:00Z')
  await mail.digest()
  expect(mail.server.mails).toEqual([])
  mail.world.nowMs = Date.parse('2026-11-25T14:00:00Z')
  await mail.digest()
  await mail.digest()
  const hers = () => mail.server.mails.filter((letter) => letter.to.includes('grace@example.com'))
  expect(hers().length).toBe(1)
  const [letter] = hers()
  expect(letter?.header('Subject')).toBe('2 things wait for you in Rationale')
  expect(letter?.text).toContain('Ada Lovelace resolved a thread of yours: fixed.')
  expect(letter?.text).toContain('Linus Torvalds replied to you.')
  // The next day there is nothing new.
  mail.world.nowMs += 24 * 3_600_000
  await mail.digest()
  expect(hers().length).toBe(1)
})

test('what was read or done meanwhile is told by no mail', async () => {
  await askGrace()
  await mail.world.db.query('update notice set read_at = now()')
  await mail.post()
  expect(mail.server.mails).toEqual([])
  expect(await mail.outcomes()).toEqual(['needless'])
})

const meanwhile: Record<string, () => Promise<unknown>> = {
  'is suspended': () =>
    mail.world.db.query('update person set suspended_at = now() where id = $1', [mail.world.ids.grace]),
  'loses the document': () =>
    mail.world.db.query('delete from document_member where person_id = $1 and document_id = $2', [
      mail.world.ids.grace,
      document,
    ]),
  'is of a provider that counts no more': () =>
    mail.world.db.query("update person set issuer = 'https://old.example.com' where id = $1", [
      mail.world.ids.grace,
    ]),
  'turns that kind off': () =>
    mail.world.db.query('insert into notice_setting (person_id, channels) values ($1, $2)', [
      mail.world.ids.grace,
      { review_asked: 'inbox' },
    ]),
  'has the document binned': () =>
    mail.world.db.query('update document set binned_at = now() where id = $1', [document]),
}
test.each(Object.keys(meanwhile))('who %s between happening and mail gets none', async (what) => {
  await askGrace()
  await meanwhile[what]?.()
  await mail.post()
  expect(mail.server.mails).toEqual([])
  expect(await mail.outcomes()).toEqual(['needless'])
})

test('another role is no reason to be told nothing', async () => {
  await askGrace()
  await mail.world.grant(document, 'grace', 'viewer')
  await mail.post()
  expect(mail.server.mails.length).toBe(1)
})

test('names and titles of anybody reach no header and no markup', async () => {
  const { db, ids } = mail.world
  await db.query('update person set name = $2 where id = $1', [
    ids.ada,
    'Ada\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script>\u202Egnp.exe',
  ])
  await db.query('update person set name = $2 where id = $1', [
    ids.grace,
    '"Grace" <evil@example.com>, x\r\nX-Evil: 1',
  ])
  await db.query('update document set title = $2 where id = $1', [
    document,
    `A <b>bold</b> & "quoted" title\r\nSubject: another ${'ä🦀'.repeat(80)}`,
  ])
  await askGrace()
  await mail.post()
  const [letter] = mail.server.mails
  expect(letter?.to).toEqual(['grace@example.com'])
  for (const name of ['Subject', 'To', 'From', 'Message-ID']) expect(letter?.count(name)).toBe(1)
  for (const name of ['Bcc', 'X-Evil', 'Cc']) expect(letter?.count(name)).toBe(0)
  expect(letter?.header('Subject')).not.toMatch(/[\r\n\u202E]/)
  expect(letter?.header('Subject')).not.toContain('\uFFFD')
  expect(letter?.html).not.toMatch(/<script|<b>/)
  expect(letter?.html).toContain('&lt;b&gt;bold')
  await db.query("update person set name = 'Ada Lovelace' where id = $1", [ids.ada])
  await db.query("update person set name = 'Grace Hopper' where id = $1", [ids.grace])
})

test.each(['a@b.c\r\nRCPT TO:<x@y.z>', 'a@b.c, d@e.f', '<a@b.c>', 'no address', '', 'a b@c.d'])(
  'an address that is none gets nothing and holds nobody up: %j',
  async (address) => {
    const { db, ids } = mail.world
    await db.query('update person set email = $2 where id = $1', [ids.grace, address])
    await askGrace()
    await mail.world.happens(document, 'ada', { ...ask(), personIds: [ids.linus] } as Happening)
    await mail.post()
    expect(mail.server.mails.map((letter) => letter.to)).toEqual([['linus@example.com']])
    await db.query("update person set email = 'grace@example.com' where id = $1", [ids.grace])
  },
)

test('a server that is away is asked again, later and later, and the mail is not lost', async () => {
  await askGrace()
  const port = await freePort()
  const waits: number[] = []
  for (let attempt = 0; attempt < 9; attempt++) {
    await mail.post({ mail: `smtp://127.0.0.1:${port}` })
    const { rows } = await mail.world.db.query('select due_at, attempts from mail')
    expect(rows[0].attempts).toBe(attempt + 1)
    waits.push(rows[0].due_at.getTime() - mail.world.nowMs)
    mail.world.nowMs = rows[0].due_at.getTime()
  }
  const seconds = [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]
  expect(waits).toEqual(seconds.map((count) => count * 1_000))
  await mail.post()
  expect(mail.server.mails.length).toBe(1)
  expect(await mail.outcomes()).toEqual(['sent'])
})

test('what could not be sent for three days is given up, and the operator is told', async () => {
  await askGrace()
  mail.server.manners.content = { code: 451, text: 'Later, please' }
  await mail.post()
  mail.world.nowMs += 3 * 24 * 3_600_000 + 1
  await mail.post()
  expect(await mail.outcomes()).toEqual(['given_up'])
  expect(mail.logged.some((line) => line.said === '451 Later, please' && line.level === 50)).toBe(true)
})

test('an address that is refused for good is tried once, and its person can see why', async () => {
  mail.server.manners.recipient = (address) =>
    address.startsWith('grace') ? { code: 550, text: 'No such user' } : null
  await askGrace()
  await mail.post()
  expect(await mail.outcomes()).toEqual(['refused'])
  const { rows } = await mail.world.db.query('select refused_address, refused_why from notice_setting')
  expect(rows).toMatchObject([
    { refused_address: 'grace@example.com', refused_why: expect.stringContaining('No such user') },
  ])
  mail.server.manners.recipient = null
  document = await mail.world.document('Another')
  await askGrace()
  await mail.post()
  expect(mail.server.mails).toEqual([])
  // Another address is another matter.
  await mail.world.db.query("update person set email = 'hopper@example.com' where id = $1", [
    mail.world.ids.grace,
  ])
  document = await mail.world.document('A third')
  await askGrace()
  await mail.post()
  expect(mail.server.mails.map((letter) => letter.to)).toEqual([['hopper@example.com']])
  await mail.world.db.query("update person set email = 'grace@example.com' where id = $1", [
    mail.world.ids.grace,
  ])
})

test('a mail that one address defers keeps no other waiting', async () => {
  mail.server.manners.recipient = (address) =>
    address.startsWith('grace') ? { code: 450, text: 'Greylisted' } : null
  await askGrace()
  await mail.world.happens(document, 'ada', {
    type: 'review.asked',
    personIds: [mail.world.ids.linus],
    dueAt: null,
  })
  await mail.post()
  expect(mail.server.mails.map((letter) => letter.to)).toEqual([['linus@example.com']])
  mail.server.manners.recipient = null
  mail.world.nowMs += 60_000
  await mail.post()
  expect(mail.server.mails.length).toBe(2)
})

test('a server that hangs does not keep the process from ending, and the mail waits for the next', async () => {
  let hung = () => {}
  const hanging = new Promise<void>((resolve) => {
    hung = resolve
  })
  mail.server.manners.beforeTaking = () => {
    hung()
    return new Promise(() => {})
  }
  await askGrace()
  const ending = new AbortController()
  const posting = mail.post({ ending: ending.signal })
  await hanging
  ending.abort()
  await posting
  expect(await mail.outcomes()).toEqual([null])
})

test('a server that took it and hung up gets it again, under the same Message-ID', async () => {
  const other = await openMailServer()
  other.manners.hangUpAfterTaking = true
  await askGrace()
  await mail.post({ mail: other.url })
  other.manners.hangUpAfterTaking = false
  mail.world.nowMs += 60_000
  await mail.post({ mail: other.url })
  const ids = other.mails.map((letter) => letter.header('Message-ID'))
  expect(ids.length).toBe(2)
  expect(new Set(ids).size).toBe(1)
  await other.close()
})

test('a mail that was taken is not sent again because the database went away before that was committed', async () => {
  await askGrace()
  const { db } = mail.world
  const cut = async (point: Failpoint) => {
    if (point !== 'mail: marked') return
    await db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'`,
    )
  }
  await expect(mail.post({ reach: cut })).rejects.toThrow()
  expect(await mail.outcomes()).toEqual([null])
  await mail.post()
  expect(await mail.outcomes()).toEqual(['sent'])
  expect(mail.server.mails.length).toBe(1)
})
