import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeAwareness, encodeStep1, encodeUpdate } from '../../lib/sync/message'
import { loadBody } from '../../server/document/update-log'
import { writeUpdatedAt } from '../../server/document/updated-at'
import { ServerRun } from '../../server/sync/server-run'
import { change, copyOf, runOf, textsOf } from '../support/raw-body'
import { makeDocument } from './documents'
import { onSaved, Site, when } from './wire'
import { World } from './world'

describe('bad input, while others write', () => {
  const flips = (message: Uint8Array) =>
    Array.from({ length: message.length * 8 }, (_, bit) => {
      const flipped = message.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return flipped
    })
  const prefixes = (message: Uint8Array) =>
    Array.from({ length: message.length }, (_, length) => message.slice(0, length))

  test('every prefix and every flipped bit of small valid messages: three witnesses do not notice', async () => {
    // As many as it takes: the same careless person comes again and again.
    const world = new World({ badFrames: 1e9, maxSocketsPerPerson: 1e9, newIdsPerHour: 1e9 }, 'Hello')
    const witnesses = ['ada', 'grace', 'linus'].map((name) => world.open(name))
    await world.calm()
    const start = await world.stored()
    const valid = (clientId: number) => [
      encodeStep1(Y.encodeStateVector(start)),
      encodeAwareness([{ id: clientId, clock: 1, state: '{"sectionId":"s"}' }]),
      encodeUpdate(change(copyOf(start, clientId), (doc) => runOf(doc, 0).insert(1, 'z'))),
    ]
    const codes = new Map<number | null, number>()
    const bad = [0, 1, 2].flatMap((kind) => {
      const message = valid(9)[kind] as Uint8Array
      return [...prefixes(message), ...flips(message)]
    })
    for (let at = 0; at < bad.length; at += 40) {
      const careless = bad.slice(at, at + 40).map((frame, index) => {
        const page = world.open('mallory', { clientId: 100_000 + at + index })
        page.pair?.write(frame)
        return page
      })
      for (const witness of witnesses) witness.type(`${witness.name}-${at}`)
      await world.calm()
      for (const page of careless) {
        codes.set(page.closeCode, (codes.get(page.closeCode) ?? 0) + 1)
        page.pair?.leave()
      }
      await world.calm()
    }
    // Closed with a code, or taken for what it happens to be; never anything else.
    expect([...codes.keys()].sort()).toEqual([1007, 4400, null])
    for (const witness of witnesses) {
      expect([witness.closeCode, witness.refusal]).toEqual([null, null])
      expect(witness.text).toBe(witnesses[0]?.text)
      expect(witness.typed.filter((word) => !witness.saved.has(word))).toEqual([])
    }
    expect(textsOf(await world.stored()).join('\n')).toBe(witnesses[0]?.text)
  })
})

describe('with a real database', () => {
  let site: Site
  let ada: Awaited<ReturnType<Site['person']>>
  beforeAll(async () => {
    site = await Site.open()
    ada = await site.person('ada')
  })
  afterAll(async () => {
    await site.close()
    await site.database.close()
  })

  test('every connection is cut while somebody types: all of it is saved, once', async () => {
    const { pool } = site.database
    const id = await makeDocument(pool, ada.id)
    const provider = site.provider(id, ada.token, { params: { caps: 'saved' } })
    await when(provider, () => provider.synced)
    let saved = 0
    let heard = () => {}
    onSaved(provider, (through) => {
      saved = through
      heard()
    })
    const until = (count: number) =>
      new Promise<void>((resolve) => {
        heard = () => void (saved >= count && resolve())
        heard()
      })
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < 10; i++)
        runOf(provider.doc, 0).insert(runOf(provider.doc, 0).length, `${round}${i} `)
      await pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      )
      // The step 2 at connecting was the first.
      await until(1 + (round + 1) * 10)
    }
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await loadBody(pool, id)).update)
    expect(textsOf(doc)).toEqual(textsOf(provider.doc))
    expect(textsOf(doc)[0]?.trim().split(' ')).toHaveLength(50)
    const { rows } = await pool.query<{ twice: number }>(
      `select count(*)::int - count(distinct checksum)::int as twice from document_update where document_id = $1`,
      [id],
    )
    expect(rows[0]?.twice).toBe(0)
  })

  test('11: requests that hold every connection keep nobody out, and no text from being saved', async () => {
    const { pool } = site.database
    const id = await makeDocument(pool, ada.id)
    const first = site.provider(id, ada.token, { params: { caps: 'saved' } })
    await when(first, () => first.synced)
    const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()))
    try {
      const saved = new Promise<void>((resolve) => onSaved(first, (through) => through >= 2 && resolve()))
      runOf(first.doc, 0).insert(0, 'While everything is held. ')
      await saved
      const second = site.provider(id, ada.token)
      await when(second, () => second.synced)
      expect(textsOf(second.doc)).toEqual(textsOf(first.doc))
    } finally {
      for (const client of held) client.release()
    }
  })

  test('17: a run without an end opens a recovery, a run that ended does not', async () => {
    const { pool } = site.database
    await pool.query('delete from server_run')
    const id = await makeDocument(pool, ada.id)
    const clean = new ServerRun(pool)
    expect(await clean.recoveryOf(id, { forMs: 1_000 })).toBeNull()
    await clean.end()
    const killed = new ServerRun(pool)
    expect(await killed.recoveryOf(id, { forMs: 1_000 })).toBeNull()
    const next = new ServerRun(pool)
    const recovery = await next.recoveryOf(id, { forMs: 1_000 })
    expect(recovery && recovery.until - recovery.claimedBefore).toBe(1_000)
    // Found dead once: a later start does not move it.
    await next.end()
    expect(await new ServerRun(pool).recoveryOf(id, { forMs: 1_000 })).toEqual(recovery)
  })

  test('17: bytes that were set aside open one for their document alone', async () => {
    const { pool } = site.database
    await pool.query('delete from server_run')
    const [hurt, well] = [await makeDocument(pool, ada.id), await makeDocument(pool, ada.id)]
    await pool.query(`insert into quarantine (document_id, data, reason) values ($1, '\\x00', 'test')`, [
      hurt,
    ])
    const run = new ServerRun(pool)
    expect(await run.recoveryOf(hurt, { forMs: 1_000 })).not.toBeNull()
    expect(await run.recoveryOf(well, { forMs: 1_000 })).toBeNull()
  })

  test('the time of the last change is written for many at once, and never back', async () => {
    const { pool } = site.database
    const id = await makeDocument(pool, ada.id)
    const at = async () => {
      const { rows } = await pool.query<{ updated_at: Date }>(
        'select updated_at from document where id = $1',
        [id],
      )
      return rows[0]?.updated_at.getTime()
    }
    const later = Date.now() + 60_000
    await writeUpdatedAt(pool, [[id, later]])
    expect(await at()).toBe(later)
    await writeUpdatedAt(pool, [[id, later - 30_000]])
    expect(await at()).toBe(later)
  })
})
