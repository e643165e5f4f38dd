import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { schemaVersion } from '../../lib/content/schema'
import type { DocumentId, PersonId } from '../../lib/id'
import { transaction } from '../../server/db/open'
import { claimClients } from '../../server/document/client-claim'
import { compactBody } from '../../server/document/compact'
import {
  insertUpdates,
  type LoggedUpdate,
  loadBody,
  quarantine,
  readBody,
  seedBody,
} from '../../server/document/update-log'
import { type TestDatabase, testDatabase } from '../support/database'
import { bodyOf, change, copyOf, runOf, textsOf } from '../support/raw-body'
import { makeDocument, makePerson, setRole } from './documents'

let database: TestDatabase
let ada: PersonId
beforeAll(async () => {
  database = await testDatabase()
  ada = await makePerson(database.pool, 'ada')
})
afterAll(() => database.close())

const docAt = async (document: DocumentId) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await loadBody(database.pool, document)).update)
  return doc
}
const textAt = async (document: DocumentId) => textsOf(await docAt(document))
const epochOf = async (document: DocumentId) => {
  const { rows } = await database.pool.query<{ write_epoch: string }>(
    'select write_epoch from document where id = $1',
    [document],
  )
  return BigInt(rows[0]?.write_epoch ?? 0)
}
const count = async (table: string, document: DocumentId) => {
  const { rows } = await database.pool.query<{ n: number }>(
    `select count(*)::int as n from ${table} where document_id = $1`,
    [document],
  )
  return rows[0]?.n
}

/** A writer whose every letter is one update. */
async function writer(document: DocumentId, clientId = 7) {
  const doc = copyOf(await docAt(document), clientId)
  return async (text: string): Promise<LoggedUpdate[]> => {
    const writeEpoch = await epochOf(document)
    return [...text].map((letter) => ({
      documentId: document,
      personId: ada,
      relayedBy: null,
      clientId,
      writeEpoch,
      data: change(doc, () => runOf(doc, 0).insert(runOf(doc, 0).length, letter)),
    }))
  }
}
const insert = (updates: readonly LoggedUpdate[], again = false) =>
  insertUpdates(database.pool, updates, { again, timeoutMs: 5_000 })

describe('seeding', () => {
  test('a body is seeded once, also when two try at the same time', async () => {
    const document = await makeDocument(database.pool, ada, [], 'Seed')
    const another = Y.encodeStateAsUpdate(bodyOf(2, 'Another'))
    const seed = () =>
      transaction(database.pool, (tx) => seedBody(tx, document, another, { personId: null, clientId: 2 }))
    await Promise.all([seed(), seed()])
    expect(await textAt(document)).toEqual(['Seed'])
  })

  test('a document without a body is damaged, not empty', async () => {
    const document = await makeDocument(database.pool, ada)
    await database.pool.query('delete from document_update where document_id = $1', [document])
    await expect(loadBody(database.pool, document)).rejects.toMatchObject({ damage: 'missing' })
  })
})

