import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { readBody } from '../../../lib/content/read-body'
import { importInWorker } from '../../../server/import/worker-import'
import { corpusFile, corpusIsMissing, idsOf } from '../../lib/content/world'
import { type BundledWorker, bundledWorker } from '../../support/bundled-worker'

let worker: BundledWorker

const read = (file: Uint8Array | string, options: Parameters<typeof importInWorker>[1]) =>
  importInWorker({ file, clientId: 7 }, options)

beforeAll(async () => {
  worker = await bundledWorker('server/import/import-worker.ts')
})
afterAll(() => worker.remove())

test('a file is read in a thread of its own, from a bundle', async () => {
  const imported = await read(Buffer.from('\uFEFF# Title\n\nGrüße <!-- x -->'), {
    worker,
  })
  expect(imported).toMatchObject({
    title: 'Title',
    templateKey: 'blank',
    losses: [{ line: 3, what: 'A comment (<!-- … -->) was left out.' }],
  })
  const doc = readBody(imported.seed)
  expect(doc.textContent).toBe('Grüße')
  for (const id of idsOf(doc)) expect(id).toMatch(/^[A-Za-z0-9_-]{12}$/)
  // Nobody encodes it once more: it is written under the importer's client id as it comes.
  expect([...Y.parseUpdateMeta(imported.seed).to.keys()]).toEqual([7])
})

test('and from its source', async () => {
  const source = {
    path: resolve(import.meta.dirname, '../../../server/worker/source-worker.mjs'),
    argv: ['../import/import-worker.ts'],
    execArgv: [],
  }
  expect(await read('# Title', { worker: source })).toMatchObject({ title: 'Title' })
})

test.skipIf(corpusIsMissing)('the largest file of the corpus is read whole', async () => {
  const bytes = Buffer.from(corpusFile('design-docs/kep-5517-largest.md'))
  // A machine that is busy with other tests must not fail this one.
  const imported = await read(bytes, { worker, timeoutMs: 60_000 })
  expect(imported.title).toBe('KEP-5517: DRA: Node Allocatable Resources')
  expect(readBody(imported.seed).textContent.length).toBeGreaterThan(100_000)
})

describe('a file that must not be read', () => {
  test('of 20 MB is refused unread, with the limit in the sentence', async () => {
    const nowhere = { path: '/nowhere.mjs', execArgv: [] }
    for (const file of [Buffer.alloc(20 * 1024 * 1024, 'a'), 'ä'.repeat(10 * 1024 * 1024)]) {
      await expect(read(file, { worker: nowhere })).rejects.toMatchObject({
        code: 'too_large',
        message: 'This file has 20 MB; files of up to 2 MB can be imported. Split it into several documents.',
      })
    }
  })

  test('in another encoding is named as such', async () => {
    for (const bytes of [
      [0xff, 0xfe, 0x41, 0x00],
      [0x47, 0x72, 0xfc, 0xdf, 0x65],
      [0xed, 0xa0, 0x80],
    ]) {
      await expect(read(Uint8Array.from(bytes), { worker })).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining('UTF-8'),
      })
    }
  })

  test('nested too deep keeps its name and line on the way out of the thread', async () => {
    await expect(read(`\n${'>'.repeat(900)}`, { worker })).rejects.toMatchObject({
      code: 'schema',
      message: expect.stringContaining('(line 2)'),
    })
  })

  test('for longer than the limit is stopped', async () => {
    // Every run of backticks looks for its like in all the others.
    const slow = Array.from({ length: 1_900 }, (_, length) => `${'`'.repeat(length)}x`).join(' ')
    await expect(read(slow, { worker, timeoutMs: 200 })).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('0.2 s'),
    })
  })

  test('with more memory than a thread may have is stopped, and the next file is read', async () => {
    const wide = '*a'.repeat(900_000)
    await expect(read(wide, { worker, maxHeapMb: 48 })).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('memory'),
    })
    expect(await read('# Next', { worker })).toMatchObject({ title: 'Next' })
  })
})

describe('a caller', () => {
  test('who goes away ends the thread', async () => {
    const caller = new AbortController()
    const reading = read('`'.repeat(100), { worker, signal: caller.signal })
    caller.abort(new Error('gone'))
    await expect(reading).rejects.toThrow('gone')
    await expect(read('x', { worker, signal: caller.signal })).rejects.toThrow('gone')
  })

  test('is told plainly when the worker is not there, without its path', async () => {
    const nowhere = { path: `${worker.path}.missing`, execArgv: [] }
    await expect(read('x', { worker: nowhere })).rejects.toMatchObject({
      code: 'internal',
      detail: expect.stringMatching(/^import worker: /),
    })
  })
})
