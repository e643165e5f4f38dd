import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Browser } from '../auth/browser'
import { type TestDatabase, testDatabase } from '../support/database'
import { freePort } from '../support/free-port'
import { tempFolder } from '../support/temp-folder'

const root = join(import.meta.dirname, '..', '..')

let database: TestDatabase
let folder: Awaited<ReturnType<typeof tempFolder>>
let cluster: ChildProcess
let origin: string
let said = ''
beforeAll(async () => {
  database = await testDatabase()
  folder = await tempFolder()
  const port = await freePort()
  origin = `http://localhost:${port}`
  cluster = spawn(
    process.execPath,
    [join(root, 'server/launch/cluster.mjs'), '--port', String(port), '--data', folder.path],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: database.url, REDIS_URL: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const read = (text: string) => {
    said += text
  }
  cluster.stderr?.setEncoding('utf8').on('data', read)
  await new Promise<void>((resolve, reject) => {
    cluster.stdout?.setEncoding('utf8').on('data', (text: string) => {
      read(text)
      if (said.includes('Two nodes are ready')) resolve()
    })
    cluster.once('exit', () => reject(new Error(said)))
  })
}, 300_000)
afterAll(async () => {
  if (cluster?.exitCode === null) {
    cluster.kill('SIGTERM')
    await once(cluster, 'exit')
  }
  await folder?.remove()
  await database?.close()
})

/** A request on a connection of its own, so that the next one goes to the other node. */
const ready = async () => {
  const response = await fetch(`${origin}/readyz`, { headers: { connection: 'close' } })
  return response.json()
}

test('two nodes behind one address: Ada signs in once, and both know her', async () => {
  const browser = new Browser(origin)
  const { csrfToken } = JSON.parse((await browser.request('/api/auth/csrf')).text)
  const asked = await browser.go('/api/auth/signin/company', {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, callbackUrl: '/signed-in' }),
    headers: { origin },
  })
  const arrived = await browser.submit(asked, { subject: 'ada' })
  expect(arrived.text).toContain('Ada Lovelace')
  for (let i = 0; i < 4; i++) {
    const me = await browser.request('/api/v1/me', { headers: { connection: 'close' } })
    expect(JSON.parse(me.text)).toMatchObject({ name: 'Ada Lovelace' })
  }
})

test('one node is killed: the other answers everything, and all ends with a signal', async () => {
  const pids = [...said.matchAll(/\(process (\d+)\)/g)].map((match) => Number(match[1]))
  expect(pids).toHaveLength(2)
  process.kill(pids[1] ?? 0, 'SIGKILL')
  await vi.waitUntil(() => said.includes('the other one goes on'), { timeout: 20_000 })
  for (let i = 0; i < 4; i++) expect(await ready()).toMatchObject({ database: 'ok', redis: 'ok' })
  const ended = once(cluster, 'exit')
  cluster.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})
