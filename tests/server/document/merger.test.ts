import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '../../../lib/id'
import { compactBody } from '../../../server/document/compact'
import { Merger } from '../../../server/document/merger'
import {
  checksumOf,
  mergeParts,
  readBody,
  readWhole,
  type StoredPart,
} from '../../../server/document/update-log'
import { type BundledWorker, bundledWorker } from '../../support/bundled-worker'
import { type TestDatabase, testDatabase } from '../../support/database'
import { addParagraph, bodyOf, change, textsOf } from '../../support/raw-body'
import { makeDocument, makePerson } from '../../sync/documents'

/** As a release has it. */
let worker: BundledWorker
let database: TestDatabase
beforeAll(async () => {
  worker = await bundledWorker('server/document/merge-worker.ts')
  database = await testDatabase()
})
afterAll(async () => {
  await database.close()
  worker.remove()
})

/** A body of three parts. */
function parts(): StoredPart[] {
  const doc = bodyOf(5, 'Hello')
  const part = (kind: StoredPart['kind'], id: string, data: Uint8Array) => ({
    kind,
    id,
    data,
    checksum: checksumOf(data),
  })
  return [
    part('snapshot', '1', Y.encodeStateAsUpdate(doc)),
    ...['one', 'two'].map((text, i) =>
      part(
        'update',
        String(i + 2),
        change(doc, () => addParagraph(doc, text)),
      ),
    ),
  ]
}

/** A document in the database, of a snapshot and open updates. */
async function stored(): Promise<DocumentId> {
  const id = await makeDocument(
    database.pool,
    await makePerson(database.pool, `p${Math.random()}`),
    [],
    'Hello',
  )
  await compactBody(database.pool, id, { minUpdates: 1 })
  const doc = bodyOf(99, 'more')
  const data = Buffer.from(Y.encodeStateAsUpdate(doc))
  await database.pool.query(
    `insert into document_update (document_id, client_id, write_epoch, data, checksum) values ($1, 99, 1, $2, $3)`,
    [id, data, checksumOf(data)],
  )
  return id
}
const standOf = async (id: DocumentId) => {
  const { rows } = await database.pool.query(
    `select (select count(*)::int from document_snapshot where document_id = $1) as snapshots,
            (select count(*)::int from document_update where document_id = $1 and folded_into is null) as open`,
    [id],
  )
  return rows[0]
}

test('long bodies are merged in a thread, short ones here, with one outcome', async () => {
  const merger = new Merger(worker, { threadBytes: 1_000 })
  const here = mergeParts(parts())
  expect(here.kind).toBe('whole')
  expect(await merger.merge(parts())).toEqual(here)
  expect(merger.inThread).toBe(0)
  const long = parts()
  const noise = Y.encodeStateAsUpdate(bodyOf(6, 'x'.repeat(2_000)))
  long.push({ kind: 'update', id: '9', data: noise, checksum: checksumOf(noise) })
  const expected = mergeParts(long)
  const answer = await merger.merge(long)
  expect(merger.inThread).toBe(1)
  if (answer.kind !== 'whole' || expected.kind !== 'whole') throw new Error('not whole')
  expect(Buffer.compare(answer.update, expected.update)).toBe(0)
  expect(Buffer.compare(answer.checksum, expected.checksum)).toBe(0)
})

test('who has a part gets what is missing', async () => {
  const merger = new Merger(worker, { threadBytes: 0 })
  const [snapshot] = parts()
  const doc = new Y.Doc()
  Y.applyUpdate(doc, snapshot?.data ?? new Uint8Array())
  const answer = await merger.merge(parts(), Y.encodeStateVector(doc))
  if (answer.kind !== 'whole') throw new Error('not whole')
  const whole = mergeParts(parts())
  expect(answer.update.length).toBeLessThan(whole.kind === 'whole' ? whole.update.length - 20 : 0)
  Y.applyUpdate(doc, answer.update)
  expect(textsOf(doc)).toEqual(['Hello', 'one', 'two'])
})

