import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import * as ywasm from 'ywasm'
import { contentSchema } from '../../lib/content/schema'
import { loadBody } from '../../server/document/update-log'
import { Desk } from '../lib/content/anchor-world'
import { type Random, random } from '../support/random'
import { Office, onSaved, when } from './wire'

let office: Office
beforeAll(async () => {
  office = await Office.open()
})
afterEach(() => office.site.hangUp())
afterAll(() => office.close())

const editors = 5
const stories = Number(process.env.STORIES ?? 6)
const rounds = 40

/** One change by somebody at a place of their own choice. */
function edit(desk: Desk, chance: Random): void {
  const { doc } = desk.state
  const places: number[] = []
  doc.descendants((node, position) => {
    if (node.inlineContent) for (let n = 0; n <= node.content.size; n += 1) places.push(position + 1 + n)
    return !node.inlineContent
  })
  const [a, b] = [chance.pick(places), chance.pick(places)].toSorted((x, y) => x - y) as [number, number]
  const near = Math.min(b, a + 12)
  const dice = chance.between(1, 100)
  const { bold, code } = contentSchema.marks
  const { heading, paragraph } = contentSchema.nodes
  desk.edit((tr) => {
    if (dice <= 45) return tr.insertText(`w${chance.between(0, 999)} `, a)
    if (dice <= 60) return tr.delete(a, near)
    if (dice <= 70) return tr.split(a)
    if (dice <= 80 && doc.childCount > 1)
      return tr.join(doc.resolve(0).posAtIndex(chance.between(1, doc.childCount - 1)))
    if (dice <= 88 && bold && code) return tr.addMark(a, near, (dice % 2 ? bold : code).create())
    const type = dice % 2 ? heading : paragraph
    return type ? tr.setBlockType(a, a, type, type === heading ? { level: 2 } : {}) : tr
  })
  if (dice > 96) desk.undo()
}

/** The stored bytes as another implementation of Yjs reads them: tags in lower case, attributes in order. */
const plain = (xml: string): string =>
  xml.replace(/<(\/?)([A-Za-z]+)([^>]*)>/g, (_, slash: string, name: string, rest: string) => {
    const attributes = rest.match(/[A-Za-z]+="[^"]*"/g)?.toSorted() ?? []
    return `<${slash}${[name.toLowerCase(), ...attributes].join(' ')}>`
  })

function readElsewhere(update: Uint8Array): string {
  const doc = new ywasm.YDoc(undefined)
  ywasm.applyUpdate(doc, update, null)
  return plain(doc.getXmlFragment('content').toString(undefined))
}

async function tell(chance: Random): Promise<void> {
  const id = await office.document('Where five people begin')
  const providers = Array.from({ length: editors }, (_, n) =>
    office.site.provider(id, (n % 2 ? office.grace : office.ada).token),
  )
  await Promise.all(providers.map((provider) => when(provider, () => provider.synced)))
  const desks = providers.map((provider) => new Desk(provider.doc))
  for (let round = 0; round < rounds; round += 1) {
    for (const desk of desks) if (chance.between(1, 3) > 1) edit(desk, chance)
    const somebody = chance.pick(providers)
    const dice = chance.between(1, 10)
    if (dice === 1) somebody.disconnect()
    else if (dice === 2) somebody.ws?.close()
    else if (dice <= 6) for (const provider of providers) provider.connect()
    // One turn of the loop: what has arrived is taken before the next change, or is not.
    if (chance.between(0, 1)) await new Promise(setImmediate)
  }
  for (const provider of providers) provider.connect()
  const settled = () => {
    // With what was deleted, of which state vectors know nothing.
    const states = providers.map(({ doc }) => String(Y.encodeSnapshot(Y.snapshot(doc))))
    return providers.every(({ synced }) => synced) && new Set(states).size === 1
  }
  // Whatever makes it true happens at one of them.
  await Promise.race(providers.map((provider) => when(provider, settled)))

  const [first] = desks as [Desk]
  for (const desk of desks) {
    desk.state.doc.check()
    expect(desk.state.doc.toJSON()).toEqual(first.state.doc.toJSON())
  }
  await stored(id, providers[0]?.doc ?? new Y.Doc())
  const { update } = await loadBody(office.pool, id)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, update)
  expect(plain(copy.getXmlFragment('content').toString())).toBe(plain(first.fragment.toString()))
  expect(readElsewhere(update)).toBe(plain(first.fragment.toString()))
  expect(blocks(new Desk(copy).state.doc)).toEqual(blocks(first.state.doc))
  for (const provider of providers) provider.destroy()
}

const blocks = (doc: ProseMirrorNode): unknown => doc.toJSON()

/** Resolves when the log has all that `doc` has: what a client sends last is committed after all before it. */
async function stored(id: Awaited<ReturnType<Office['document']>>, doc: Y.Doc): Promise<void> {
  const provider = office.site.provider(id, office.ada.token, { doc, params: { caps: 'saved' } })
  await new Promise<void>((resolve) => onSaved(provider, () => resolve()))
  provider.destroy()
}

test(`five editors that come and go end with one document, here, in the log and for another Yjs`, async () => {
  const { seed, between } = random()
  console.log(`convergence: seed ${seed}, ${stories} stories`)
  for (let n = 0; n < stories; n += 1) {
    const own = between(0, 2 ** 31)
    await tell(random(own)).catch((cause: unknown) => {
      throw new Error(`story ${n}, seed ${own}`, { cause })
    })
  }
})
