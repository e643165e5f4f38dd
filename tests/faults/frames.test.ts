import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeAwareness, encodeUpdate, removedState } from '../../lib/sync/message'
import { firstText } from '../support/ordinary-updates'
import { random } from '../support/random'
import { change, copyOf } from '../support/raw-body'
import { type ServerProcess, startServer } from '../support/server'
import { Attacker, attack, attackWire, type Door, type Outcome } from './attacker'
import { call } from './call'
import { type Attack, families, freshId, type Target, validMessages } from './frames'
import { wireAttacks } from './frames-wire'
import { mutate } from './mutate'
import { memoryOf, Witnesses } from './witnesses'
import { tokensOf, Writer } from './writer'

/**
 * Whatever comes over the socket: three people type on, the process stays, memory comes back, and whoever sent it
 * is closed with a code and a line in the log. FUZZ_FRAMES=N says how many changed messages are sent, SEED=S which.
 */
const fuzzFrames = Number(process.env.FUZZ_FRAMES ?? 3_000)
const atOnce = 8
const crashers = join(import.meta.dirname, 'crashers')

/** Far up is what is not the subject here: one attacker comes thousands of times. */
const limits = {
  connectBurst: 1e9,
  connectsPerSecond: 1e9,
  maxSocketsPerPerson: 1_000,
  newIdsPerHour: 1e9,
  badFrames: 1e9,
  judgeMs: 30_000,
  unloadMs: 2_000,
}

let server: ServerProcess
let pid: number
let documentId: string
let witnesses: Witnesses
let before: Awaited<ReturnType<typeof memoryOf>>
const tokens: Record<string, string> = {}

beforeAll(async () => {
  server = await startServer({ env: { LIMITS: JSON.stringify(limits), LOG_LEVEL: 'info' } })
  pid = server.pid()
  for (const name of ['ada', 'grace', 'margaret', 'edsger', 'linus']) {
    tokens[name] = await server.token(name, name === 'ada' ? 'admin' : 'write')
  }
  documentId = await newDocument('Under fire')
  const { ada = '', grace = '', margaret = '' } = tokens
  witnesses = await Witnesses.join({ origin: server.origin, documentId, tokens: { ada, grace, margaret } })
  before = await memoryOf(server)
}, 240_000)
afterAll(async () => {
  witnesses?.leave()
  await server?.remove()
})

async function newDocument(title: string): Promise<string> {
  const { id } = await call<{ id: string }>(server.origin, tokens.ada ?? '', 'POST', '/documents', {
    title,
    templateKey: 'blank',
  })
  for (const [name, role] of [
    ['grace', 'editor'],
    ['margaret', 'editor'],
    ['edsger', 'editor'],
    ['linus', 'viewer'],
  ] as const) {
    const person = await call<{ id: string }>(server.origin, tokens[name] ?? '', 'GET', '/me')
    await call(server.origin, tokens.ada ?? '', 'PUT', `/documents/${id}/members/${person.id}`, { role })
  }
  return id
}

const door = (name: string | null, id = documentId): Door => ({
  origin: server.origin,
  documentId: id,
  token: name === null ? null : (tokens[name] ?? name),
  asks: name === 'edsger',
})

/** The document as edsger has it, who is an editor and means no good. */
async function target(name = 'edsger'): Promise<Target> {
  const attacker = new Attacker(door(name))
  await attacker.opened
  const doc = await attacker.copy()
  attacker.leave()
  return { doc, foreign: witnesses.clientIds }
}

/** How often the log says so far that a socket was closed for this reason. */
const closedFor = (code: string) => server.stderr().split(`"code":"${code}"`).length - 1
const codes: Readonly<Record<number, readonly string[]>> = {
  1007: ['bad_frame'],
  4400: ['invalid', 'not_yours', 'read_only'],
  4401: ['unauthenticated'],
  4404: ['not_found'],
  4413: ['too_large'],
  4529: ['rate_limited'],
}
const lines = (closeCode: number) => (codes[closeCode] ?? []).reduce((sum, code) => sum + closedFor(code), 0)