describe('appending', () => {
  test('many documents in one statement, in order', async () => {
    const documents = await Promise.all([1, 2, 3].map(() => makeDocument(database.pool, ada)))
    const updates = await Promise.all(documents.map(async (id) => (await writer(id))('hello')))
    expect(await insert(updates.flat())).toEqual(new Set(documents))
    for (const document of documents) expect(await textAt(document)).toEqual(['hello'])
  })

  test('the fence refuses what was accepted under an older epoch, whole, and lets others pass', async () => {
    const [locked, open] = [await makeDocument(database.pool, ada), await makeDocument(database.pool, ada)]
    const late = await (await writer(locked))('ab')
    await setRole(database.pool, locked, await makePerson(database.pool, randomUUID()), 'viewer')
    const mixed = [
      ...late,
      ...(await (await writer(open))('c')),
      { ...(late[1] as LoggedUpdate), writeEpoch: 99n },
    ]
    expect(await insert(mixed)).toEqual(new Set([open]))
    expect(await textAt(locked)).toEqual([''])
    expect(await textAt(open)).toEqual(['c'])
  })

  test('a change of access that is under way is waited for', async () => {
    const document = await makeDocument(database.pool, ada)
    const updates = await (await writer(document))('x')
    const client = await database.pool.connect()
    await client.query('begin')
    await client.query('update document set write_epoch = write_epoch + 1 where id = $1', [document])
    const attempt = insert(updates)
    await client.query('commit')
    client.release()
    expect(await attempt).toEqual(new Set())
  })

  test('an unknown document passes nothing', async () => {
    const document = await makeDocument(database.pool, ada)
    const [update] = await (await writer(document))('x')
    expect(await insert([{ ...(update as LoggedUpdate), documentId: randomUUID() as DocumentId }])).toEqual(
      new Set(),
    )
  })

  test('trying again after a commit whose answer was lost stores nothing twice', async () => {
    const document = await makeDocument(database.pool, ada)
    const updates = await (await writer(document))('hello')
    await insert(updates.slice(0, 3))
    expect(await insert(updates, true)).toEqual(new Set([document]))
    expect(await count('document_update', document)).toBe(1 + 5)
    expect(await textAt(document)).toEqual(['hello'])
  })

  test('and were they there twice, the text would be the same', async () => {
    const document = await makeDocument(database.pool, ada)
    const updates = await (await writer(document))('hello')
    await insert(updates)
    await insert(updates)
    expect(await count('document_update', document)).toBe(1 + 10)
    expect(await textAt(document)).toEqual(['hello'])
  })

  test('what cannot be stored is kept beside', async () => {
    const document = await makeDocument(database.pool, ada)
    await quarantine(database.pool, await (await writer(document))('ab'), 'fence')
    expect(await count('quarantine', document)).toBe(2)
  })
})

describe('claims of client ids', () => {
  test('the first claim counts, for ever', async () => {
    const document = await makeDocument(database.pool, ada)
    const grace = await makePerson(database.pool, randomUUID())
    const claims = await Promise.all([
      claimClients(database.pool, document, [{ clientId: 50, personId: ada }]),
      claimClients(
        database.pool,
        document,
        [50, 51].map((clientId) => ({ clientId, personId: grace })),
      ),
    ])
    const whose = (id: number) =>
      new Set(claims.flat().flatMap((claim) => (claim.clientId === id ? [claim.personId] : [])))
    expect(whose(50).size).toBe(1)
    expect(whose(51)).toEqual(new Set([grace]))
    expect(await claimClients(database.pool, document, [{ clientId: 1, personId: ada }])).toMatchObject([
      { personId: null },
    ])
  })
})

