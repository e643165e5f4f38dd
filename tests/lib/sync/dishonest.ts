import fc from 'fast-check'
import * as Y from 'yjs'
import {
  content,
  type RawContent,
  type RawLane,
  type RawPlace,
  type RawStruct,
  rawUpdate,
} from '../../support/raw-update'

/** Numbers that point somewhere: taken modulo what the document has when the update is made. */
interface Pointer {
  /** Which item of the document; `beyond`: one that nobody has; `own`: one of this update. */
  readonly of: 'document' | 'own' | 'beyond'
  readonly n: number
  /** Where in it. */
  readonly within: number
}

const pointer: fc.Arbitrary<Pointer> = fc.record({
  of: fc.oneof(
    { weight: 12, arbitrary: fc.constant('document' as const) },
    { weight: 5, arbitrary: fc.constant('own' as const) },
    fc.constant('beyond' as const),
  ),
  n: fc.nat(120),
  within: fc.nat(8),
})

const place = fc.oneof(
  fc.record({ kind: fc.constant('beside' as const), left: fc.option(pointer), right: fc.option(pointer) }),
  // Both sides of one spot, as editors have them.
  fc.record({ kind: fc.constant('within' as const), at: pointer }),
  fc.record({
    kind: fc.constant('in' as const),
    parent: fc.oneof(
      { weight: 8, arbitrary: pointer },
      { weight: 3, arbitrary: fc.constant('content') },
      fc.constantFrom('elsewhere', '__proto__', ''),
    ),
    sub: fc.option(fc.constantFrom('id', 'level', 'href', '__proto__', 'constructor', ''), { freq: 3 }),
  }),
)

const names = [
  'paragraph',
  'heading',
  'blockquote',
  'bulletList',
  'listItem',
  'table',
  'tableRow',
  'tableCell',
  'text',
  'doc',
  'script',
  '__proto__',
  '',
]
const any = fc.oneof(
  fc.constantFrom<unknown>(null, 'x1', 2, Number.NaN, -0, true, undefined, '', 'x'.repeat(70), 2 ** 60, 0.5),
  fc.constantFrom<unknown>([], {}, [['x']], Uint8Array.of(1), 2n, { toString: 'x' }),
)

/** Content that may be legal somewhere, more often than such as is never. */
const anyContent: fc.Arbitrary<RawContent> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'bcd', '😀', '\0', '').map(content.string) },
  { weight: 4, arbitrary: fc.constantFrom(...names).map(content.element) },
  { weight: 2, arbitrary: fc.constant(content.type(6)) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 2, 4, 5, 9).map((kind) => content.type(kind, 'paragraph')) },
  { weight: 3, arbitrary: fc.array(any, { maxLength: 3 }).map((values) => content.any(...values)) },
  {
    weight: 3,
    arbitrary: fc
      .record({
        key: fc.constantFrom('bold', 'link', 'bold--abcdefgh', 'blink', '__proto__', ''),
        json: fc.constantFrom(
          '{}',
          'null',
          'true',
          '[]',
          '{"href":"https://a.example/"}',
          '{"href":"javascript:1"}',
          '{"__proto__":1}',
          '{"title":"\\ud800"}',
          '{',
        ),
      })
      .map(({ key, json }) => content.format(key, json)),
  },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 2, 7, 2 ** 27).map(content.deleted) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      content.json('{}'),
      content.binary(Uint8Array.of(1)),
      content.embed('{}'),
      content.document('x'),
      content.bytes(12, new Uint8Array()),
    ),
  },
)

/** What somebody might well write: the guard reads on behind it, to what follows. */
const likely = fc.record({
  likely: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('text', 'mark', 'child', 'attribute', 'deleted') },
    { weight: 1, arbitrary: fc.constantFrom('odd mark', 'odd child') },
  ),
  n: fc.nat(120),
})

const struct = fc.oneof(
  { weight: 20, arbitrary: likely },
  { weight: 6, arbitrary: fc.record({ place, content: anyContent }) },
  { weight: 1, arbitrary: fc.record({ gone: fc.constantFrom(1, 1, 3, 3, 0, 2 ** 27) }) },
)

const lane = fc.record({
  /** A new client, one that the document has, or one whose id is none. */
  client: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(7, 8, 9) },
    { weight: 9, arbitrary: fc.constantFrom(1, 100, 101) },
    { weight: 1, arbitrary: fc.constant(2 ** 32) },
  ),
  /** Where it begins, from where the document expects it: behind is a repetition, ahead a gap. */
  shift: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.integer({ min: -6, max: 1 })),
  /** The last that is known of the client comes first once more, and names this as its neighbour. */
  repeats: fc.option(pointer, { freq: 8 }),
  structs: fc.array(struct, { minLength: 1, maxLength: 5 }),
})
const lanes = fc.uniqueArray(lane, { maxLength: 3, selector: ({ client }) => client })
const twice = lanes.map((list) => [...list, ...list])

const deletes = fc.array(
  fc.tuple(pointer, fc.array(fc.tuple(fc.integer({ min: -4, max: 8 }), fc.nat(5)), { maxLength: 3 })),
  { maxLength: 1 },
)

const splice = fc.oneof(
  { weight: 8, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.record({ at: fc.nat(200), bit: fc.nat(7), cut: fc.nat(2) }) },
)

