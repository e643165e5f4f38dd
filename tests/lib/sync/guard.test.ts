import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import * as shape from '../../../lib/content/shape'
import { guardUpdate, type Verdict } from '../../../lib/sync/guard'
import { addParagraph, bodyOf, change, copyOf, paragraphs, runOf } from '../../support/raw-body'

const guard = (doc: Y.Doc, update: Uint8Array): Verdict => guardUpdate({ doc, update, shape })

/** What the guard says about an edit that somebody with the server's text makes. */
const judge = (edit: (doc: Y.Doc) => void, server = bodyOf(1, 'Hello')): Verdict =>
  guard(server, change(copyOf(server, 7), edit))

/** An update written by hand: `write` puts the structs, no deletes. */
function raw(write: (encoder: encoding.Encoder) => void, deletes: readonly number[] = [0]): Uint8Array {
  const encoder = encoding.createEncoder()
  write(encoder)
  for (const number of deletes) encoding.writeVarUint(encoder, number)
  return encoding.toUint8Array(encoder)
}
const put = (encoder: encoding.Encoder, ...numbers: number[]) => {
  for (const number of numbers) encoding.writeVarUint(encoder, number)
}
/** A paragraph in the root `name`, as one struct. */
const putRootChild = (encoder: encoding.Encoder, root: string, node: string) => {
  encoding.writeUint8(encoder, 7)
  put(encoder, 1)
  encoding.writeVarString(encoder, root)
  put(encoder, 3)
  encoding.writeVarString(encoder, node)
}

describe('ordinary editing passes', () => {
  test('typing, a new paragraph, a mark, an attribute, a deletion', () => {
    expect(judge((doc) => runOf(doc, 0).insert(5, '!'))).toEqual({
      kind: 'take',
      fresh: [{ client: 7, from: 0, to: 1 }],
      exact: true,
    })
    expect(judge((doc) => addParagraph(doc, 'More')).kind).toBe('take')
    expect(judge((doc) => runOf(doc, 0).format(0, 2, { bold: {} })).kind).toBe('take')
    expect(judge((doc) => runOf(doc, 0).format(0, 2, { link: { href: 'https://a.example/' } })).kind).toBe(
      'take',
    )
    expect(judge((doc) => (paragraphs(doc).get(0) as Y.XmlElement).setAttribute('id', 'p1')).kind).toBe(
      'take',
    )
    expect(judge((doc) => runOf(doc, 0).delete(0, 2))).toEqual({ kind: 'take', fresh: [], exact: true })
  })

  test('typing into a document that nothing has read by name yet', () => {
    const server = new Y.Doc()
    Y.applyUpdate(server, Y.encodeStateAsUpdate(bodyOf(1, 'Hello')))
    const update = change(copyOf(bodyOf(1, 'Hello'), 7), (doc) => runOf(doc, 0).insert(5, '!'))
    expect(guard(server, update).kind).toBe('take')
  })

  test('the empty update, and one that is here already, bring nothing new', () => {
    const server = bodyOf(1, 'Hello')
    expect(guard(server, Uint8Array.of(0, 0))).toEqual({ kind: 'nothing_new' })
    expect(guard(server, Y.encodeStateAsUpdate(server))).toEqual({ kind: 'nothing_new' })
    runOf(server, 0).delete(1, 2)
    expect(guard(server, Y.encodeStateAsUpdate(server))).toEqual({ kind: 'nothing_new' })
  })

  test('an update that overlaps with what is here is taken, but not passed on as it is', () => {
    const server = bodyOf(1, 'Hello')
    const client = copyOf(server, 7)
    const first = change(client, (doc) => runOf(doc, 0).insert(5, '!'))
    const both = Y.mergeUpdates([first, change(client, (doc) => runOf(doc, 0).insert(6, '!'))])
    Y.applyUpdate(server, first)
    expect(guard(server, both)).toEqual({
      kind: 'take',
      fresh: [{ client: 7, from: 1, to: 2 }],
      exact: false,
    })
  })

  test('text of several clients that rests on each other is read in causal order', () => {
    const server = bodyOf(1, 'Hello')
    // Written by descending client id: 9 comes first and rests on 3, which rests on 9's first letter.
    const three = copyOf(server, 3)
    const nine = copyOf(server, 9)
    runOf(nine, 0).insert(5, 'a')
    Y.applyUpdate(three, Y.encodeStateAsUpdate(nine))
    runOf(three, 0).insert(6, 'b')
    Y.applyUpdate(nine, Y.encodeStateAsUpdate(three))
    runOf(nine, 0).insert(7, 'c')
    const verdict = guard(server, Y.encodeStateAsUpdate(nine, Y.encodeStateVector(server)))
    expect(verdict.kind).toBe('take')
  })

  test('typing into a paragraph that was deleted and collected meanwhile', () => {
    const server = bodyOf(1, 'Hello', 'World')
    const client = copyOf(server, 7)
    const update = change(client, (doc) => runOf(doc, 0).insert(2, 'x'))
    paragraphs(server).delete(0, 1)
    expect(guard(server, update).kind).toBe('take')
    Y.applyUpdate(server, update)
    expect(server.store.pendingStructs).toBeNull()
  })

  test('a session of random edits by three people, each update judged on the way', () => {
    const server = bodyOf(1, 'Hello', 'World')
    const people = [11, 22, 33].map((id) => copyOf(server, id))
    let seed = 42
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    for (let round = 0; round < 120; round++) {
      const doc = people[random(3)] as Y.Doc
      const update = change(doc, () => {
        const run = runOf(doc, random(paragraphs(doc).length))
        const at = random(run.length + 1)
        if (random(4) === 0 && at < run.length) run.delete(at, 1)
        else if (random(9) === 0 && at < run.length) run.format(at, 1, { italic: {} })
        else run.insert(at, 'abc'.slice(random(3)))
        if (random(20) === 0) addParagraph(doc, 'new')
      })
      expect(guard(server, update).kind).toBe('take')
      Y.applyUpdate(server, update)
      for (const other of people) if (random(2) === 0) Y.applyUpdate(other, Y.encodeStateAsUpdate(server))
    }
    expect(server.store.pendingStructs).toBeNull()
  })
})

