import { afterAll, beforeAll, expect, test } from 'vitest'
import { maxImportBytes } from '../../lib/document'
import { type As, failureOf, type Told, World } from './world'

let world: World
let ada: As
beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
})
afterAll(() => world.close())

const send = (data: BodyInit, type = 'text/markdown', headers: Record<string, string> = {}): Promise<Told> =>
  world.call('importDocument', ada, { raw: { type, data }, headers })

function form(name: string, text: BlobPart, type = 'application/octet-stream') {
  const data = new FormData()
  data.append('file', new File([text], name, { type }))
  return send(data, '')
}

const documents = async () =>
  Number((await world.db.query('select count(*)::int as n from document')).rows[0].n)

test('a Markdown body becomes a document with its title, its losses, and its importer as author', async () => {
  const told = await send('# Kept title\n\nSome *text*.\n\n![a picture](https://example.com/x.png)\n')
  expect(told.status).toBe(201)
  const { document, losses } = told.body
  expect(document).toMatchObject({ title: 'Kept title', role: 'owner', status: 'draft' })
  expect(document.number).toMatch(/-\d{4}$/)
  expect(losses).toEqual([expect.objectContaining({ line: 5 })])
  const { rows } = await world.db.query('select person_id from document_update where document_id = $1', [
    document.id,
  ])
  expect(rows).toEqual([{ person_id: world.ids.ada }])
})

test('the heading that a file begins with is the title, no section, and stands in the export again', async () => {
  const source = '# Retry payments\n\n## Why\n\nThey fail.\n'
  const { body } = await send(source)
  const { id } = body.document
  const sections = await world.call('listSections', ada, { params: { id } })
  expect(sections.body.items).toMatchObject([{ title: 'Why', number: '1', level: 2 }])
  expect((await world.call('getContent', ada, { params: { id } })).body).toBe(source)
  await world.call('updateDocument', ada, { params: { id }, body: { title: 'Retries' } })
  expect((await world.call('getContent', ada, { params: { id } })).body).toContain('# Retries\n\n## Why')
})

test('a file of a form is named by its file where it does not name itself', async () => {
  const told = await form('Notes on retries.md', 'Only a paragraph.\n')
  expect(told.status).toBe(201)
  expect(told.body.document).toMatchObject({ title: 'Notes on retries', templateKey: 'blank' })
})

test('a file with the sections of the template becomes a document on it, its guidance left out', async () => {
  const { body } = await world.call('createDocument', ada, { body: { title: 'Round trip' } })
  const exported = await world.call('getContent', ada, { params: { id: body.id } })
  const told = await send(exported.body)
  expect(told.body.document).toMatchObject({ title: 'Round trip', templateKey: 'technical-design-document' })
  const again = await world.call('getContent', ada, { params: { id: told.body.document.id } })
  expect(again.body).toBe(exported.body)
  const sections = await world.call('listSections', ada, { params: { id: told.body.document.id } })
  expect(sections.body.items).toHaveLength(13)
  expect(sections.body.items.every((s: { templateSection: unknown }) => s.templateSection)).toBe(true)
})

test('a file of 20 MB is refused with the limit, and is never held', async () => {
  const before = await documents()
  let sent = 0
  const chunk = new TextEncoder().encode('a line of text that goes on and on\n'.repeat(2_000))
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= 20 * 1024 * 1024) return controller.close()
      sent += chunk.byteLength
      controller.enqueue(chunk)
    },
  })
  const told = await send(endless)
  expect(failureOf(told)).toBe('413 too_large')
  expect(told.body.error.message).toContain('2 MB')
  expect(sent).toBeLessThan(maxImportBytes + 3 * chunk.byteLength)
  expect(world.lineOf(told)).toMatchObject({ code: 'too_large', status: 413 })
  expect(JSON.stringify(world.logged)).not.toContain('a line of text')
  expect(await documents()).toBe(before)
})

test('a file that announces its size is refused unread', async () => {
  const told = await send('small', 'text/markdown', { 'content-length': String(20 * 1024 * 1024) })
  expect(failureOf(told)).toBe('413 too_large')
})

test('a form with a file of 3 MB is refused with the limit', async () => {
  const told = await form('big.md', 'x'.repeat(3 * 1024 * 1024))
  expect(failureOf(told)).toBe('413 too_large')
  expect(told.body.error.message).toContain('2 MB')
})

test.each([
  ['a Word file', () => form('design.docx', 'PK')],
  ['a file without an ending', () => form('design', '# x')],
  ['plain text', () => send('hello', 'text/plain')],
  ['JSON', () => send('{}', 'application/json')],
  ['nothing in particular', () => send('hello', 'application/octet-stream')],
  ['something compressed', () => send('hello', 'text/markdown', { 'content-encoding': 'gzip' })],
])('%s is refused as a kind of file that cannot be read', async (_what, call) => {
  expect(failureOf(await call())).toBe('415 unsupported_media')
})

test.each([
  ['a form without a file', () => send(new FormData(), '')],
  ['a broken form', () => send('--x\r\nnonsense', 'multipart/form-data; boundary=x')],
  ['a form without a boundary', () => send('--x', 'multipart/form-data')],
  ['bytes that are no text', () => send(new Uint8Array([0xff, 0xfe, 0x00, 0x80]))],
])('%s is refused as invalid', async (_what, call) => {
  const before = await documents()
  expect(failureOf(await call())).toBe('400 invalid')
  expect(await documents()).toBe(before)
})

test('two files in one form are refused', async () => {
  const data = new FormData()
  data.append('one', new File(['a'], 'a.md'))
  data.append('two', new File(['b'], 'b.md'))
  expect(failureOf(await send(data, ''))).toBe('400 invalid')
})

test('a NUL in a file does no harm', async () => {
  const told = await send('# A\u0000title\n\nText\u0000with NUL.\n')
  expect([201, 400]).toContain(told.status)
  if (told.status === 201) expect(told.body.document.title).not.toContain('\u0000')
})
