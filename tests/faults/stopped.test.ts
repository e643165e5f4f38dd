import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DocumentId } from '../../lib/id'
import { runLock } from '../../server/db/only-one'
import { until } from './agreement'
import { Network } from './network'
import { saved, typing } from './nodes'
import type { Writer } from './writer'

/** Signs of life that can be waited for, folding after a few words, and no comparison that would heal anything. */
const limits = {
  nodeHeartbeatMs: 500,
  nodeCompareMs: 3_600_000,
  keepAliveMs: 1_000,
  compactUpdates: 20,
  compactEveryMs: 1,
}

let here: Network
beforeAll(async () => {
  here = await Network.open({ nodes: 2, limits })
}, 240_000)
afterAll(() => here?.close())

let id: DocumentId
let ada: Writer
let grace: Writer
let stop = () => {}
const both = () => [ada, grace]
const other = () => here.nodes[1] as (typeof here.nodes)[number]

/** Ada at the node that will stand still, Grace at the other. */
beforeEach(async () => {
  id = await here.document()
  ada = await here.writer('ada', id)
  grace = await here.writer('grace', id, other())
  for (const writer of both()) writer.provider.awareness.setLocalState({})
  stop = typing(both())
  await saved(both(), 30)
  return async () => {
    here.node.signal('SIGCONT')
    stop()
    for (const writer of both()) writer.leave()
  }
})

async function agreed(): Promise<void> {
  await saved(both(), 20)
  stop()
  await here.agree(id, both())
}

/** Runs that the database takes for dead, and those whose lock is held. */
async function runs(): Promise<{ dead: number; alive: number }> {
  const { rows } = await here.database.pool.query<{ dead: number; alive: number }>(
    `select count(*) filter (where found_dead_at is not null)::int as dead,
            count(*) filter (where not pg_try_advisory_xact_lock(${runLock('id::text')}))::int as alive
       from server_run where ended_at is null`,
  )
  return rows[0] ?? { dead: -1, alive: -1 }
}

/** Connections that stand in a transaction which folds a log, waiting for a lock or for their node. */
const folding = (how: 'Lock' | 'Client') =>
  here.database.pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and wait_event_type = $1
        and query like 'insert into document_snapshot%'`,
    [how],
  )

test.each(['comes to itself', 'is closed by the server'] as const)(
  '33, 35: a node stands still: it is not dead, its people are gone and come back, the others go on; whoever stayed with it %s',
  async (end) => {
    const people = () => grace.provider.awareness.getStates().size
    await until(() => people() === 2)
    expect(await runs()).toEqual({ dead: 0, alive: 2 })
    const { acknowledged } = ada
    here.node.signal('SIGSTOP')
    await until(() => people() === 1)
    // Its lock stays, so that nothing of a killed node's people is looked for.
    expect(await runs()).toEqual({ dead: 0, alive: 2 })
    await saved([grace], 100)
    const kept = ada.provider.ws
    if (end === 'is closed by the server') ada.provider.wsLastMessageReceived -= 31_000
    if (end === 'is closed by the server') await until(() => ada.provider.ws !== kept)
    here.node.signal('SIGCONT')
    await until(() => people() === 2)
    await until(() => ada.acknowledged > acknowledged + 20)
    expect(await runs()).toEqual({ dead: 0, alive: 2 })
    await agreed()
  },
  120_000,
)

test.each(['goes on', 'has been given up by the database'] as const)(
  'a node stands still in the middle of folding and %s: no old snapshot over a newer one, and nothing is lost',
  async (end) => {
    const { pool } = here.database
    // Grace reads: only Ada's node has something to fold.
    stop()
    await until(() => both().every(({ acknowledged, typed }) => acknowledged === typed))
    const holder = await pool.connect()
    await holder.query('begin')
    await holder.query('lock table document_snapshot in share mode')
    stop = typing([ada])
    await until(async () => (await folding('Lock')).rows.length > 0)
    here.node.signal('SIGSTOP')
    await holder.query('commit')
    holder.release()
    stop()
    stop = typing(both())
    await saved([grace], 50)
    // Its insert is done, and its transaction waits for it.
    const stuck = (await folding('Client')).rows
    expect(stuck).toHaveLength(1)
    if (end === 'has been given up by the database')
      for (const { pid } of stuck) await pool.query('select pg_terminate_backend($1)', [pid])
    const made = await here.metric('sync_snapshots', other())
    await saved([grace], 100)
    if (end === 'has been given up by the database')
      await until(async () => (await here.metric('sync_snapshots', other())) > made)
    const newest = await newestSnapshot()
    here.node.signal('SIGCONT')
    await agreed()
    // What is newest holds all that it held, whoever wrote it last.
    expect(await newestSnapshot()).toBeGreaterThanOrEqual(newest)
  },
  120_000,
)

/** Bytes of the newest snapshot: text is only added here. */
async function newestSnapshot(): Promise<number> {
  const { rows } = await here.database.pool.query<{ bytes: number }>(
    'select length(data) as bytes from document_snapshot where document_id = $1 order by id desc limit 1',
    [id],
  )
  return rows[0]?.bytes ?? 0
}
