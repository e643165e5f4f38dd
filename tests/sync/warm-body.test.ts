import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { exactDoc } from '../../lib/sync/exact-doc'
import { decodeServerMessage } from '../../lib/sync/message'
import { Body } from '../../server/sync/body'
import { syncLimits } from '../../server/sync/limits'
import { type Random, random } from '../support/random'
import { addParagraph, paragraphs, runOf } from '../support/raw-body'

/** Text of every length in UTF-16 units, and what yjs keeps as one: a pair of surrogates. */
const letters = ['a', 'b ', 'é', '😀', 'word ', '\n', 'שלום ']

function edit(doc: Y.Doc, chance: Random): void {
  // Two have each deleted the last but one.
  if (paragraphs(doc).length === 0) addParagraph(doc, 'again')
  const index = chance.between(0, paragraphs(doc).length - 1)
  const run = runOf(doc, index)
  const at = chance.between(0, run.length)
  const rest = run.length - at
  const dice = chance.between(1, 10)
  if (dice <= 5 || rest === 0) run.insert(at, chance.pick(letters))
  else if (dice <= 7) run.delete(at, chance.between(1, rest))
  else if (dice === 8) run.format(at, chance.between(1, rest), { bold: chance.pick([{}, null]) })
  else if (dice === 9) addParagraph(doc, chance.pick(letters))
  else if (paragraphs(doc).length > 1) paragraphs(doc).delete(index, 1)
}

/** A document of several writers, and copies that stopped hearing, or never began. */
function story(chance: Random) {
  const server = exactDoc()
  const writers = [11, 22, 33].map((clientID) => Object.assign(exactDoc(), { clientID }))
  const meet = (writer: Y.Doc) => {
    Y.applyUpdate(server, Y.encodeStateAsUpdate(writer, Y.encodeStateVector(server)))
    Y.applyUpdate(writer, Y.encodeStateAsUpdate(server, Y.encodeStateVector(writer)))
  }
  addParagraph(writers[0] as Y.Doc, 'Hello 😀')
  for (const writer of [...writers, ...writers]) meet(writer)
  const readers: Y.Doc[] = [exactDoc()]
  for (let step = 0; step < 60; step++) {
    const writer = chance.pick(writers)
    edit(writer, chance)
    if (chance.between(0, 3) === 0) meet(writer)
    if (chance.between(0, 9) === 0) {
      const reader = exactDoc()
      // Some have text that the server lacks.
      Y.applyUpdate(reader, Y.encodeStateAsUpdate(chance.pick([server, writer])))
      readers.push(reader)
    }
  }
  return { server, readers }
}

/** What a Y.Doc holds, deletions included. */
const contentOf = (doc: Y.Doc) => [
  Y.encodeSnapshot(Y.snapshot(doc)),
  doc.getXmlFragment('content').toJSON(),
  doc.store.pendingStructs,
  doc.store.pendingDs,
]

const told = (to: Y.Doc, update: Uint8Array) => {
  const copy = exactDoc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(to))
  Y.applyUpdate(copy, update)
  return contentOf(copy)
}

const warmed = (doc: Y.Doc) => {
  const copy = exactDoc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const body = new Body(copy, { ...syncLimits, warmMs: 0 })
  body.rest(0)
  expect(body.isHot).toBe(false)
  return body
}

test('a body of bytes alone answers what its Y.Doc would, whatever a reader has', () => {
  for (let round = 0; round < 60; round++) {
    const chance = random(round + 1)
    const { server, readers } = story(chance)
    const body = warmed(server)
    for (const reader of readers) {
      const has = Y.encodeStateVector(reader)
      const whole = Y.encodeStateAsUpdate(server, has)
      expect(told(reader, body.diff(has)), `story ${round + 1}`).toEqual(told(reader, whole))
      const copy = exactDoc()
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(reader))
      for (const { message } of body.answer(has)) {
        const heard = decodeServerMessage(message)
        if (heard?.type === 'update' || heard?.type === 'step2') Y.applyUpdate(copy, heard.update)
      }
      expect(contentOf(copy)).toEqual(told(reader, whole))
    }
    expect(body.stateVector()).toEqual(Y.encodeStateVector(server))
    const hot = new Body(server, syncLimits)
    expect(body.mark()).toEqual(hot.mark())
    expect(body.isHot).toBe(false)
    expect(contentOf(body.wake())).toEqual(contentOf(server))
    expect(body.mark()).toEqual(hot.mark())
  }
})

test('an edit wakes it, and is in what the next one gets', () => {
  const chance = random(7)
  const { server } = story(chance)
  const body = warmed(server)
  server.clientID = 99
  const before = Y.encodeStateVector(server)
  const marked = body.mark()
  runOf(server, 0).insert(0, 'more')
  const update = Y.encodeStateAsUpdate(server, before)
  expect(body.apply(update, 'nothing')).toEqual(new Uint8Array())
  body.push(update)
  expect(body.isHot).toBe(true)
  expect(body.mark()).not.toEqual(marked)
  expect(told(exactDoc(), body.diff(Uint8Array.of(0)))).toEqual(contentOf(server))
  // And it rests again with that in it.
  body.rest(1)
  body.rest(2)
  expect(body.isHot).toBe(false)
  expect(told(exactDoc(), body.diff(Uint8Array.of(0)))).toEqual(contentOf(server))
})
