import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { applyUpdate } from '../../../lib/sync/apply-update'
import { exactDoc } from '../../../lib/sync/exact-doc'
import { random } from '../../support/random'

/** How far anything is moved along in any list meanwhile: work that no clock and no neighbour disturbs. */
function movesOf(run: () => void): number {
  const splice = Array.prototype.splice
  let moves = 0
  Array.prototype.splice = function (this: unknown[], start: number, ...rest: [number, ...unknown[]]) {
    moves += this.length - start
    return splice.call(this, start, ...rest)
  }
  try {
    run()
  } finally {
    Array.prototype.splice = splice
  }
  return moves
}

const textOf = (doc: Y.Doc): Y.XmlText =>
  (doc.getXmlFragment('content').get(0) as Y.XmlElement).get(0) as Y.XmlText

/** One person's document: a text of so many letters, and behind it so many paragraphs. */
function documentOf(letters: number, paragraphs: number): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => {
    const first = new Y.XmlElement('paragraph')
    doc.getXmlFragment('content').insert(0, [first])
    first.insert(0, [new Y.XmlText('x'.repeat(letters))])
    // Afterwards: these are what stands behind the text in the order of clocks.
    const rest = Array.from({ length: paragraphs }, () => new Y.XmlElement('paragraph'))
    doc.getXmlFragment('content').insert(1, rest)
  })
  return doc
}

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = exactDoc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

/** What a change to a copy of the document adds, as one update. */
function changed(doc: Y.Doc, change: (text: Y.XmlText) => void): Uint8Array {
  const copy = copyOf(doc)
  const updates: Uint8Array[] = []
  copy.on('update', (update: Uint8Array) => updates.push(update))
  copy.transact(() => change(textOf(copy)))
  return Y.mergeUpdates(updates)
}

test.each([
  ['deletes every other letter', (text: Y.XmlText, at: number) => text.delete(at, 1)],
  ['writes between all letters', (text: Y.XmlText, at: number) => text.insert(at, 'y')],
])('an update that %s moves what stands behind them once, not once for each', (_, change) => {
  const workOf = (letters: number) => {
    const doc = documentOf(letters, 5_000)
    const update = changed(doc, (text) => {
      // From the end: the places before it stay where they are.
      for (let at = letters - 1; at > 0; at -= 2) change(text, at)
    })
    return movesOf(() => applyUpdate(copyOf(doc), update))
  }
  // Ten times the cuts, over 5,000 paragraphs in each case.
  expect(workOf(10_000) - workOf(1_000)).toBeLessThan(9 * 500 * 20)
})

/** `STORIES=1000 npx vitest run tests/lib/sync/apply-update` tells more of them. */
test('documents come out as Yjs makes them, whatever is cut, written and deleted at once', () => {
  const { between, seed } = random()
  for (let story = 0; story < Number(process.env.STORIES ?? 20); story++) {
    const letters = between(400, 1_200)
    const doc = documentOf(letters, between(2_000, 4_000))
    const state = Y.encodeStateVector(doc)
    // Two who do not know of each other, and one who has read the first of them.
    const ada = copyOf(doc)
    const grace = copyOf(doc)
    for (const copy of [ada, grace]) {
      copy.transact(() => {
        for (let n = between(200, 400); n > 0; n--) {
          const text = textOf(copy)
          const at = between(0, Math.max(0, text.length - 3))
          if (between(0, 2) > 0) text.delete(at, between(1, 2))
          else text.insert(at, 'yz'.slice(between(0, 1)))
        }
      })
    }
    const updates = [ada, grace].map((copy) => Y.encodeStateAsUpdate(copy, state))
    const [ours, theirs] = [copyOf(doc), copyOf(doc)]
    for (const update of updates) {
      applyUpdate(ours, update)
      Y.applyUpdate(theirs, update)
      const where = `story ${story} of seed ${seed}`
      expect(Buffer.from(Y.encodeStateAsUpdate(ours)).equals(Y.encodeStateAsUpdate(theirs)), where).toBe(true)
      const structsOf = (of: Y.Doc) => [...of.store.clients.values()].flat().map(({ id }) => id.clock)
      expect(structsOf(ours), where).toEqual(structsOf(theirs))
      expect(ours.getXmlFragment('content').toString(), where).toBe(
        theirs.getXmlFragment('content').toString(),
      )
    }
  }
})
