import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeStep2, encodeUpdate } from '../../lib/sync/message'
import { change } from '../support/raw-body'
import { type ServerProcess, startServer } from '../support/server'
import { Attacker, attack, attackWire, type Door, isStep1 } from './attacker'
import { call } from './call'
import { families } from './frames'
import { Witnesses } from './witnesses'
import { tokensOf } from './writer'

/** With the limits that everybody has: one attacker who comes again and again, and two who type on beside. */
let server: ServerProcess
let pid: number
let documentId: string
let witnesses: Witnesses
const tokens: Record<string, string> = {}

beforeAll(async () => {
  server = await startServer()
  for (const name of ['ada', 'grace', 'edsger']) {
    tokens[name] = await server.token(name, name === 'ada' ? 'admin' : 'write')
  }
  pid = server.pid()
  documentId = await newDocument('Under fire')
  const { ada = '', grace = '' } = tokens
  witnesses = await Witnesses.join({ origin: server.origin, documentId, tokens: { ada, grace } })
}, 240_000)
async function newDocument(title: string): Promise<string> {
  const ada = tokens.ada ?? ''
  const { id } = await call<{ id: string }>(server.origin, ada, 'POST', '/documents', {
    title,
    templateKey: 'blank',
  })
  for (const name of ['grace', 'edsger']) {
    const person = await call<{ id: string }>(server.origin, tokens[name] ?? '', 'GET', '/me')
    await call(server.origin, ada, 'PUT', `/documents/${id}/members/${person.id}`, { role: 'editor' })
  }
  return id
}
afterAll(async () => {
  witnesses?.leave()
  await server?.remove()
})

const door = (token: string | null, caps: string | null = 'saved'): Door => ({
  origin: server.origin,
  documentId,
  token,
  asks: token !== null,
  caps,
})

test('who sends bad frames, refused text and too much of everything is slowed, closed, and kept out', async () => {
  const edsger = tokens.edsger ?? ''
  // 4 and 25: nobody is heard for long, and somebody only so fast.
  const flood = new Array<Uint8Array>(10_000).fill(Uint8Array.of(3))
  expect([4401, 4529]).toContain(await attack(door(null), ...flood))
  const busy = new Attacker(door(edsger))
  await busy.opened
  const doc = await busy.copy()
  busy.send(...new Array<Uint8Array>(10_000).fill(Uint8Array.of(3)))
  // 5: twenty of one person, and no more.
  const many = Array.from({ length: 19 }, () => new Attacker(door(edsger)))
  for (const one of many) expect(await one.opened).toBe('open')
  // In, and not only at the door: who is judged last is the one too many.
  for (const one of many) await one.hears(isStep1)
  expect(await attack({ ...door(edsger), asks: false })).toBe(4503)
  for (const one of [busy, ...many]) one.leave()
  for (const one of [busy, ...many]) await one.closed
  // 23: the third bad frame of one person is one too many, however it is bad.
  const unmasked = Buffer.from([0x82, 0x01, 0x03])
  expect(await attack(door(edsger), 'text')).toBe(1007)
  expect(await attackWire(door(edsger), unmasked)).toBe(1007)
  expect(await attack(door(edsger), Uint8Array.of(77))).toBe(4400)
  // 14 and 24: refused text ends a connection, and a client that cannot know why is not let in for a while.
  const [script] = families['what a body cannot hold']?.({ doc, foreign: [] }) ?? []
  expect(await attack(door(edsger, null), ...(script?.frames ?? []))).toBe(4400)
  expect(await attack(door(edsger, null))).toBe('HTTP 429')
  expect(await attack(door(edsger), encodeStep2(Y.encodeStateAsUpdate(doc)))).toBe('open')
  expect(await attack(door(edsger), encodeUpdate(new Uint8Array(17_000_000)))).toBe(4413)

  const { typed, p95Ms } = await witnesses.finish()
  const text = await call<string>(
    server.origin,
    tokens.ada ?? '',
    'GET',
    `/documents/${documentId}/content?format=markdown`,
  )
  for (const [name, count] of Object.entries(typed)) {
    expect(tokensOf(name, text)).toEqual(Array.from({ length: count }, (_, n) => n))
  }
  expect(p95Ms).toBeLessThan(1_000)
}, 120_000)

test('large and odd text that people may have is taken, and comes back as it was', {
  timeout: 240_000,
}, async () => {
  const planes = Array.from({ length: 17 }, (_, plane) =>
    String.fromCodePoint(plane * 0x10000 + 0x40, plane * 0x10000 + 0xfff0),
  ).join('')
  const odd = `${planes}\ud800 lone \udc00, \u202eabc\u202c\u2066x\u2069, \0, \ufeff, e\u0301, ${'\u0300'.repeat(500)}.`
  const texts: Record<string, (body: Y.XmlFragment) => void> = {
    'odd characters': (body) => body.push([paragraph(odd)]),
    'a paste of 10 MB': (body) =>
      body.push(Array.from({ length: 100 }, () => paragraph('0123456789'.repeat(10_000)))),
    '100,000 empty paragraphs': (body) =>
      body.push(Array.from({ length: 100_000 }, () => new Y.XmlElement('paragraph'))),
    'a line of a million characters': (body) => body.push([paragraph('x'.repeat(1_000_000))]),
  }
  for (const [name, write] of Object.entries(texts)) {
    const id = await newDocument(name)
    const attacker = new Attacker({ ...door(tokens.edsger ?? ''), documentId: id })
    await attacker.opened
    const doc = await attacker.copy()
    attacker.send(encodeUpdate(change(doc, () => write(doc.getXmlFragment('content')))))
    // Committed, that is: a NUL in a column of text would have stopped it.
    expect(await attacker.hears((frame) => frame[0] === 100), name).not.toBeNull()
    const reader = new Attacker({ ...door(tokens.ada ?? ''), documentId: id })
    await reader.opened
    const read = await reader.copy()
    expect(Y.encodeStateVector(read)).toEqual(Y.encodeStateVector(doc))
    // Half of a pair has no UTF-8: it is a replacement character from the first sending on.
    const sent = doc
      .getXmlFragment('content')
      .toString()
      .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    expect(read.getXmlFragment('content').toString() === sent, name).toBe(true)
    for (const one of [attacker, reader]) one.leave()
    const markdown = await call<string>(
      server.origin,
      tokens.ada ?? '',
      'GET',
      `/documents/${id}/content?format=markdown`,
    )
    expect(markdown.length > 0, name).toBe(!name.includes('empty'))
  }
  expect(server.isRunning() && server.pid()).toBe(pid)
})

function paragraph(text: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText(text)])
  return element
}
