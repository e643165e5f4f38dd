import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type Server, type Socket, connect as tcp } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { isAlive } from '../../server/db/process-table'
import { syncLimits } from '../../server/sync/limits'
import { testDatabase } from '../support/database'
import { freePort } from '../support/free-port'
import { runCommand, type ServerProcess, startServer } from '../support/server'
import { tempFolder } from '../support/temp-folder'

const pristine = () => inject('cluster').pristine
const postmaster = async (server: ServerProcess) =>
  Number((await readFile(join(server.dataDir, 'pg', 'postmaster.pid'), 'utf8')).split('\n')[0])
const json = async (address: string, init: RequestInit = {}) => {
  const response = await fetch(address, init)
  return { status: response.status, body: await response.json() }
}

describe('a server that runs', () => {
  let server: ServerProcess
  beforeAll(async () => {
    // The very first start, with the making of the database.
    server = await startServer({ env: { LIMITS: '{"commitSpacingMs": 9}' } })
  }, 300_000)
  afterAll(() => server.remove())

  test('says where it is and how to sign in, each once', () => {
    const told = server.stdout()
    for (const words of [`Rationale is ready at ${server.origin}`, 'Sign in with one click as Ada']) {
      expect(told.split(words)).toHaveLength(2)
    }
  })
  test('is alive, ready, and shows a page', async () => {
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
    expect(await json(`${server.origin}/readyz`)).toEqual({
      status: 200,
      body: { database: 'ok', redis: 'not configured', migrations: 'ok' },
    })
    const page = await fetch(`${server.origin}/sign-in`)
    expect(page.status).toBe(200)
    const html = await page.text()
    const nonce = /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1]
    const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)]
    expect(inline.length).toBeGreaterThan(0)
    for (const [, attributes] of inline) expect(attributes).toContain(`nonce="${nonce}"`)
  })
  test('shows every limit that holds, those that were set among them', async () => {
    const shown = await (await fetch(`${server.origin}/metrics`)).text()
    for (const [name, value] of Object.entries({ ...syncLimits, commitSpacingMs: 9 })) {
      const metric = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      expect(shown).toContain(`\nrationale_limit_${metric} ${value}\n`)
    }
  })
  test('leaves its number in the data folder', async () => {
    expect(Number(await readFile(join(server.dataDir, 'server.pid'), 'utf8'))).toBe(server.pid())
  })
  test('keeps a second process off its folder, and does not notice', async () => {
    const second = await runCommand(['--data', server.dataDir, '--port', String(await freePort())])
    expect(second.code).toBe(1)
    expect(second.stdout).toBe('')
    expect(second.stderr).toBe(
      `Rationale is already running on the data folder ${server.dataDir} (process ${server.pid()}). Stop it first, or give this one a folder of its own: npm start -- --data DIR.\n`,
    )
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200)
  })
  test('keeps its port; whoever wants it is told, and leaves nothing behind', async () => {
    const other = await tempFolder()
    const second = await runCommand(['--data', other.path, '--port', String(server.port)])
    expect(second.code).toBe(1)
    expect(second.stderr).toBe(
      `Port ${server.port} is in use by another program. Stop that one, or choose another port: npm start -- --port ${server.port + 1}.\n`,
    )
    expect(await readdir(other.path)).toEqual([])
    await other.remove()
  })
  test('takes what the program writes that PROTOCOL.md shows, as it stands there', async () => {
    const token = await server.token('ada')
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const made = await json(`${server.origin}/api/v1/documents`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ title: 'Of a program', templateKey: 'blank' }),
    })
    const { id } = made.body as { id: string }
    const page = await readFile(join(import.meta.dirname, '../../lib/sync/PROTOCOL.md'), 'utf8')
    const code = /```js\n(.+?)```/s
      .exec(page)?.[1]
      ?.replace("'http://localhost:3000'", `'${server.origin}'`)
      .replace("'0b2e…'", `'${id}'`)
    const program = spawn(process.execPath, ['--input-type=module', '--eval', code ?? ''], {
      env: { ...process.env, RATIONALE_TOKEN: token },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    program.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const body = async () =>
      (await fetch(`${server.origin}/api/v1/documents/${id}/content`, { headers })).text()
    try {
      await vi.waitUntil(async () => said !== '' || (await body()).includes('Written by a program.'), {
        timeout: 20_000,
        interval: 200,
      })
      expect(said).toBe('')
    } finally {
      program.kill()
    }
  })
  test('gives tokens for the built-in people while it runs', async () => {
    const ended = await runCommand(['--data', server.dataDir, '--token-for', 'ada', '--scope', 'read'])
    expect(ended.code).toBe(0)
    expect(ended.stdout).toMatch(/^rat_[\w-]+\n$/)
    const { status, body } = await json(`${server.origin}/api/v1/me`, {
      headers: { authorization: `Bearer ${ended.stdout.trim()}` },
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({ name: 'Ada Lovelace', scope: 'read' })
    const nobody = await runCommand(['--data', server.dataDir, '--token-for', 'mallory'])
    expect(nobody).toMatchObject({ code: 1, stdout: '' })
    expect(nobody.stderr).toContain('Give one of ada, grace, linus, margaret, edsger.')
  })
  test('killed, leaves a folder that the next start opens with the same database', async () => {
    const token = await server.token('grace')
    const left = await postmaster(server)
    await server.kill()
    expect(await isAlive(left)).toBe(true)
    await server.start()
    expect(await postmaster(server)).toBe(left)
    const { body } = await json(`${server.origin}/api/v1/me`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(body).toMatchObject({ name: 'Grace Hopper' })
  })
  test('asked to end, three times over, ends with 0 and leaves nothing running', async () => {
    const database = await postmaster(server)
    const idle = tcp(server.port, '127.0.0.1')
    await once(idle, 'connect')
    server.signal('SIGINT')
    server.signal('SIGTERM')
    const ended = await server.stop()
    expect(ended).toMatchObject({ code: 0, signal: null })
    expect(await isAlive(database)).toBe(false)
    const left = await readdir(server.dataDir)
    expect(left).not.toContain('server.pid')
    expect(left).not.toContain('server.lock')
    expect(ended.stderr).not.toContain('"level":"error"')
    idle.destroy()
  })
  test('gives tokens when nobody runs, and stops what it started', async () => {
    expect(await server.token('linus')).toMatch(/^rat_/)
    expect(await readdir(join(server.dataDir, 'pg'))).not.toContain('postmaster.pid')
  })
})

test('a signal in the middle of the start is obeyed', async () => {
  const server = await startServer({ pristine: pristine(), waitForReady: false })
  await vi.waitUntil(async () => (await readdir(server.dataDir)).includes('server.pid'), { timeout: 60_000 })
  const ended = await server.stop()
  expect(ended).toMatchObject({ code: 0, signal: null })
  expect(await readdir(join(server.dataDir, 'pg'))).not.toContain('postmaster.pid')
  await server.remove()
})

test('wrong settings are told, all of them, before anything is started', async () => {
  const folder = await tempFolder()
  const ended = await runCommand(['--data', folder.path], { PORT: 'http', AUTH_SECRET: 'short' })
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toContain('PORT: give a number')
  expect(ended.stderr).toContain('AUTH_SECRET: give 32')
  expect(await readdir(folder.path)).toEqual([])
  await folder.remove()
})

test('a limit that there is not is refused by name', async () => {
  const folder = await tempFolder()
  const ended = await runCommand(['--data', folder.path], { LIMITS: '{"maxSokets": 3}' })
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toContain('LIMITS: there is no limit called maxSokets. There are maxUpdateBytes')
  expect(await readdir(folder.path)).toEqual([])
  await folder.remove()
})

test('--help is told on standard output', async () => {
  const ended = await runCommand(['--help'])
  expect(ended.code).toBe(0)
  expect(ended.stdout).toContain('DATABASE_URL')
})

describe('a database that does not answer', () => {
  let away: Away
  let server: ServerProcess
  afterEach(async () => {
    await server.remove()
    await away.close()
  })

  test('at the start or later is told; the server waits for it and comes back by itself', async () => {
    const { host, port: pgPort, user } = inject('cluster')
    const database = await testDatabase({ empty: true })
    const name = new URL(database.url).pathname.slice(1)
    away = await openAway(join(host, `.s.PGSQL.${pgPort}`))
    const url = `postgresql://${user}:a-password@127.0.0.1:${away.port}/${name}`
    server = await startServer({ env: { DATABASE_URL: url }, waitForReady: false })
    const readiness = async () => (await fetch(`${server.origin}/readyz`).catch(() => null))?.status

    await vi.waitUntil(() => server.stderr().includes('does not answer. Start it, or correct DATABASE_URL'), {
      timeout: 60_000,
    })
    expect(await json(`${server.origin}/readyz`)).toMatchObject({
      status: 503,
      body: { database: 'does not answer', migrations: 'waiting for the database' },
    })
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
    expect((await fetch(`${server.origin}/`, { headers: { accept: 'text/html' } })).status).toBe(503)

    away.comeBack()
    await vi.waitUntil(async () => (await readiness()) === 200, { timeout: 30_000 })
    await vi.waitUntil(async () => (await fetch(`${server.origin}/sign-in`)).status === 200, {
      timeout: 30_000,
    })

    away.leave()
    await vi.waitUntil(async () => (await readiness()) === 503, { timeout: 30_000 })
    away.comeBack()
    await vi.waitUntil(async () => (await readiness()) === 200, { timeout: 30_000 })

    expect(server.stderr()).not.toContain('a-password')
    expect(await server.stop()).toMatchObject({ code: 0 })
    await database.close()
  })
})

interface Away {
  readonly port: number
  comeBack(): void
  leave(): void
  close(): Promise<void>
}

/** A way to a database over TCP that is closed at first: connections are cut as soon as they are made. */
async function openAway(socketPath: string): Promise<Away> {
  let there = false
  const sockets = new Set<Socket>()
  const server: Server = createServer((client) => {
    if (!there) return client.destroy()
    const database = tcp(socketPath)
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.once('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cutAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as { port: number }).port,
    comeBack: () => {
      there = true
    },
    leave: () => {
      there = false
      cutAll()
    },
    close: async () => {
      cutAll()
      server.close()
      await once(server, 'close')
    },
  }
}
