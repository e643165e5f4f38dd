import { afterAll, beforeAll, expect, test } from 'vitest'
import { attachmentAt, sizeInId } from '../../lib/content/attachment'
import { maxImagePixels } from '../../lib/content/attachment-limits'
import { picture } from './attachment-story'
import { type As, failureOf, type Somebody, type Told, World } from './world'

const mb = 1024 * 1024
const limits = { imageBytes: mb, fileBytes: 3 * mb, documentBytes: 8 * mb }

let world: World
let grace: As
let id: string
beforeAll(async () => {
  world = await World.open({ config: { attachments: limits } })
  grace = await world.token('grace')
  id = (await world.document('grace', 'With pictures')).id
})
afterAll(() => world.close())

const as = (name: Somebody) => world.token(name)

interface Sent {
  to?: string
  by?: As
  name?: string
  type?: string
  headers?: Record<string, string>
}
const send = (data: BodyInit, { to = id, by = grace, name = 'a file', type = '', headers }: Sent = {}) =>
  world.call('createAttachment', by, {
    params: { id: to },
    query: { name },
    raw: { type, data },
    ...(headers ? { headers } : {}),
  })
const copy = (from: string, to: string, by: As) =>
  world.call('createAttachment', by, { params: { id: to }, query: { from } })
const get = (attachment: { src: string }, by: As = grace, headers: Record<string, string> = {}) =>
  world.answer('GET', attachment.src, by, { headers })
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
const count = async (documentId: string) =>
  (await world.call('listAttachments', grace, { params: { id: documentId } })).body.items.length

/** A stream of so many bytes, which counts what was taken of it. */
function endless(bytes: number, first: Uint8Array = Buffer.alloc(0)) {
  const taken = { bytes: 0 }
  const chunk = new Uint8Array(64 * 1024)
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (taken.bytes >= bytes) return controller.close()
      const next = taken.bytes === 0 && first.length > 0 ? first : chunk
      taken.bytes += next.byteLength
      controller.enqueue(next)
    },
  })
  return { stream, taken }
}

const svg = (inner: string, before = '') =>
  `${before}<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">${inner}</svg>`

test('a picture is kept with its document, and comes back byte by byte to whoever may read it', async () => {
  const bytes = picture({ width: 640, height: 360 })
  const told = await send(bytes, { name: 'flow of a retry.png', type: 'image/png' })
  expect(told.status).toBe(201)
  expect(told.body).toMatchObject({
    documentId: id,
    name: 'flow of a retry.png',
    mediaType: 'image/png',
    sizeBytes: bytes.length,
    widthPx: 640,
    heightPx: 360,
  })
  const attachment = attachmentAt(told.body.src)
  expect(attachment && sizeInId(attachment)).toEqual({ width: 640, height: 360 })
  await world.grant(id, 'edsger', 'viewer')
  const response = await get(told.body, await as('edsger'))
  expect(await bytesOf(response)).toEqual(bytes)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': expect.stringContaining('inline'),
    'cache-control': 'private, no-cache, no-transform',
  })
  const etag = response.headers.get('etag') ?? ''
  expect((await get(told.body, grace, { 'if-none-match': etag })).status).toBe(304)
})

test('a file of several pieces comes back whole', async () => {
  const bytes = Buffer.from(Uint8Array.from({ length: 2 * mb + 17 }, (_, at) => (at * 31) % 251))
  const told = await send(bytes, { name: 'trace.bin', type: 'application/octet-stream' })
  const response = await get(told.body)
  expect((await bytesOf(response)).equals(bytes)).toBe(true)
})

