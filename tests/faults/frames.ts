import * as Y from 'yjs'
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from '../../lib/sync/message'
import { firstText } from '../support/ordinary-updates'
import { random } from '../support/random'
import { change, copyOf } from '../support/raw-body'
import { content, type RawPlace, rawUpdate } from '../support/raw-update'
import type { Outcome } from './attacker'

/** Something to send on a connection of its own, and how that may stand afterwards. */
export interface Attack {
  readonly name: string
  readonly frames: readonly (Uint8Array | string)[]
  readonly expected: readonly Outcome[]
}

/** What the attacks are made for. */
export interface Target {
  /** The document as the attacker has it, under a client id of their own. */
  readonly doc: Y.Doc
  /** Client ids that are somebody else's: a witness's, and the server's. */
  readonly foreign: readonly number[]
}

const badFrame = [1007] as const
const refused = [4400] as const
const open = ['open'] as const

const attack = (
  name: string,
  expected: readonly Outcome[],
  ...frames: readonly (Uint8Array | string)[]
): Attack => ({ name, frames, expected })

const bytes = (...parts: (readonly number[] | Uint8Array)[]) =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

/** An unsigned integer as lib0 writes it, of any size. */
export function varUint(value: bigint | number): number[] {
  const out: number[] = []
  let rest = BigInt(value)
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128)
  return [...out, Number(rest)]
}

/** What one client of its own does to a fresh copy of the document. */
const edit = ({ doc }: Target, change_: (content: Y.XmlFragment) => void, client = freshId()) =>
  change(copyOf(doc, client), (copy) => change_(copy.getXmlFragment('content')))

const { between } = random()
/** A client id that nobody has used, nor comes upon by one flipped bit. */
export const freshId = () => between(2 ** 20, 2 ** 32 - 1)

const typed = (target: Target, client?: number) =>
  edit(target, (body) => firstText(body).insert(0, 'x'), client)
const awareness = (state: unknown, id = freshId()) =>
  encodeAwareness([{ id, clock: 1, state: JSON.stringify(state) }])

/** Where something may stand in the document: in its first text, as an attribute of its first block. */
function placesIn(doc: Y.Doc): { text: RawPlace; attribute: RawPlace; body: RawPlace } {
  const body = doc.getXmlFragment('content')
  const first = body.get(0) as Y.XmlElement
  const text = firstText(body)
  const letter = text._start
  return {
    text: letter ? { origin: letter.lastId } : { parent: (text._item as Y.Item).id },
    attribute: { parent: (first._item as Y.Item).id, sub: 'id' },
    body: { parent: 'content' },
  }
}

const one = (place: RawPlace, of: ReturnType<typeof content.any>) =>
  encodeUpdate(rawUpdate([{ client: freshId(), clock: 0, structs: [{ place, content: of }] }]))

function nested(levels: number): Uint8Array {
  const client = freshId()
  const structs = Array.from({ length: levels }, (_, i) => ({
    place: i === 0 ? { parent: 'content' } : { parent: Y.createID(client, i - 1) },
    content: content.element('blockquote'),
  }))
  return encodeUpdate(rawUpdate([{ client, clock: 0, structs }]))
}

/** An update message around any bytes. */
const asUpdate = (...parts: (readonly number[] | Uint8Array)[]) => encodeUpdate(bytes(...parts))