/** Runs everything, some at once, and checks how it ended and that the log says as much. */
async function see(
  all: readonly { name: string; expected: readonly Outcome[]; run: () => Promise<Outcome> }[],
) {
  const closed = new Map<number, number>()
  const saidBefore = new Map(Object.keys(codes).map((code) => [Number(code), lines(Number(code))]))
  const wrong: string[] = []
  const queue = [...all]
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const outcome = await next.run()
      if (!next.expected.includes(outcome)) wrong.push(`${next.name}: ${outcome}`)
      if (typeof outcome === 'number') closed.set(outcome, (closed.get(outcome) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  expect(wrong).toEqual([])
  for (const [code, count] of closed) {
    await expect
      .poll(() => lines(code) - (saidBefore.get(code) ?? 0), { timeout: 10_000 })
      .toBeGreaterThanOrEqual(count)
  }
}

const overSocket = (attacks: readonly Attack[], of = door('edsger')) =>
  see(attacks.map((one) => ({ ...one, run: () => attack(of, ...one.frames) })))

/** Whatever the case, the attacked are as well as before. */
function theyTypeOn() {
  expect(server.isRunning() && server.pid()).toBe(pid)
  expect(server.stderr()).not.toMatch(/"code":"internal"|could not be handled|"level":"(error|fatal)"/)
}

test.each(Object.keys(families))('from an editor: %s', { timeout: 120_000 }, async (name) => {
  await overSocket(families[name]?.(await target()) ?? [])
  theyTypeOn()
})

test('from an editor: every single-bit flip of valid messages', { timeout: 120_000 }, async () => {
  const valid = validMessages(await target())
  const flips = Object.entries(valid).flatMap(([name, frame]) =>
    Array.from({ length: frame.length * 8 }, (_, bit): Attack => {
      const flipped = frame.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return { name: `${name}, bit ${bit}`, frames: [flipped], expected: ['open', 1007, 4400] }
    }),
  )
  await overSocket(flips)
  theyTypeOn()
})

test('from an editor: bytes that are no websocket frames', { timeout: 120_000 }, async () => {
  await see(wireAttacks.map((one) => ({ ...one, run: () => attackWire(door('edsger'), ...one.chunks) })))
  theyTypeOn()
})

test('from nobody, or with nothing that stands: whatever they send', { timeout: 120_000 }, async () => {
  const edsgers = await target()
  const bad = Object.values(families).flatMap((make) => make(edsgers).slice(0, 3))
  expect(bad.length).toBeGreaterThan(10)
  const doors = [
    [door(null), 4401],
    [door('rat_nothing'), 4401],
    [{ ...door('edsger', '00000000-0000-4000-8000-000000000000'), asks: false }, 4404],
    [{ ...door('edsger', 'nothing'), asks: false }, 4404],
  ] as const
  for (const [of, code] of doors) {
    // Too much for somebody unknown is said at once; who they are, when it is known.
    const attacks = bad.map((one) => ({ ...one, expected: [code, 4529, 4413] }))
    await overSocket(attacks, of)
    await see(
      wireAttacks.map((one) => ({
        ...one,
        expected: [code, 4529, 4413],
        run: () => attackWire(of, ...one.chunks),
      })),
    )
  }
  const flood = new Array<Uint8Array>(10_000).fill(Uint8Array.of(3))
  await overSocket([{ name: '10,000 messages', frames: flood, expected: [4401, 4529] }], door(null))
  theyTypeOn()
})

test('from a viewer: text in any form is refused, and presence is not', { timeout: 120_000 }, async () => {
  const viewed = await target('linus')
  const text = (client = freshId()) =>
    encodeUpdate(
      change(copyOf(viewed.doc, client), (doc) => firstText(doc.getXmlFragment('content')).insert(0, 'x')),
    )
  const letter = copyOf(viewed.doc, freshId())
  change(letter, (doc) => firstText(doc.getXmlFragment('content')).insert(0, 'x'))
  const gap = encodeUpdate(change(letter, (doc) => firstText(doc.getXmlFragment('content')).insert(1, 'y')))
  await overSocket(
    [
      { name: 'text', frames: [text()], expected: [4400] },
      { name: 'text under a foreign id', frames: [text(viewed.foreign[0])], expected: [4400, 'open'] },
      { name: 'what rests on nothing', frames: [gap], expected: [4400] },
      {
        name: 'a deletion',
        frames: [
          encodeUpdate(change(copyOf(viewed.doc, 5), (doc) => doc.getXmlFragment('content').delete(0, 1))),
        ],
        expected: [4400],
      },
      { name: 'much', frames: [encodeUpdate(new Uint8Array(100_000))], expected: [4400] },
      { name: 'nothing new', frames: [encodeUpdate(Y.encodeStateAsUpdate(new Y.Doc()))], expected: ['open'] },
      {
        name: 'presence',
        frames: [encodeAwareness([{ id: freshId(), clock: 1, state: '{}' }])],
        expected: ['open'],
      },
    ],
    door('linus'),
  )
  theyTypeOn()
})

test('presence shows who the server knows, whatever name, colour or id somebody claims', async () => {
  const ada = new Writer('onlooker', { ...door('ada'), token: tokens.ada ?? '' })
  await ada.ready()
  const attacker = new Attacker(door('edsger'))
  await attacker.opened
  const id = freshId()
  const claims = {
    user: {
      id: 'x',
      name: '</span><script>alert(1)</script>\u202e',
      color: 'red;background:url(//x)',
      picture: 'javascript:alert(1)',
    },
    cursor: { anchor: { type: null, tname: '__proto__', item: null, assoc: 0 }, head: 'x' },
    sectionId: '"><img>',
    __proto__: { admin: true },
    more: 'x',
  }
  attacker.send(
    encodeAwareness([
      { id, clock: 2 ** 40, state: JSON.stringify(claims) },
      { id: ada.doc.clientID, clock: 2 ** 40, state: removedState },
    ]),
  )
  await expect
    .poll(() => ada.provider.awareness.getStates().get(id), { timeout: 20_000 })
    .toEqual({
      user: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: 'Edsger Dijkstra',
        color: expect.stringMatching(/^#[0-9a-f]{6}$/),
        picture: null,
      },
      cursor: null,
      sectionId: null,
    })
  attacker.leave()
  await expect.poll(() => ada.provider.awareness.getStates().has(id), { timeout: 20_000 }).toBe(false)
  ada.leave()
})

test('messages changed at random', { timeout: 60_000 + fuzzFrames * 500 }, async () => {
  const source = random()
  console.log(`frames: seed ${source.seed}, ${fuzzFrames} messages`)
  let valid = Object.values(validMessages(await target()))
  for (let sent = 0; sent < fuzzFrames; sent += 100) {
    const frames = Array.from({ length: Math.min(100, fuzzFrames - sent) }, () =>
      mutate(source.pick(valid), valid, source),
    )
    const attacks = frames.map(
      (frame, n): Attack => ({
        name: `message ${sent + n}, ${Buffer.from(frame).toString('hex')}`,
        frames: [frame],
        expected: ['open', 1007, 4400],
      }),
    )
    try {
      await overSocket(attacks)
      theyTypeOn()
    } catch (error) {
      // Kept, for the test of all that ever did harm.
      writeFileSync(
        join(crashers, `found-${source.seed}-${sent}.hex`),
        frames.map((frame) => Buffer.from(frame).toString('hex')).join('\n'),
      )
      throw error
    }
    valid = [...Object.values(validMessages(await target())), ...frames.slice(0, 4)]
  }
})

const saved = readdirSync(crashers).filter((name) => name.endsWith('.hex'))
test('what did harm once', { timeout: 60_000 }, async () => {
  const id = await newDocument('Blank, as the files expect it')
  const attacks = saved.flatMap((name) =>
    readFileSync(join(crashers, name), 'utf8')
      .trim()
      .split('\n')
      .map((line): Attack => {
        const frames = line.split(' ').map((frame) => Buffer.from(frame, 'hex'))
        return { name, frames, expected: ['open', 1007, 4400] }
      }),
  )
  expect(attacks.length).toBeGreaterThan(10)
  await overSocket(attacks, door('edsger', id))
  theyTypeOn()
})

test('the witnesses have lost nothing, waited for nobody, and memory is back', {
  timeout: 240_000,
}, async () => {
  const { typed, echoes, p95Ms } = await witnesses.finish()
  const reader = new Writer('reader', { ...door('ada'), token: tokens.ada ?? '' })
  await reader.ready()
  const exported = await call<string>(
    server.origin,
    tokens.ada ?? '',
    'GET',
    `/documents/${documentId}/content?format=markdown`,
  )
  for (const [name, count] of Object.entries(typed)) {
    const all = Array.from({ length: count }, (_, n) => n)
    for (const view of [reader.doc.getXmlFragment('content').toString(), exported]) {
      expect(tokensOf(name, view)).toEqual(all)
    }
  }
  const after = async () => {
    const now = await memoryOf(server)
    return now.usedMb - before.usedMb
  }
  await expect.poll(after, { timeout: 180_000, interval: 1_000 }).toBeLessThan(50)
  reader.leave()
  const now = await memoryOf(server)
  console.log(
    `witnesses: ${echoes} echoes, p95 ${p95Ms.toFixed(0)} ms; memory in use ${before.usedMb.toFixed(0)} -> ${now.usedMb.toFixed(0)} MB, resident ${before.residentMb.toFixed(0)} -> ${now.residentMb.toFixed(0)} MB`,
  )
  expect(p95Ms).toBeLessThan(1_000)
  expect(server.pid()).toBe(pid)
})