describe('compaction', () => {
  const compact = (document: DocumentId) => compactBody(database.pool, document, { minUpdates: 1 })
  const flip = (table: string, document: DocumentId, which: 'max' | 'min') =>
    database.pool.query(
      `update ${table} set data = set_byte(data, 3, get_byte(data, 3) # 1)
        where document_id = $1 and ${table === 'document_snapshot' ? 'id' : 'seq'} = (
          select ${which}(${table === 'document_snapshot' ? 'id' : 'seq'}) from ${table} where document_id = $1)`,
      [document],
    )

  test('folds, keeps the previous snapshot with its updates, archives the rest', async () => {
    const document = await makeDocument(database.pool, ada)
    const write = await writer(document)
    for (const [text, updates, archived, snapshots] of [
      ['abc', 4, 0, 1],
      ['def', 3, 4, 2],
      ['ghi', 3, 7, 2],
    ] as const) {
      await insert(await write(text))
      expect((await compact(document)).kind).toBe('folded')
      expect(await count('document_update', document)).toBe(updates)
      const { rows } = await database.pool.query<{ n: number }>(
        'select coalesce(sum(updates), 0)::int as n from document_archive where document_id = $1',
        [document],
      )
      expect(rows[0]?.n).toBe(archived)
      expect(await count('document_snapshot', document)).toBe(snapshots)
    }
    expect(await textAt(document)).toEqual(['abcdefghi'])
    expect((await readBody(database.pool, document)).parts).toHaveLength(1)
  })

  test('does nothing below its threshold, and nothing while another process is at it', async () => {
    const document = await makeDocument(database.pool, ada)
    expect(await compactBody(database.pool, document, { minUpdates: 2 })).toMatchObject({ kind: 'not_due' })
    const holder = await database.pool.connect()
    await holder.query('begin')
    await holder.query(`select pg_advisory_xact_lock(hashtextextended('document_snapshot ' || $1, 0))`, [
      document,
    ])
    expect(await compact(document)).toEqual({ kind: 'busy' })
    await holder.query('rollback')
    holder.release()
    expect(await count('document_snapshot', document)).toBe(0)
    const both = await Promise.all([compact(document), compact(document)])
    expect(both.map(({ kind }) => kind)).toContain('folded')
    expect(await count('document_snapshot', document)).toBe(1)
    expect(await textAt(document)).toEqual([''])
  })

  test('a flipped bit in the newest snapshot: the one before it and its updates are used', async () => {
    const document = await makeDocument(database.pool, ada)
    const write = await writer(document)
    for (const text of ['abc', 'def', 'ghi']) {
      await insert(await write(text))
      await compact(document)
    }
    await insert(await write('!'))
    await flip('document_snapshot', document, 'max')
    expect(await textAt(document)).toEqual(['abcdefghi!'])
    expect((await loadBody(database.pool, document)).fellBack).toBe(true)
    // The other one as well: the whole history is left.
    await flip('document_snapshot', document, 'min')
    expect(await textAt(document)).toEqual(['abcdefghi!'])
    // And the next snapshot is made from that.
    expect(await compact(document)).toMatchObject({ kind: 'folded', fellBack: true })
    expect((await loadBody(database.pool, document)).fellBack).toBe(false)
    expect(await textAt(document)).toEqual(['abcdefghi!'])
  })

  test('a snapshot that was made over a damaged one keeps what it was built upon', async () => {
    const document = await makeDocument(database.pool, ada)
    const write = await writer(document)
    for (const text of ['abc', 'def']) {
      await insert(await write(text))
      await compact(document)
    }
    await flip('document_snapshot', document, 'max')
    await insert(await write('ghi'))
    expect(await compact(document)).toMatchObject({ kind: 'folded', fellBack: true })
    // The damaged one is gone; the new one may be damaged as well, and nothing is lost.
    expect(await count('document_snapshot', document)).toBe(2)
    await flip('document_snapshot', document, 'max')
    const body = await readBody(database.pool, document)
    expect([body.fellBack, body.snapshotId === null]).toEqual([true, false])
    expect(await textAt(document)).toEqual(['abcdefghi'])
  })

  test('a snapshot that is not what was written is not read back as such: nothing is changed', async () => {
    const document = await makeDocument(database.pool, ada)
    await insert(await (await writer(document))('abc'))
    await database.pool.query(`
      create function spoil() returns trigger language plpgsql as
        $$ begin new.data := set_byte(new.data, 3, get_byte(new.data, 3) # 1); return new; end $$;
      create trigger spoil before insert on document_snapshot for each row execute function spoil()`)
    await expect(compact(document)).rejects.toThrow('read back')
    await database.pool.query('drop trigger spoil on document_snapshot; drop function spoil')
    expect([await count('document_snapshot', document), await count('document_update', document)]).toEqual([
      0, 4,
    ])
    expect((await readBody(database.pool, document)).openSeqs).toHaveLength(4)
    expect(await compact(document)).toMatchObject({ kind: 'folded', folded: { updates: 4 } })
  })

  test('a log that is long enough is folded, whatever the number of its updates', async () => {
    const document = await makeDocument(database.pool, ada)
    const write = await writer(document)
    await insert(await write('abc'))
    await compact(document)
    const base = (await readBody(database.pool, document)).snapshotBytes
    const updates = await write('defgh')
    const bytes = updates.reduce((sum, { data }) => sum + data.length, 0)
    await insert(updates)
    const by = (minBytes: number, minBaseShare: number) =>
      compactBody(database.pool, document, { minUpdates: 100, minBytes, minBaseShare })
    expect(await by(bytes, 0)).toEqual({ kind: 'not_due', open: { updates: 5, bytes, baseBytes: base } })
    expect(await by(0, bytes / base)).toMatchObject({ kind: 'not_due' })
    expect(await by(bytes - 1, (bytes - 1) / base)).toMatchObject({
      kind: 'folded',
      folded: { updates: 5, bytes },
    })
  })

  test('a flipped bit in an update that no snapshot contains is said, and nothing is read or folded', async () => {
    const document = await makeDocument(database.pool, ada)
    await insert(await (await writer(document))('abc'))
    await flip('document_update', document, 'max')
    await expect(loadBody(database.pool, document)).rejects.toMatchObject({ damage: 'update' })
    await expect(compact(document)).rejects.toMatchObject({ damage: 'update' })
    expect(await count('document_snapshot', document)).toBe(0)
  })

  test('an update that is missing in between is said', async () => {
    const document = await makeDocument(database.pool, ada)
    const updates = await (await writer(document))('abc')
    await insert([updates[0], updates[2]] as LoggedUpdate[])
    await expect(loadBody(database.pool, document)).rejects.toMatchObject({ damage: 'hole' })
  })
})