describe('what rests on something unknown is a gap, and nothing is applied', () => {
  const server = bodyOf(1, 'Hello')
  const ahead = () => {
    const client = copyOf(server, 7)
    const first = change(client, (doc) => runOf(doc, 0).insert(5, 'a'))
    return { client, first }
  }

  test('a clock of the same client is missing', () => {
    const { client } = ahead()
    expect(
      guard(
        server,
        change(client, (doc) => runOf(doc, 0).insert(6, 'b')),
      ),
    ).toEqual({ kind: 'gap' })
  })

  test('an origin of another client is missing', () => {
    const { client } = ahead()
    const other = copyOf(client, 8)
    expect(
      guard(
        server,
        change(other, (doc) => runOf(doc, 0).insert(6, 'b')),
      ),
    ).toEqual({ kind: 'gap' })
  })

  test('a parent is missing', () => {
    const client = copyOf(server, 7)
    addParagraph(client, '')
    const other = copyOf(client, 8)
    expect(
      guard(
        server,
        change(other, (doc) => runOf(doc, 1).insert(0, 'b')),
      ),
    ).toEqual({ kind: 'gap' })
  })

  test('a deleted range is missing', () => {
    const { client } = ahead()
    expect(
      guard(
        server,
        change(client, (doc) => runOf(doc, 0).delete(5, 1)),
      ),
    ).toEqual({ kind: 'gap' })
  })

  test('an own origin that is not there yet, at which yjs itself throws half way', () => {
    const forged = raw((e) => {
      put(e, 1, 1, 7, 0)
      encoding.writeUint8(e, 0x84)
      put(e, 7, 50)
      encoding.writeVarString(e, 'x')
    })
    expect(guard(server, forged)).toEqual({ kind: 'gap' })
  })

  test('two clients that wait for each other in a circle', () => {
    const circle = raw((e) => {
      put(e, 2)
      for (const [mine, other] of [
        [9, 3],
        [3, 9],
      ] as const) {
        put(e, 1, mine, 0)
        encoding.writeUint8(e, 0x84)
        put(e, other, 0)
        encoding.writeVarString(e, 'x')
      }
    })
    expect(guard(server, circle)).toEqual({ kind: 'gap' })
  })
})

