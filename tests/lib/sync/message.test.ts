import fc from 'fast-check'
import { createDecoder } from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { errorEntry } from '../../../lib/errors'
import {
  decodeClientMessage,
  decodeServerMessage,
  encodeAwareness,
  encodeLive,
  encodeQueryAwareness,
  encodeRefused,
  encodeSaved,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  isUpdateMessage,
  parseCapabilities,
  readRefused,
  refusalCodes,
} from '../../../lib/sync/message'

const bytes = (...write: ((encoder: encoding.Encoder) => void)[]) => {
  const encoder = encoding.createEncoder()
  for (const one of write) one(encoder)
  return encoding.toUint8Array(encoder)
}
const number = (value: number) => (encoder: encoding.Encoder) => encoding.writeVarUint(encoder, value)

test('our bytes are those of y-protocols', () => {
  const doc = new Y.Doc()
  doc.getXmlFragment('content').push([new Y.XmlElement('paragraph')])
  const update = Y.encodeStateAsUpdate(doc)
  const sync = (write: (encoder: encoding.Encoder) => void) => bytes(number(0), write)
  expect(encodeStep1(Y.encodeStateVector(doc))).toEqual(sync((e) => writeSyncStep1(e, doc)))
  expect(encodeStep2(update)).toEqual(sync((e) => writeSyncStep2(e, doc)))
  expect(encodeUpdate(update)).toEqual(sync((e) => writeUpdate(e, update)))
  const awareness = new Awareness(doc)
  awareness.setLocalState({ cursor: null })
  const theirs = bytes(number(1), (e) =>
    encoding.writeVarUint8Array(e, encodeAwarenessUpdate(awareness, [doc.clientID])),
  )
  expect(encodeAwareness([{ id: doc.clientID, clock: 1, state: '{"cursor":null}' }])).toEqual(theirs)
  awareness.destroy()
})

test('what is written is read', () => {
  const update = Uint8Array.of(0, 0)
  const entries = [{ id: 7, clock: 3, state: '{"cursor":null}' }]
  expect(decodeClientMessage(encodeStep1(update))).toEqual({ type: 'step1', stateVector: update })
  expect(decodeClientMessage(encodeStep2(update))).toEqual({ type: 'step2', update })
  expect(decodeClientMessage(encodeUpdate(update))).toEqual({ type: 'update', update })
  expect(decodeClientMessage(encodeAwareness(entries))).toEqual({ type: 'awareness', entries })
  expect(decodeClientMessage(encodeQueryAwareness())).toEqual({ type: 'queryAwareness' })
  expect(decodeServerMessage(encodeSaved(300))).toEqual({ type: 'saved', through: 300 })
  expect(decodeServerMessage(encodeRefused({ message: 2, code: 'not_yours' }))).toEqual({
    type: 'refused',
    refusal: { message: 2, code: 'not_yours' },
  })
  const event = {
    type: 'saving.changed',
    documentId: '0b2e7f0a-1d3e-4b57-9f57-0d8f3a5d1c11',
    paused: true,
  } as const
  expect(decodeServerMessage(encodeLive(event))).toEqual({ type: 'live', event })
  const { documentId } = event
  const full = { type: 'body.changed', documentId, size: 'full', limitBytes: 5e7, damaged: false } as const
  expect(decodeServerMessage(encodeLive(full))).toEqual({ type: 'live', event: full })
  for (const wrong of [{ size: 'huge' }, { damaged: 'yes' }, { limitBytes: '5e7' }, { documentId: 7 }]) {
    const said = encodeLive({ ...full, ...wrong } as unknown as typeof full)
    expect(decodeServerMessage(said)).toEqual({ type: 'live', event: null })
  }
})

test('what a client may not send, and what is no message, is null', () => {
  for (const frame of [
    Uint8Array.of(),
    Uint8Array.of(0),
    Uint8Array.of(0, 3, 0),
    Uint8Array.of(2, 0),
    Uint8Array.of(77),
    encodeSaved(1),
    encodeRefused({ message: 1, code: 'invalid' }),
    // A length beyond the frame, of 2^53 and of ten bytes.
    Uint8Array.of(0, 2, 200, 1, 0),
    Uint8Array.of(0, 2, 255, 255, 255, 255, 255, 255, 255, 15),
    Uint8Array.of(0, 2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255),
    // An id beyond 32 bits, and a count without entries.
    encodeAwareness([{ id: 2 ** 32, clock: 1, state: '{}' }]),
    bytes(number(1), number(4), number(2 ** 20)),
  ]) {
    expect(decodeClientMessage(frame)).toBeNull()
  }
})

test('every prefix of a message is no message, and nothing may stand behind one', () => {
  const messages = [
    encodeStep1(Uint8Array.of(1, 7, 3)),
    encodeUpdate(Uint8Array.of(0, 0)),
    encodeAwareness([{ id: 7, clock: 1, state: '{}' }]),
  ]
  for (const message of messages) {
    for (let length = 0; length < message.length; length++) {
      expect(decodeClientMessage(message.slice(0, length))).toBeNull()
    }
    expect(decodeClientMessage(Uint8Array.from([...message, 0]))).toBeNull()
  }
})

test('no bytes make a decoder throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (frame) => {
      decodeClientMessage(frame)
      decodeServerMessage(frame)
      isUpdateMessage(frame)
    }),
    { numRuns: 2_000 },
  )
})

test('update messages are step 2 and update, and those alone are counted', () => {
  expect(isUpdateMessage(encodeStep2(Uint8Array.of(0, 0)))).toBe(true)
  expect(isUpdateMessage(encodeUpdate(Uint8Array.of(0, 0)))).toBe(true)
  expect(isUpdateMessage(encodeStep1(Uint8Array.of(0)))).toBe(false)
  expect(isUpdateMessage(encodeAwareness([]))).toBe(false)
  expect(isUpdateMessage(new Uint8Array())).toBe(false)
})

test('capabilities: those that are known, of whatever is asked for', () => {
  expect(parseCapabilities(null)).toEqual(new Set())
  expect(parseCapabilities('saved,live')).toEqual(new Set(['saved', 'live']))
  expect(parseCapabilities('live,telepathy')).toEqual(new Set(['live']))
})

test('a refusal closes for good, and a code of a newer server reads as invalid', () => {
  for (const code of refusalCodes)
    expect(errorEntry(code).close).toSatisfy((n: number) => n >= 4400 && n < 4500)
  const newer = bytes(number(3), (e) => encoding.writeVarString(e, 'too_clever'))
  expect(readRefused(createDecoder(newer))).toEqual({ message: 3, code: 'invalid' })
})