test('3: the first text of a newer release raises the document’s schema and its fence, once; an older one lowers nothing', async () => {
  const newer = schemaVersion + 1
  const document = await makeDocument(database.pool, ada)
  const insertAs = async (release: number, text: string) =>
    insertUpdates(database.pool, await (await writer(document))(text), {
      again: false,
      timeoutMs: 5_000,
      schemaVersion: release,
    })
  const standing = async () => {
    const { rows } = await database.pool.query<{ schema: number }>(
      'select schema_version as schema from document where id = $1',
      [document],
    )
    return { schema: rows[0]?.schema, epoch: await epochOf(document) }
  }
  const { epoch } = await standing()
  const before = await (await writer(document))('old')
  expect(await insertAs(newer, 'a')).toEqual(new Set([document]))
  expect(await standing()).toEqual({ schema: newer, epoch: epoch + 1n })
  // What an older server took meanwhile is refused, as after any change of who may write.
  expect(await insert(before)).toEqual(new Set())
  expect(await insertAs(newer, 'b')).toEqual(new Set([document]))
  expect(await standing()).toEqual({ schema: newer, epoch: epoch + 1n })
  expect(await insertAs(schemaVersion, 'c')).toEqual(new Set([document]))
  expect(await standing()).toEqual({ schema: newer, epoch: epoch + 1n })
})

test('what a creation and a repeated commit look for is found by an index, however long the log of others is', async () => {
  const document = await makeDocument(database.pool, ada)
  const [update] = await (await writer(document))('a')
  await database.pool.query(
    `insert into document_update (document_id, client_id, write_epoch, data, checksum)
     select d.id, 7, 1, 'x', sha256(n::text::bytea)
       from (select gen_random_uuid() as id from generate_series(1, 100)) d, generate_series(1, 200) n`,
  )
  await database.pool.query('analyze document_update')
  const read = await transaction(database.pool, async (tx) => {
    await insertUpdates(tx, [update as LoggedUpdate], { again: true, timeoutMs: 1_000 })
    await insertUpdates(tx, [update as LoggedUpdate], { again: true, timeoutMs: 1_000 })
    await seedBody(tx, document, new Uint8Array([0, 0]), { personId: null, clientId: 1 })
    const { rows } = await tx.query<{ whole: number }>(
      `select seq_tup_read::int as whole from pg_stat_xact_user_tables where relname = 'document_update'`,
    )
    return rows[0]
  })
  expect(read).toEqual({ whole: 0 })
  expect(await count('document_update', document)).toBe(2)
})