describe('what no editor of ours writes is refused', () => {
  const rule = (verdict: Verdict) => (verdict.kind === 'invalid' ? verdict.rule : verdict.kind)

  test('seven bytes that announce 2^25 structs', () => {
    const bomb = Uint8Array.of(1, 0x80, 0x80, 0x80, 0x10, 7, 0)
    expect(rule(guard(bodyOf(1, ''), bomb))).toBe('undecodable')
  })

  test('every prefix of an update, and bytes left over', () => {
    const server = bodyOf(1, 'Hello')
    const update = change(copyOf(server, 7), (doc) => addParagraph(doc, 'World'))
    for (let length = 0; length < update.length; length++) {
      expect(rule(guard(server, update.slice(0, length)))).toBe('undecodable')
    }
    expect(rule(guard(server, Uint8Array.from([...update, 0])))).toBe('undecodable')
  })

  test('a Skip, a client listed twice, an id beyond 32 bits, absurd lengths', () => {
    const server = bodyOf(1, 'Hello')
    const skip = raw((e) => {
      put(e, 1, 1, 7, 0)
      encoding.writeUint8(e, 10)
      put(e, 5)
    })
    expect(rule(guard(server, skip))).toBe('undecodable')
    const twice = raw((e) => {
      put(e, 2)
      for (const clock of [0, 1]) {
        put(e, 1, 7, clock)
        encoding.writeUint8(e, 0)
        put(e, 1)
      }
    })
    expect(rule(guard(server, twice))).toBe('undecodable')
    const wide = raw((e) => {
      put(e, 1, 1, 2 ** 32, 0)
      encoding.writeUint8(e, 0)
      put(e, 1)
    })
    expect(rule(guard(server, wide))).toBe('id')
    const long = raw((e) => {
      put(e, 1, 1, 7, 0)
      encoding.writeUint8(e, 0)
      put(e, 2 ** 40)
    })
    expect(rule(guard(server, long))).toBe('length')
    expect(
      rule(
        guard(
          server,
          raw(() => {}, [0, 1, 1, 1, 0, 0]),
        ),
      ),
    ).toBe('length')
  })

  test('a root that is not the body, even where nothing is new', () => {
    const server = bodyOf(1, 'Hello')
    const other = raw((e) => {
      put(e, 1, 1, 7, 0)
      putRootChild(e, 'elsewhere', 'paragraph')
    })
    expect(rule(guard(server, other))).toBe('root')
    expect(server.share.has('elsewhere')).toBe(false)
  })

  test('unknown nodes, wrong places, unknown marks', () => {
    const insert = (node: Y.XmlElement | Y.XmlText) => judge((doc) => paragraphs(doc).push([node as never]))
    expect(rule(insert(new Y.XmlElement('script')))).toBe('node')
    expect(rule(insert(new Y.XmlElement('constructor')))).toBe('node')
    expect(rule(insert(new Y.XmlElement('tableRow')))).toBe('place')
    expect(rule(insert(new Y.XmlText('loose')))).toBe('place')
    expect(rule(judge((doc) => runOf(doc, 0).format(0, 2, { blink: {} })))).toBe('mark')
    expect(rule(judge((doc) => runOf(doc, 0).format(0, 2, { bold: { onclick: 'x' } })))).toBe('attribute')
    expect(rule(judge((doc) => runOf(doc, 0).insertEmbed(0, { image: 'x' })))).toBe('content')
    expect(rule(judge((doc) => runOf(doc, 0).setAttribute('id', 'x')))).toBe('attribute')
  })

  test.each([
    ['an array', ['x']],
    ['an object', { toString: 'x' }],
    ['a number where text belongs', 3],
    ['not a number', Number.NaN],
  ])('an attribute that is %s', (_, value) => {
    expect(
      rule(judge((doc) => (paragraphs(doc).get(0) as Y.XmlElement).setAttribute('id', value as never))),
    ).toBe('attribute')
  })

  test('an attribute that is a shared type, and one of an unknown name', () => {
    const set = (name: string, value: unknown) =>
      judge((doc) => (paragraphs(doc).get(0) as Y.XmlElement).setAttribute(name, value as never))
    expect(rule(set('id', new Y.Text()))).toBe('attribute')
    expect(rule(set('onclick', 'x'))).toBe('attribute')
    expect(rule(set('__proto__', 'x'))).toBe('attribute')
  })

  test('an attribute smuggled in behind a legal one', () => {
    const server = bodyOf(1, 'Hello')
    ;(paragraphs(server).get(0) as Y.XmlElement).setAttribute('id', 'p1')
    // The second value names no parent and no attribute on the wire: both come from its left neighbour.
    const update = change(copyOf(server, 7), (doc) =>
      (paragraphs(doc).get(0) as Y.XmlElement).setAttribute('id', ['x'] as never),
    )
    expect(rule(guard(server, update))).toBe('attribute')
  })

  test('quotes nested beyond the limit, in one update and one upon the other', () => {
    const server = bodyOf(1, 'Hello')
    const nest = (into: Y.XmlFragment, levels: number) => {
      let at = into
      for (let i = 0; i < levels; i++) {
        const quote = new Y.XmlElement('blockquote')
        at.push([quote])
        at = quote
      }
      return at
    }
    const client = copyOf(server, 7)
    let inner: Y.XmlFragment = paragraphs(client)
    const allowed = change(client, () => {
      inner = nest(inner, shape.maxDepth)
    })
    expect(guard(server, allowed).kind).toBe('take')
    Y.applyUpdate(server, allowed)
    expect(
      rule(
        guard(
          server,
          change(client, () => nest(inner, 1)),
        ),
      ),
    ).toBe('depth')
    expect(rule(judge((doc) => nest(paragraphs(doc), shape.maxDepth + 1)))).toBe('depth')
  })

  test('an item whose neighbours stand in different places', () => {
    const server = bodyOf(1, 'Hello', 'World')
    const ids = [runOf(server, 0), runOf(server, 1)].map((run) => (run._start as Y.Item).id)
    const torn = raw((e) => {
      put(e, 1, 1, 7, 0)
      encoding.writeUint8(e, 0x80 | 0x40 | 4)
      for (const id of ids) put(e, id.client, id.clock)
      encoding.writeVarString(e, 'x')
    })
    expect(rule(guard(server, torn))).toBe('parent')
  })

  test('a parent that is text', () => {
    const server = bodyOf(1, 'Hello')
    const { id } = runOf(server, 0)._start as Y.Item
    const forged = raw((e) => {
      put(e, 1, 1, 7, 0)
      encoding.writeUint8(e, 4)
      put(e, 0, id.client, id.clock)
      encoding.writeVarString(e, 'x')
    })
    expect(rule(guard(server, forged))).toBe('parent')
  })

  test('every single bit flip is decided without throwing, and what is taken leaves nothing pending', () => {
    const server = bodyOf(1, 'Hello')
    const update = change(copyOf(server, 7), (doc) => {
      addParagraph(doc, 'World')
      runOf(doc, 0).format(0, 2, { bold: {} })
      runOf(doc, 0).delete(1, 1)
    })
    const kinds = new Set<string>()
    for (let bit = 0; bit < update.length * 8; bit++) {
      const flipped = update.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const verdict = guard(server, flipped)
      kinds.add(verdict.kind)
      if (verdict.kind !== 'take') continue
      const copy = copyOf(server, 99)
      Y.applyUpdate(copy, flipped)
      expect(copy.store.pendingStructs).toBeNull()
      expect(copy.store.pendingDs).toBeNull()
    }
    expect([...kinds].sort()).toEqual(['gap', 'invalid', 'take'])
  })
})
