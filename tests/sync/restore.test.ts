import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { readBody } from '../../lib/content/read-body'
import type { DocumentId } from '../../lib/id'
import { encodeUpdate } from '../../lib/sync/message'
import { resolveAccess } from '../../server/access/resolve'
import type { Principal } from '../../server/auth/authenticate'
import { transaction } from '../../server/db/open'
import { loadBody } from '../../server/document/update-log'
import { bodyOfVersion, hashOf } from '../../server/version/body'
import { freezeVersion } from '../../server/version/freeze'
import { restoreVersion } from '../../server/version/restore'
import { random } from '../support/random'
import { addParagraph, change, paragraphs, plainText, runOf, textsOf } from '../support/raw-body'
import { Office, type Person, when } from './wire'

let office: Office
beforeAll(async () => {
  office = await Office.open()
})
afterAll(() => office.close())

const freeze = (documentId: DocumentId) =>
  transaction(office.pool, (tx) =>
    freezeVersion(tx, { documentId, reason: 'named', by: office.ada.id, now: Date.now() }),
  )
const restore = (documentId: DocumentId, versionId: string, by: Person) =>
  transaction(office.pool, async (tx) => {
    await tx.query('select 1 from document where id = $1 for update', [documentId])
    const principal = { personId: by.id, scope: 'write' } as Principal
    const access = await resolveAccess(tx, principal, documentId)
    if (!access) throw new Error('no access')
    return restoreVersion(tx, principal, access, { versionId, now: Date.now() })
  })
const storedDoc = async (documentId: DocumentId) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await loadBody(office.pool, documentId)).update)
  return doc
}
const wordsOf = (text: string): string[] => text.split(/\s|(?<=\.)/u)
/** Paragraphs with ids, as an editor makes them. */
const give = (doc: Y.Doc, texts: Record<string, string>) =>
  doc.transact(() => {
    for (const [id, text] of Object.entries(texts)) {
      addParagraph(doc, text)
      const all = paragraphs(doc)
      ;(all.get(all.length - 1) as Y.XmlElement).setAttribute('id', id)
    }
  })
const paragraphOf = (doc: Y.Doc, id: string): Y.XmlText | null => {
  for (const [index, one] of paragraphs(doc).toArray().entries()) {
    if ((one as Y.XmlElement).getAttribute('id') === id) return runOf(doc, index)
  }
  return null
}
const synced = async (provider: WebsocketProvider) => {
  await when(provider, () => provider.synced)
  return provider.doc
}

test.each([1, 2, 3])(
  'a version is put back while two people type on, and nothing typed is lost (seed %i)',
  async (seed) => {
    const chance = random(seed)
    const id = await office.document('')
    const [ada, grace] = [
      office.site.provider(id, office.ada.token),
      office.site.provider(id, office.grace.token),
    ]
    const pages = [await synced(ada), await synced(grace)] as const
    give(pages[0], { a: 'Ada writes here.', g: 'Grace writes here.', gone: 'This goes.', b: 'Between.' })
    await when(grace, () => paragraphOf(pages[1], 'b') !== null)
    await vi.waitUntil(async () => textsOf(await storedDoc(id)).includes('Between.'))
    const version = await freeze(id)

    const typed: string[][] = [[], []]
    const type = () => {
      const who = chance.between(0, 1)
      const word = `${who === 0 ? 'ada' : 'grace'}${typed[who]?.length}`
      paragraphOf(pages[who] as Y.Doc, who === 0 ? 'a' : 'g')?.insert(0, `${word} `)
      typed[who]?.push(word)
    }
    for (let step = 0; step < 20; step++) type()
    const index = paragraphs(pages[0])
      .toArray()
      .findIndex((one) => (one as Y.XmlElement).getAttribute('id') === 'gone')
    paragraphs(pages[0]).delete(index, 1)
    // Words that were typed before it are no part of the version: they are taken back by it, and those behind it stay.
    await vi.waitUntil(async () => {
      const text = textsOf(await storedDoc(id)).join(' ')
      return typed.flat().every((word) => text.includes(word)) && !text.includes('This goes.')
    })
    const restoring = restore(id, version.id, office.ada)
    for (let step = 0; step < 60; step++) {
      type()
      if (step % 5 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    const { changed, before } = await restoring
    expect(changed).toBe(true)
    const during = typed.flat()
    for (let step = 0; step < 20; step++) type()
    const after = typed.flat().filter((word) => !during.includes(word))

    await vi.waitUntil(async () => {
      const stored = Y.encodeStateVector(await storedDoc(id))
      return pages.every((page) => Buffer.compare(Y.encodeStateVector(page), stored) === 0)
    })
    const stored = readBody(await storedDoc(id))
    for (const page of pages) expect(readBody(page).eq(stored)).toBe(true)
    const words = wordsOf(stored.textContent)
    const kept = wordsOf((await bodyOfVersion(office.pool, before.id)).doc.textContent)
    for (const word of typed.flat()) expect(words.concat(kept)).toContain(word)
    for (const word of after) expect(words.filter((one) => one === word)).toHaveLength(1)
    expect(stored.textContent).toContain('This goes.')
    office.site.hangUp()
  },
)

test('what is put back equals the recorded copy to the hash where nobody types meanwhile', async () => {
  const id = await office.document('Hello')
  const { socket, doc } = await office.joined(id, office.grace)
  const version = await freeze(id)
  socket.send(encodeUpdate(change(doc, () => runOf(doc, 0).insert(5, ' and more'))))
  await socket.next('saved')
  await restore(id, version.id, office.ada)
  Y.applyUpdate(doc, (await socket.next('update')).update)
  expect(textsOf(doc)).toEqual(['Hello'])
  expect(hashOf(readBody(doc))).toBe(version.hash)
  // And the page writes on, in the text that was put back.
  socket.send(encodeUpdate(change(doc, () => runOf(doc, 0).insert(5, '!'))))
  await socket.next('saved')
  expect(await office.stored(id)).toEqual(['Hello!'])
})

test('before much is deleted, the text is kept as a version; a few words are not much', async () => {
  const id = await office.document('')
  const { socket, doc } = await office.joined(id, office.grace)
  const long = 'One sentence of many. '.repeat(100)
  socket.send(encodeUpdate(change(doc, () => runOf(doc, 0).insert(0, long))))
  await socket.next('saved')
  socket.send(encodeUpdate(change(doc, () => runOf(doc, 0).delete(0, 40))))
  await socket.next('saved')
  socket.send(encodeUpdate(change(doc, () => runOf(doc, 0).delete(0, 1_500))))
  await socket.next('saved')
  const versions = () => office.pool.query('select * from document_version where document_id = $1', [id])
  await vi.waitUntil(async () => (await versions()).rowCount === 1)
  const [row] = (await versions()).rows
  expect(row).toMatchObject({ reason: 'large_deletion', created_by: null, contributors: [office.grace.id] })
  expect((await bodyOfVersion(office.pool, row.id)).doc.textContent).toBe(long.slice(40))
  expect(plainText(runOf(doc, 0))).toBe(long.slice(1_540))
})