test.each([
  ['a program that is called a picture', Buffer.from('MZ\x90\x00 this program cannot be run'), 'holiday.png'],
  ['a page that is called a picture', Buffer.from('<!doctype html><script>alert(1)</script>'), 'x.svg'],
  ['a page with an SVG in it', Buffer.from(`<html><body>${svg('')}</body></html>`), 'x.svg'],
  ['an SVG in other letters', Buffer.from(svg('', '<?xml version="1.0" encoding="ISO-2022-JP"?>')), 'x.svg'],
  ['an SVG that unfolds', Buffer.from(svg('&a;', '<!DOCTYPE svg [<!ENTITY a "aaaa">]>')), 'x.svg'],
  [
    'an SVG that shows itself twice, thirty times over',
    Buffer.from(
      svg(
        Array.from(
          { length: 30 },
          (_, n) => `<g id="a${n + 1}"><use href="#a${n}"/><use href="#a${n}"/></g>`,
        ).join(''),
      ),
    ),
    'x.svg',
  ],
  ['a PNG without its size', Buffer.from('\x89PNG\r\n\x1a\n and nothing else', 'latin1'), 'x.png'],
  ['a PDF', Buffer.from('%PDF-1.7 …'), 'x.pdf'],
])('%s is given out to be kept, never opened', async (_what, data, name) => {
  const told = await send(data, { name, type: 'image/png' })
  expect(told.body).toMatchObject({ mediaType: 'application/octet-stream', widthPx: null, heightPx: null })
  const response = await get(told.body)
  expect(response.headers.get('content-type')).toBe('application/octet-stream')
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="${name}"; filename*=UTF-8''${name}`,
  )
})

test('an SVG is a picture, whatever it is called and said to be', async () => {
  const told = await send(svg('<rect/>', '<?xml version="1.0"?>\n<!-- drawn -->\n'), {
    name: 'chart.txt',
    type: 'text/plain',
  })
  expect(told.body).toMatchObject({ mediaType: 'image/svg+xml', widthPx: 40, heightPx: 20 })
  expect((await get(told.body)).headers.get('content-type')).toBe('image/svg+xml')
})

test('what is announced as too large is refused unread, and what is sent without a length as soon as it is', async () => {
  const announced = endless(50 * mb)
  const told = await send(announced.stream, { headers: { 'content-length': String(50 * mb) } })
  expect(failureOf(told)).toBe('413 too_large')
  expect(told.body.error.message).toContain('50 MB')
  // What the stream had ready by itself.
  expect(announced.taken.bytes).toBeLessThanOrEqual(64 * 1024)
  const silent = endless(50 * mb)
  expect(failureOf(await send(silent.stream))).toBe('413 too_large')
  expect(silent.taken.bytes).toBeLessThan(limits.fileBytes + mb)
})

test('an image has a limit of its own, told by its first bytes', async () => {
  const before = await count(id)
  const image = endless(2 * mb, picture({ width: 100, height: 100 }).subarray(0, 40))
  const told = await send(image.stream, {
    type: 'application/zip',
    headers: { 'content-length': `${2 * mb}` },
  })
  expect(failureOf(told)).toBe('413 too_large')
  expect(told.body.error.message).toBe(
    'This image has 2 MB; images of up to 1 MB can be in a document. Make it smaller.',
  )
  expect(image.taken.bytes).toBeLessThan(limits.imageBytes)
  expect(await count(id)).toBe(before)
})

test('an image of a few bytes that unpacks to gigabytes is refused', async () => {
  const bomb = picture({ width: 1, height: 1 })
  bomb.writeUInt32BE(60_000, 16)
  bomb.writeUInt32BE(Math.ceil(maxImagePixels / 60_000) + 1, 20)
  const told = await send(bomb)
  expect(failureOf(told)).toBe('413 too_large')
  expect(told.body.error.message).toContain('pixels')
})

test('a document has so much and no more, whoever sends at the same time', async () => {
  const { id: full } = await world.document('grace', 'Full')
  const told = await Promise.all(
    Array.from({ length: 6 }, (_, n) => send(Buffer.alloc(2 * mb, n + 1), { to: full })),
  )
  expect(told.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 413, 413])
  const { body } = await world.call('listAttachments', grace, { params: { id: full } })
  expect(body).toMatchObject({ usedBytes: 8 * mb, limits })
  const refused = told.find(({ status }) => status === 413) as Told
  expect(refused.body.error.message).toContain('8 MB')
})

test.each([
  ['nothing', () => send(''), '400 invalid'],
  ['a form', () => send(new FormData()), '415 unsupported_media'],
  [
    'something compressed',
    () => send('x', { headers: { 'content-encoding': 'gzip' } }),
    '415 unsupported_media',
  ],
])('%s is refused', async (_what, call, failure) => {
  const before = await count(id)
  expect(failureOf(await call())).toBe(failure)
  expect(await count(id)).toBe(before)
})

test('repeated under its key, a file is kept once', async () => {
  const before = await count(id)
  const twice = () => send('the same words', { headers: { 'idempotency-key': 'one-file' } })
  const [first, again] = [await twice(), await twice()]
  expect(again.body).toEqual(first.body)
  expect(await count(id)).toBe(before + 1)
  const other = await send('other words', { headers: { 'idempotency-key': 'one-file' } })
  expect(failureOf(other)).toBe('409 conflict')
})

test('whose access is taken away gets nothing any more, and is not told that there was something', async () => {
  const { body } = await send(picture({ width: 4, height: 4 }))
  await world.grant(id, 'linus', 'viewer')
  const linus = await as('linus')
  expect((await get(body, linus)).status).toBe(200)
  const params = { id, userOrGroup: world.ids.linus }
  await world.call('deleteMember', grace, { params })
  const gone = await get(body, linus)
  const never = await get({ src: '/api/v1/attachments/00000000-0000-4000-8000-000000000000' }, linus)
  const [told, unknown] = [await gone.json(), await never.json()]
  expect([gone.status, never.status]).toEqual([404, 404])
  expect(told.error.message).toBe(unknown.error.message)
  const etag = (await get(body)).headers.get('etag') ?? ''
  expect((await get(body, linus, { 'if-none-match': etag })).status).toBe(404)
})

test('a picture is copied into another document by whoever may read it here and write there', async () => {
  const bytes = picture({ width: 70, height: 30 })
  const { body: source } = await send(bytes, { name: 'shared.png' })
  const { id: other } = await world.document('margaret', 'Another')
  const margaret = await as('margaret')
  expect(failureOf(await copy(source.id, other, margaret))).toBe('404 not_found')
  await world.grant(id, 'margaret', 'viewer')
  const told = await copy(source.id, other, margaret)
  expect(told.status).toBe(201)
  expect(told.body).toMatchObject({ documentId: other, name: 'shared.png', widthPx: 70, heightPx: 30 })
  expect(told.body.id).not.toBe(source.id)
  expect(await bytesOf(await get(told.body, margaret))).toEqual(bytes)
  expect((await get(told.body, grace)).status).toBe(404)
  // Where it is already, it stays the one that it is.
  expect((await copy(source.id, id, grace)).body.id).toBe(source.id)
})

test('a Markdown file that names pictures brings copies of those that its importer may read', async () => {
  const { body: mine } = await send(picture({ width: 50, height: 40 }), { name: 'mine.png' })
  const { id: hidden } = await world.document('ada', 'Hidden')
  const { body: theirs } = await send(picture({ width: 9, height: 9 }), { to: hidden, by: await as('ada') })
  const source = `# Imported\n\n![Mine](${mine.src})\n\n![Hidden](${theirs.src})\n`
  const told = await world.call('importDocument', grace, { raw: { type: 'text/markdown', data: source } })
  expect(told.status).toBe(201)
  const listed = await world.call('listAttachments', grace, { params: { id: told.body.document.id } })
  expect(listed.body.items).toMatchObject([{ name: 'mine.png', widthPx: 50, heightPx: 40 }])
  expect(listed.body.items[0].id).not.toBe(mine.id)
})

test('what a document had goes with it', async () => {
  const { id: short } = await world.document('grace', 'Short-lived')
  const { body } = await send('a file', { to: short })
  for (const table of ['document_update', 'document_section', 'document_member', 'happening']) {
    await world.db.query(`delete from ${table} where document_id = $1`, [short])
  }
  await world.db.query('delete from document where id = $1', [short])
  expect((await get(body)).status).toBe(404)
})