/** Where what somebody might well write stands in this document, with what it is. */
function likelyStruct(doc: Y.Doc, kind: string, n: number): RawStruct {
  const items = [...doc.store.clients.values()].flat().filter((struct) => struct instanceof Y.Item)
  const choose = (which: (item: Y.Item) => boolean): Y.Item | undefined => {
    const fitting = items.filter(which)
    return fitting[n % Math.max(1, fitting.length)]
  }
  const isElement = (item: Y.Item) =>
    item.content instanceof Y.ContentType && item.content.type instanceof Y.XmlElement
  switch (kind) {
    case 'text':
    case 'mark':
    case 'odd mark':
    case 'deleted': {
      const beside = choose((item) => item.parent instanceof Y.XmlText)
      const of = {
        text: content.string('a\0😀'),
        mark: content.format('bold', n % 2 === 0 ? '{}' : 'null'),
        'odd mark': content.format('blink', '{}'),
        deleted: content.deleted(2),
      }[kind]
      if (!beside) return { gone: 1 }
      return { place: { origin: beside.lastId, ...rightOf(beside) }, content: of }
    }
    case 'child': {
      const parent = choose((item) => isElement(item))
      const name = parent && ((parent.content as Y.ContentType).type as Y.XmlElement).nodeName
      const inner = { blockquote: 'paragraph', listItem: 'paragraph', bulletList: 'listItem' }[name ?? '']
      return parent && inner
        ? { place: { parent: parent.id }, content: content.element(inner) }
        : { place: { parent: 'content' }, content: content.element('blockquote') }
    }
    case 'odd child':
      return { place: { parent: 'content' }, content: content.element('script') }
    default: {
      const parent = choose((item) => isElement(item))
      return parent ? { place: { parent: parent.id, sub: 'id' }, content: content.any(`z${n}`) } : { gone: 1 }
    }
  }
}

const rightOf = ({ right }: Y.Item) => (right === null ? {} : { rightOrigin: right.id })

/** An update that nobody's editor writes, with something of the document that it is made for in it. */
export const dishonestUpdate: fc.Arbitrary<(doc: Y.Doc) => Uint8Array> = fc
  .record({ lanes: fc.oneof({ weight: 12, arbitrary: lanes }, twice), deletes, splice })
  .map(({ lanes, deletes, splice }) => (doc: Y.Doc) => {
    const items = [...doc.store.clients.values()].flat()
    const idOf = ({ of, n, within }: Pointer, own: Y.ID): Y.ID => {
      if (of === 'beyond') return Y.createID(n % 2 === 0 ? 77 : own.client, own.clock + n)
      if (of === 'own') return Y.createID(own.client, Math.max(0, own.clock - 1 - (n % 3)))
      const item = items[n % items.length] as Y.Item | Y.GC
      return Y.createID(item.id.client, item.id.clock + (within % item.length))
    }
    const placeOf = (
      wanted: typeof place extends fc.Arbitrary<infer Place> ? Place : never,
      own: Y.ID,
    ): RawPlace => {
      switch (wanted.kind) {
        case 'beside':
          return {
            ...(wanted.left ? { origin: idOf(wanted.left, own) } : {}),
            ...(wanted.right ? { rightOrigin: idOf(wanted.right, own) } : {}),
          }
        case 'within': {
          const id = idOf(wanted.at, own)
          const item = items.find(
            ({ id: { client, clock }, length }) =>
              client === id.client && clock <= id.clock && id.clock < clock + length,
          )
          const right = item instanceof Y.Item && item.right !== null ? { rightOrigin: item.right.id } : {}
          return item instanceof Y.Item ? { origin: item.lastId, ...right } : { origin: id }
        }
        case 'in': {
          const parent = typeof wanted.parent === 'string' ? wanted.parent : idOf(wanted.parent, own)
          return { parent, ...(wanted.sub === null ? {} : { sub: wanted.sub }) }
        }
      }
    }
    const rawLanes = lanes.map(({ client, shift, repeats, structs }): RawLane => {
      const known = Y.getState(doc.store, client)
      const isRepeating = repeats !== null && known > 0
      const first = isRepeating ? known - 1 : Math.max(0, known + shift)
      let clock = first
      const written = structs.map((given): RawStruct => {
        const own = Y.createID(client, clock)
        clock += 1
        if ('likely' in given) return likelyStruct(doc, given.likely, given.n)
        return 'gone' in given ? given : { place: placeOf(given.place, own), content: given.content }
      })
      if (!isRepeating) return { client, clock: first, structs: written }
      const origin = idOf(repeats, Y.createID(client, known))
      return {
        client,
        clock: first,
        structs: [{ place: { origin }, content: content.string('r') }, ...written],
      }
    })
    const bytes = rawUpdate(
      rawLanes,
      deletes.map(([at, ranges]) => {
        const { client, clock } = idOf(at, Y.createID(7, 3))
        return [client, ranges.map(([from, length]) => [Math.max(0, clock + from), length] as const)] as const
      }),
    )
    if (splice === null) return bytes
    const changed = bytes.slice(0, bytes.length - splice.cut)
    const at = splice.at % Math.max(1, changed.length)
    if (changed.length > 0) changed[at] = (changed[at] ?? 0) ^ (1 << splice.bit)
    return changed
  })
