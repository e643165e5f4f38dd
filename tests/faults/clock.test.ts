import { expect, test } from 'vitest'
import { readClaims } from '../../server/document/client-claim'
import { ServerRun } from '../../server/sync/server-run'
import { testDatabase } from '../support/database'
import { textsOf } from '../support/raw-body'
import { makeDocument, makePerson } from '../sync/documents'
import { World } from '../sync/world'

const hourMs = 3_600_000

test('17: a clock that is set an hour on and two back while people type, and over a kill, decides nothing: order is the log’s, and waits go on', async () => {
  const world = new World({ compactUpdates: 3, compactEveryMs: 1 })
  const [ada, grace] = [world.open('ada'), world.open('grace')]
  await world.calm()
  for (const [round, ms] of [0, hourMs, -2 * hourMs, hourMs].entries()) {
    world.clock.set(ms)
    ada.type(`a${round}`)
    grace.type(`g${round}`)
    await world.calm()
    expect([ada.closeCode, grace.closeCode]).toEqual([null, null])
    expect([ada.saved.size, grace.saved.size]).toEqual([round + 1, round + 1])
  }
  // The next run believes that it began an hour before the one that was killed.
  ada.type('lost')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  await world.pass(10)
  while (grace.pair?.canDeliverToPage) grace.pair.deliverToPage()
  world.kill()
  world.clock.set(-hourMs)
  await world.pass(1_000)
  world.start()
  world.connect(grace)
  await world.calm()
  world.connect(ada)
  await world.calm()
  expect([ada.refusal, grace.refusal]).toEqual([null, null])
  expect(ada.text).toBe(grace.text)
  expect(textsOf(await world.stored()).join('\n')).toBe(ada.text)
  for (const word of ['a0', 'g0', 'a1', 'g1', 'a2', 'g2', 'a3', 'g3', 'lost'])
    expect(ada.text.split(`${word} `), word).toHaveLength(2)
})

test('17: a database whose clock is an hour back when it finds a run dead opens the recovery for all who had written by then', async () => {
  const database = await testDatabase()
  const { pool } = database
  const run = new ServerRun(pool)
  await run.begin()
  const documentId = await makeDocument(pool, await makePerson(pool, 'ada'))
  // As the clock of the run that died had it.
  await pool.query(
    `insert into document_client (document_id, client_id, person_id, claimed_at)
     select $1, 9, owner_id, now() + interval '1 hour' from document where id = $1`,
    [documentId],
  )
  const recovery = await new ServerRun(pool).recoveryOf(documentId, { forMs: hourMs })
  const claims = await readClaims(pool, documentId)
  expect(claims).toHaveLength(2)
  for (const { claimedAt } of claims) expect(claimedAt).toBeLessThan(recovery?.claimedBefore ?? 0)
  await database.close()
})