test('what is damaged is told by the thread as it is here', async () => {
  const { merge } = new Merger(worker, { threadBytes: 0 })
  const flipped = (index: number) =>
    parts().map((part, i) => (i === index ? { ...part, checksum: checksumOf(Uint8Array.of(1)) } : part))
  expect(await merge(flipped(0))).toEqual({ kind: 'damaged', what: 'snapshot' })
  expect(await merge(flipped(1))).toEqual({ kind: 'damaged', what: 'update' })
  expect(await merge(parts().filter((_, i) => i !== 1))).toEqual({ kind: 'damaged', what: 'hole' })
  // In the database: over to the snapshot before it.
  const id = await stored()
  await compactBody(database.pool, id, { minUpdates: 1 }, { merge })
  await database.pool.query(
    `update document_snapshot set data = set_byte(data, 3, get_byte(data, 3) # 1)
      where id = (select max(id) from document_snapshot where document_id = $1)`,
    [id],
  )
  const whole = await readWhole(database.pool, id, { merge })
  expect(whole.fellBack).toBe(true)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, whole.update)
  expect(textsOf(doc).toSorted()).toEqual(['Hello', 'more'])
})

describe('a thread that does not answer', () => {
  test.each([
    ['crash', 'throw new Error("broken")', {}],
    ['crash', 'process.exit(3)', {}],
    ['timeout', 'for (;;);', { timeoutMs: 200 }],
    ['memory', 'const all = []; for (;;) all.push(new Array(1_000).fill(all.length))', { maxHeapMb: 32 }],
  ] as const)('%s (%s) is a failed folding that changes nothing', async (failure, does, limits) => {
    const id = await stored()
    const before = await standOf(id)
    const merger = new Merger(worker.that(`bad-${does.length}`, does), { threadBytes: 0, ...limits })
    await expect(
      compactBody(database.pool, id, { minUpdates: 1 }, { merge: merger.merge }),
    ).rejects.toMatchObject({
      name: 'WorkerFailed',
      failure,
    })
    expect(await standOf(id)).toEqual(before)
    // Nothing is locked, and the next one goes.
    const { merge } = new Merger(worker, { threadBytes: 0 })
    expect(await compactBody(database.pool, id, { minUpdates: 1 }, { merge })).toMatchObject({
      kind: 'folded',
    })
    expect(await standOf(id)).toEqual({ snapshots: 2, open: 0 })
  })

  test('is ended with the server, and nobody else begins', async () => {
    const merger = new Merger(worker.that('endless', 'for (;;);'), { threadBytes: 0 })
    const first = merger.merge(parts())
    const second = merger.merge(parts())
    merger.stop()
    await expect(first).rejects.toMatchObject({ name: 'AbortError' })
    await expect(second).rejects.toMatchObject({ name: 'AbortError' })
  })
})

test('bodies are merged one after another, whatever becomes of the one before', async () => {
  const slow = worker.that(
    'slow',
    `const since = Date.now(); while (Date.now() - since < 100);
     if (workerData.parts.lengths.length === 2) throw new Error('broken')
     parentPort.postMessage({ answer: { since, until: Date.now() } })`,
  )
  const { merge } = new Merger(slow, { threadBytes: 0 })
  const turns = await Promise.allSettled([merge(parts()), merge(parts().slice(1)), merge(parts())])
  const [first, broken, last] = turns as unknown as [
    { value: { until: number } },
    PromiseRejectedResult,
    { value: { since: number } },
  ]
  expect(broken.status).toBe('rejected')
  // Each works for 100 ms, the broken one as well.
  expect(last.value.since).toBeGreaterThanOrEqual(first.value.until + 100)
})

test('long blobs are read in pieces and put together again, at every length', async () => {
  const id = await stored()
  for (const bytes of [524_288 - 1, 524_288, 524_288 + 1, 2 * 524_288, 1_300_000]) {
    const doc = bodyOf(7, '')
    const data = Buffer.from(change(doc, () => addParagraph(doc, 'é'.repeat(bytes >> 1))))
    const exact = Buffer.concat([data, Buffer.alloc(Math.max(0, bytes - data.length))]).subarray(0, bytes)
    await database.pool.query(
      `insert into document_snapshot (document_id, data, checksum) values ($1, $2, $3)`,
      [id, exact, checksumOf(exact)],
    )
    const body = await readBody(database.pool, id)
    expect(body.snapshotBytes).toBe(bytes)
    expect(body.parts.some((part) => Buffer.compare(part, exact) === 0)).toBe(true)
    expect(body.openSeqs).toHaveLength(1)
  }
})
