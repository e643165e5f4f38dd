import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { swapBlocks } from '../../components/editor/section/section-swap'
import type { DocumentId } from '../../lib/id'
import { until } from './agreement'
import { BrowserPage } from './browser'
import { call } from './call'
import { Network } from './network'

let here: Network
beforeAll(async () => {
  here = await Network.open({ limits: { keepAliveMs: 1_000 } })
}, 240_000)
afterAll(() => here?.close())

const pageOn = async (id: DocumentId, over?: Awaited<ReturnType<Network['line']>>) => {
  const { id: personId, token } = here.person('ada')
  const { origin } = here.node
  const page = await BrowserPage.open({
    origin,
    documentId: id,
    person: { id: personId, name: 'ada' },
    token,
    ...(over ? { over } : {}),
  })
  await page.is('live')
  return page
}

const block = (name: string, id: string, words: string, level?: number): Y.XmlElement => {
  const element = new Y.XmlElement(name)
  element.setAttribute('id', id)
  // Yjs keeps numbers too; its types know text alone.
  if (level) element.setAttribute('level', level as unknown as string)
  element.insert(0, [new Y.XmlText(words)])
  return element
}
type Holder = Pick<BrowserPage, 'doc'>
const rootOf = ({ doc }: Holder): Y.XmlFragment => doc.getXmlFragment('content')
const blocksOf = (page: Holder): Y.XmlElement[] => rootOf(page).toArray() as Y.XmlElement[]
const placeOf = (page: Holder, id: string): number =>
  blocksOf(page).findIndex((one) => one.getAttribute('id') === id)

/** Two sections, of which the first is written in. */
async function twoSections(page: BrowserPage): Promise<void> {
  page.doc.transact(() => {
    const root = rootOf(page)
    root.delete(0, root.length)
    root.insert(0, [
      block('heading', 'h1', 'Risks', 1),
      block('paragraph', 'p1', 'Many: '),
      block('heading', 'h2', 'Costs', 1),
      block('paragraph', 'p2', 'Few.'),
    ])
  })
  await page.isSaved()
}

/** Writes the first section anew behind the second, or before it again. */
function move(page: Holder): void {
  const [one, other] = [placeOf(page, 'h1'), placeOf(page, 'h2')]
  const from = Math.min(one, other)
  const stays = one < other ? 'second' : 'first'
  page.doc.transact(() => swapBlocks(rootOf(page), { from, middle: from + 2, to: from + 4, stays }))
}

const type = (page: BrowserPage, token: string): void => {
  const text = blocksOf(page)[placeOf(page, 'p1')]?.get(0) as Y.XmlText
  // Letter by letter: some of a word may be on the way while others have arrived.
  for (const letter of `${token} `) text.insert(text.length, letter)
}

const stored = (id: DocumentId): Promise<string> =>
  call<string>(here.node.origin, here.person('ada').token, 'GET', `/documents/${id}/content?format=markdown`)

/** Words that the mover has not heard of when a section is moved. */
const inFlight = 7

test('at 300 ms, what is typed in a section while it is moved again and again stands in it once, in order', async () => {
  const id = await here.document()
  const line = await here.line()
  line.weather({ latencyMs: 300, jitterMs: 50 })
  const mover = await pageOn(id)
  await twoSections(mover)
  const typist = await pageOn(id, line)
  await until(() => placeOf(typist, 'p1') >= 0)
  const typed = Array.from({ length: 60 }, (_, n) => `w${n}`)
  for (const [n, token] of typed.entries()) {
    type(typist, token)
    if (n % 12 === 11) move(mover)
    // As many words are on the way as somebody fast has typed before the first of them is heard.
    const heard = typed[n - inFlight]
    if (heard !== undefined) await until(() => mover.text().includes(heard))
  }
  await typist.isSaved()
  await mover.isSaved()
  await until(() => typist.text() === mover.text())
  const text = await stored(id)
  expect(text).toContain(`Many: ${typed.join(' ')}`)
  expect(text.split('Many:')).toHaveLength(2)
  expect(text.indexOf('Costs')).toBeLessThan(text.indexOf('Risks'))
  mover.close()
  typist.close()
}, 120_000)

test('what was typed offline in a section that was moved meanwhile comes in by the page that opens next', async () => {
  const id = await here.document()
  const typist = await pageOn(id)
  await twoSections(typist)
  // Somebody else: windows of one person on one device share what is kept there.
  const mover = await here.writer('grace', id)
  await until(() => placeOf(mover, 'p1') >= 0)
  typist.goOffline()
  type(typist, 'one')
  type(typist, 'two')
  typist.close()
  move(mover)
  const said = () => rootOf(mover).toString()
  const later = await pageOn(id)
  await until(() => said().includes('Many: one two'))
  await later.isSaved()
  const text = await stored(id)
  expect(text.split('one two')).toHaveLength(2)
  expect(text.indexOf('Costs')).toBeLessThan(text.indexOf('one two'))
  later.close()
}, 120_000)