/** The families of QUALITY.md, of what one may send once one is in. */
export const families: Readonly<Record<string, (target: Target) => Attack[]>> = {
  'text, empty and one-byte frames': () => [
    attack('text', badFrame, 'hello'),
    attack('empty text', badFrame, ''),
    attack('empty', badFrame, new Uint8Array()),
    ...Array.from({ length: 256 }, (_, byte) =>
      attack(`the byte ${byte}`, byte === 3 ? open : badFrame, Uint8Array.of(byte)),
    ),
  ],
  'unknown types': () =>
    [2, 4, 5, 99, 100, 101, 102, 110, 127, 128, 2 ** 31, 2 ** 32, 2 ** 52].flatMap((type) => [
      attack(`${type}`, badFrame, bytes(varUint(type), [0])),
      attack(`${type} with a body`, badFrame, bytes(varUint(type), [4, 1, 2, 3, 4])),
      attack(`a sync message ${type + 3}`, badFrame, bytes([0], varUint(type + 3), [2, 0, 0])),
    ]),
  'every prefix of valid messages': (target) =>
    Object.entries(validMessages(target)).flatMap(([name, frame]) =>
      Array.from({ length: frame.length }, (_, length) =>
        attack(`${name}, ${length} bytes of it`, badFrame, frame.slice(0, length)),
      ),
    ),
  'bytes left over': (target) =>
    Object.entries(validMessages(target)).map(([name, frame]) => attack(name, badFrame, bytes(frame, [0]))),
  varints: () => [
    attack('a type of ten bytes', badFrame, bytes(new Array(9).fill(255), [1])),
    attack('a type of 200 bytes', badFrame, bytes(new Array(200).fill(255), [1])),
    ...[2n ** 53n, 2n ** 53n - 1n, 2n ** 63n, 2n ** 64n].flatMap((n) => [
      attack(`a length of ${n}`, badFrame, bytes([0, 2], varUint(n), [0, 0])),
      attack(`an awareness of ${n} bytes`, badFrame, bytes([1], varUint(n), [0])),
      attack(`${n} clients in an update`, refused, asUpdate(varUint(n), [0])),
      attack(`a client ${n}`, refused, asUpdate([1, 1], varUint(n), [0, 0, 1, 0])),
      attack(`a clock ${n}`, [4400, 'open'], asUpdate([1, 1, 77], varUint(n), [0, 1, 0])),
      attack(`${n} pairs in a state vector`, badFrame, encodeStep1(bytes(varUint(n), [1, 1]))),
    ]),
    attack('a length longer than the frame', badFrame, bytes([0, 2, 100, 0, 0])),
  ],
  'counts of 10^6 to 2^40': () =>
    [10 ** 6, 2 ** 25, 2 ** 31, 2 ** 32, 2 ** 40].flatMap((n) => [
      attack(`${n} structs`, refused, asUpdate([1], varUint(n), [7, 0])),
      attack(`${n} clients`, refused, asUpdate(varUint(n))),
      attack(
        `a tombstone of ${n}`,
        n < 2 ** 26 ? open : refused,
        asUpdate([1, 1, 77, 0, 0], varUint(n), [0]),
      ),
      attack(`${n} deleted clients`, refused, asUpdate([0], varUint(n))),
      attack(`${n} deleted ranges`, refused, asUpdate([0, 1, 1], varUint(n))),
      attack(`a deleted range of ${n}`, [4400, 'open'], asUpdate([0, 1, 77, 1, 0], varUint(n))),
      attack(`${n} people`, badFrame, bytes([1, 8], varUint(n), new Array(8 - varUint(n).length).fill(0))),
      attack(`${n} pairs in a state vector`, badFrame, encodeStep1(bytes(varUint(n)))),
    ]),
  'gaps, repeats and disorder': (target) => {
    const client = freshId()
    const copy = copyOf(target.doc, client)
    const parts = ['a', 'b', 'c'].map((letter) =>
      change(copy, (doc) => firstText(doc.getXmlFragment('content')).insert(0, letter)),
    )
    const [first, second, third] = parts.map((part) => encodeUpdate(part)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ]
    const late = encodeStep2(parts[2] as Uint8Array)
    return [
      attack('a gap', open, third),
      attack('a hundred gaps', open, ...new Array<Uint8Array>(100).fill(third)),
      attack('a step 2 with a gap, twice', refused, late, late),
      attack('disorder', open, second, first, third, second, third),
      attack('the same again and again', open, ...new Array<Uint8Array>(100).fill(first)),
    ]
  },
  'forged ids': (target) =>
    target.foreign.flatMap((client) => {
      const clock = Y.getState(target.doc.store, client)
      const forged = rawUpdate([
        { client, clock, structs: [{ place: { parent: 'content' }, content: content.element('paragraph') }] },
      ])
      // Those who type on are ahead of the copy: what is forged is a repetition then, and torn from what they wrote.
      return [
        attack(`${client}`, [4400, 'open'], encodeUpdate(forged)),
        attack(
          `${client}, far ahead`,
          [4400, 'open'],
          encodeUpdate(rawUpdate([{ client, clock: clock + 500_000, structs: [{ gone: 1 }] }])),
        ),
        attack(
          `${client}, for very long`,
          refused,
          encodeUpdate(rawUpdate([{ client, clock, structs: [{ gone: 2 ** 20 }] }])),
        ),
        attack(
          `${client}, in a step 2`,
          refused,
          encodeStep2(rawUpdate([{ client, clock, structs: [{ gone: 2 ** 20 }] }])),
        ),
      ]
    }),
  'frames of 1, 16, 64 and 120 MB': () => [
    attack('1 MB', badFrame, new Uint8Array(1e6)),
    attack('1 MB in an update', refused, encodeUpdate(new Uint8Array(1e6).fill(1))),
    attack('16 MB in an update', refused, encodeUpdate(new Uint8Array(16e6).fill(1))),
    ...[17, 64, 120].map((mb) => attack(`${mb} MB`, [4413], new Uint8Array(mb * 1e6))),
  ],
  'what a body cannot hold': (target) => {
    const places = placesIn(target.doc)
    const odd = [
      'script',
      '__proto__',
      'constructor',
      'doc',
      'text',
      '',
      'tableRow',
      'listItem',
      'x'.repeat(100_000),
    ]
    return [
      ...odd.map((name) =>
        attack(`a node named ${name.slice(0, 12)}`, refused, one(places.body, content.element(name))),
      ),
      ...[0, 1, 2, 4, 5, 6].map((kind) =>
        attack(`a shared type ${kind}`, refused, one(places.body, content.type(kind, 'x'))),
      ),
      ...[
        'a',
        [1],
        { a: 1 },
        Number.NaN,
        Number.POSITIVE_INFINITY,
        -1,
        2n,
        Uint8Array.of(1),
        undefined,
        JSON.parse('{"__proto__":{"a":1}}'),
      ].map((value) =>
        attack(
          `an id that is ${typeof value} ${String(value)}`,
          value === 'a' ? open : refused,
          one(places.attribute, content.any(value)),
        ),
      ),
      ...['__proto__', 'constructor', 'onclick', 'style', ''].map((sub) =>
        attack(
          `an attribute named ${sub}`,
          refused,
          one({ ...places.attribute, sub } as RawPlace, content.any('x')),
        ),
      ),
      ...['blink', '__proto__', 'bold--abcdefgh'].map((key) =>
        attack(`a mark named ${key}`, refused, one(places.text, content.format(key, '{}'))),
      ),
      ...[
        '{"href":"javascript:alert(1)"}',
        '{"href":"java\\nscript:alert(1)"}',
        '{"href":"data:text/html,x"}',
        '{"href":["x"]}',
        '{"__proto__":{}}',
        '{"onclick":"x"}',
        'true',
        '1',
        '"x"',
        '[]',
        '{',
      ].map((json) =>
        attack(`a link that is ${json}`, refused, one(places.text, content.format('link', json))),
      ),
      attack('an embed', refused, one(places.text, content.embed('{"image":"x"}'))),
      attack('a document in the document', refused, one(places.body, content.document('x'))),
      attack('another root', refused, one({ parent: 'elsewhere' }, content.element('paragraph'))),
      attack('a root named __proto__', refused, one({ parent: '__proto__' }, content.element('paragraph'))),
      attack(
        'text that is no UTF-8',
        refused,
        one(places.text, content.bytes(4, Uint8Array.of(3, 0xed, 0xa0, 0x80))),
      ),
      attack(
        'sixteen million values',
        refused,
        one(places.attribute, content.bytes(8, bytes(varUint(8_000_000), new Uint8Array(10)))),
      ),
    ]
  },
  'nesting of 65 to 20,000': () =>
    [65, 500, 5_000, 20_000].map((levels) => attack(`${levels}`, refused, nested(levels))),
  presence: () => [
    attack(
      '100,000 ids',
      badFrame,
      encodeAwareness(Array.from({ length: 100_000 }, (_, id) => ({ id, clock: 1, state: '{}' }))),
    ),
    attack(
      '10,000 ids',
      open,
      encodeAwareness(Array.from({ length: 10_000 }, (_, id) => ({ id, clock: 1, state: '{}' }))),
    ),
    attack('an id beyond 32 bits', badFrame, awareness({}, 2 ** 32)),
    attack('a state of 1 MB', open, awareness({ user: { name: 'x'.repeat(1e6) } })),
    ...[
      '',
      'null',
      '[]',
      '1',
      '{',
      '{"__proto__":{"user":1}}',
      '['.repeat(4_000),
      '{"cursor":{"anchor":{},"head":{}}}',
    ].map((state) =>
      attack(`the state ${state.slice(0, 20)}`, open, encodeAwareness([{ id: freshId(), clock: 1, state }])),
    ),
    attack(
      'a clock of 2^53 - 1',
      open,
      encodeAwareness([{ id: freshId(), clock: Number.MAX_SAFE_INTEGER, state: '{}' }]),
    ),
  ],
}

/** One valid message of each kind, small. */
export function validMessages(target: Target): Record<string, Uint8Array> {
  return {
    'a step 1': encodeStep1(Y.encodeStateVector(target.doc)),
    'an update': encodeUpdate(typed(target)),
    'a step 2': encodeStep2(typed(target)),
    presence: awareness({ cursor: null, sectionId: 'a' }),
  }
}
