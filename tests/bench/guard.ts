import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Y from 'yjs'
import { importMarkdown } from '../../lib/content/markdown/markdown-import'
import { seedUpdate } from '../../lib/content/seed'
import * as shape from '../../lib/content/shape'
import { exactDoc } from '../../lib/sync/exact-doc'
import { guardUpdate } from '../../lib/sync/guard'
import { random } from '../support/random'
import { change } from '../support/raw-body'
import { readTrace, replay, traceIsMissing } from '../support/trace'
import { writeResult } from './result-file'
import { type Row, summary } from './summary'

/**
 * What judging one update costs the server before it is applied, in µs: of what people do all the time, in the
 * largest document of the corpus and in a paper of 300 KB that was typed letter by letter. Nothing of it is
 * applied. Budget: 15 µs p50.
 */
const corpus = process.env.CORPUS_DIR ?? join(import.meta.dirname, '../../../shared/corpus')
const updates = 400
const rounds = 10

type Place = { readonly text: Y.XmlText; readonly at: number; readonly body: Y.XmlFragment }
const kilobyte = 'A sentence of some length, as people paste it. '.repeat(22)

const edits: Readonly<Record<string, (place: Place) => void>> = {
  'a letter': ({ text, at }) => text.insert(at, 'x'),
  'a paste of 1 KB': ({ text, at }) => text.insert(at, kilobyte),
  'a mark': ({ text, at }) => text.format(Math.max(0, at - 8), 5, { link: { href: `#${at}`, title: null } }),
  'a new paragraph': ({ text, at, body }) => {
    const block = new Y.XmlElement('paragraph')
    block.setAttribute('id', 'new')
    block.insert(0, [new Y.XmlText('rest')])
    if (at < text.length) text.delete(at, 1)
    body.insert(at % (body.length + 1), [block])
  },
  'a deletion': ({ text, at }) => text.delete(Math.max(0, at - 8), 3),
}

/** Bodies by what they are. */
function bodies(): Record<string, Uint8Array> {
  const found: Record<string, Uint8Array> = {}
  let ids = 0
  const file = join(corpus, 'design-docs/kep-5517-largest.md')
  if (existsSync(file)) {
    const { content } = importMarkdown(readFileSync(file, 'utf8'), { newId: () => `b${ids++}` })
    found['the largest document'] = seedUpdate(content, 1)
  }
  if (!traceIsMissing('automerge-paper')) {
    const doc = exactDoc()
    const paragraph = new Y.XmlElement('paragraph')
    const text = new Y.XmlText()
    paragraph.insert(0, [text])
    doc.getXmlFragment('content').insert(0, [paragraph])
    // A session is as long as a day's: each has a client id of its own.
    readTrace('automerge-paper').txns.forEach(({ patches }, n) => {
      if (n % 20_000 === 0) doc.clientID = 100 + n
      replay(text, patches)
    })
    found['the paper'] = Y.encodeStateAsUpdate(doc)
  }
  return found
}

const textsIn = (parent: Y.XmlFragment): Y.XmlText[] =>
  parent.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return child.length > 20 ? [child] : []
    return child instanceof Y.XmlElement ? textsIn(child) : []
  })

/** What an editor sends for each of many such edits, none of which knows of the others. */
function updatesOf(body: Uint8Array, edit: (place: Place) => void): Uint8Array[] {
  const { between, pick } = random(7)
  return Array.from({ length: updates / 20 }, (_, page) => {
    const doc = exactDoc()
    Y.applyUpdate(doc, body)
    const content = doc.getXmlFragment('content')
    const texts = textsIn(content)
    return Array.from({ length: 20 }, (_, n) => {
      const text = pick(texts)
      // Under another id each, so that each stands on its own.
      doc.clientID = 1_000_000_000 + page * 100 + n
      return change(doc, () => edit({ text, at: between(9, text.length - 1), body: content }))
    })
  }).flat()
}

const rows: Row[] = []
for (const [where, body] of Object.entries(bodies())) {
  const server = exactDoc()
  Y.applyUpdate(server, body)
  for (const [what, edit] of Object.entries(edits)) {
    // What rests on an edit that was not applied would only be looked at for its gap.
    const judged = updatesOf(body, edit).filter(
      (update) => guardUpdate({ doc: server, update, shape }).kind === 'take',
    )
    const samples: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      for (const update of judged) {
        const began = process.hrtime.bigint()
        guardUpdate({ doc: server, update, shape })
        if (round > 0) samples.push(Number(process.hrtime.bigint() - began) / 1_000)
      }
    }
    rows.push(summary(`guard, ${what} in ${where}, µs`, samples))
  }
}
console.table(rows)
writeResult({ guard: rows })
