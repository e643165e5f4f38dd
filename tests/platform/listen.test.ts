import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pino from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { type Config, readConfig } from '../../server/config'
import { answerDiagramFrame } from '../../server/http/diagram-frame'
import { type Handlers, type Listening, listen } from '../../server/http/listen'
import { createMetrics } from '../../server/metrics'
import { freePort } from '../support/free-port'

const logged: Record<string, unknown>[] = []
const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) })
const ready = { database: 'ok', redis: 'not configured', migrations: 'ok' }
const company = { OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'r', OIDC_CLIENT_SECRET: 's' }

let open: Listening | null = null
afterEach(async () => {
  await open?.close(0)
  open = null
})

/** A server that listens, with pages that answer by their path. */
async function listening(
  env: Record<string, string> = {},
  given: Partial<Handlers> | null = {},
  readiness = ready,
) {
  const config = readConfig({ argv: [], env: { PORT: String(await freePort()), ...env } })
  open = await listen({ config, log, metrics: createMetrics(), readiness: async () => readiness })
  if (given) {
    open.serve({
      pages: (req, res) => void res.end(`page ${req.url}, nonce ${req.headers['x-nonce']}`),
      identityProvider: { handle: (req, res) => void res.end(`provider ${req.url}`) },
      sync: (_req, socket) => void socket.end('HTTP/1.1 101 Switching Protocols\r\nx-who: sync\r\n\r\n'),
      reload: null,
      diagramFrame: async () => false,
      ...given,
    })
  }
  return config
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** `fetch` does not let a test choose the Host. */
async function get(
  config: Config,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const sent = request({
    host: '127.0.0.1',
    port: config.port,
    path,
    method,
    headers: { host: `localhost:${config.port}`, ...headers },
  })
  return answerOf(sent.end())
}

async function answerOf(sent: ClientRequest): Promise<Answer> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  let body = ''
  for await (const chunk of response.setEncoding('utf8')) body += chunk
  return { status: response.statusCode ?? 0, headers: response.headers, body }
}

/** What comes back for a request to upgrade; empty when the socket is ended without a word. */
async function upgrade(config: Config, path: string, host = `localhost:${config.port}`): Promise<string> {
  const socket = connect(config.port, '127.0.0.1')
  socket.write(
    `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
  )
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  await once(socket, 'close')
  return text
}

describe('one port', () => {
  test('shows pages and the provider, each with its own requests', async () => {
    const config = await listening()
    expect((await get(config, '/d/1')).body).toContain('page /d/1')
    expect((await get(config, '/oidc/auth?x=1')).body).toBe('provider /oidc/auth?x=1')
    expect((await get(config, '/oidcx')).body).toContain('page /oidcx')
  })
  test('hands a document’s socket to sync and ends every other upgrade', async () => {
    const config = await listening()
    expect(await upgrade(config, '/collab/1')).toContain('x-who: sync')
    expect(await upgrade(config, '/')).toContain('404 Not Found')
    expect(await upgrade(config, '/_next/webpack-hmr')).toContain('404 Not Found')
    expect(await upgrade(config, '/collab/1', 'evil.example.com')).toContain('421 Misdirected')
  })
  test('answers on both names of loopback', async () => {
    const config = await listening()
    for (const host of ['127.0.0.1', '[::1]']) {
      expect((await fetch(`http://${host}:${config.port}/healthz`)).status).toBe(200)
    }
  })
  test('that is taken is told with what to do, on either name', async () => {
    const config = await listening()
    const second = listen({ config, log, metrics: createMetrics(), readiness: async () => ready })
    await expect(second).rejects.toThrow(
      `Port ${config.port} is in use by another program. Stop that one, or choose another port: npm start -- --port ${config.port + 1}.`,
    )
    const onlySix = readConfig({ argv: [], env: { PORT: String(await freePort()), HOST: '::1' } })
    const six = await listen({ config: onlySix, log, metrics: createMetrics(), readiness: async () => ready })
    const both = { ...onlySix, host: null }
    await expect(
      listen({ config: both, log, metrics: createMetrics(), readiness: async () => ready }),
    ).rejects.toThrow('is in use')
    await six.close(0)
  })
})

describe('a request', () => {
  test('for another host is refused in the form of all errors', async () => {
    const config = await listening()
    const { status, body, headers } = await get(config, '/', { host: 'evil.example.com' })
    expect(status).toBe(421)
    expect(JSON.parse(body).error).toMatchObject({ code: 'wrong_host', requestId: headers['x-request-id'] })
    expect((await get(config, '/', { 'x-forwarded-for': '1.2.3.4' })).status).toBe(421)
    const requestId = headers['x-request-id']
    expect(logged.filter((line) => line.requestId === requestId)).toEqual([
      expect.objectContaining({ level: 30, code: 'wrong_host', msg: 'A request was refused.' }),
    ])
    expect(JSON.stringify(logged)).not.toContain('evil.example.com')
  })
  test('with an absolute address is refused: it names another host than the header', async () => {
    const config = await listening()
    expect((await get(config, 'http://evil.example.com/')).status).toBe(400)
  })
  test('cannot choose its own id or nonce', async () => {
    const config = await listening()
    const given = {
      'x-request-id': 'mine',
      'x-nonce': 'mine',
      'content-security-policy': "script-src 'nonce-mine'",
    }
    const { headers, body } = await get(config, '/', given)
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(body).not.toContain('nonce mine')
    const nonce = /nonce ([^ ]+)$/.exec(body)?.[1]
    expect(headers['content-security-policy']).toContain(`script-src 'self' 'nonce-${nonce}';`)
  })
  test('that fails is answered without a word of why', async () => {
    const config = await listening(
      {},
      {
        pages: () => {
          throw new Error('private')
        },
      },
    )
    const { status, body } = await get(config, '/')
    expect(status).toBe(500)
    expect(body).not.toContain('private')
  })
})

test('every answer carries the strict headers', async () => {
  const config = await listening()
  const first = await get(config, '/')
  expect(first.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
  })
  const policy = first.headers['content-security-policy'] ?? ''
  for (const rule of [
    "default-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]) {
    expect(policy).toContain(rule)
  }
  expect(policy).toContain(`connect-src 'self' ws://localhost:${config.port};`)
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  const second = await get(config, '/healthz')
  expect(second.headers['content-security-policy']).not.toBe(policy)
})

test('what somebody has uploaded is no document of ours, on whichever way it is asked for', async () => {
  const config = await listening()
  const file = '/attachments/003c0028-7d22-8484-b447-508bb7da7460'
  for (const path of [
    `/api/v1${file}`,
    `/api/v1${file}?as=page`,
    `/api/v1/x/..${file}`,
    `/api/v1/.${file}`,
  ]) {
    const { headers } = await get(config, path)
    expect(headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'; style-src/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  }
  const page = await get(config, '/d/some?from=/attachments/x')
  expect(page.headers['content-security-policy']).not.toContain('sandbox')
})

test('diagrams are drawn in a document without origin, and nowhere else is anything framed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rationale-diagram-'))
  const root = join(import.meta.dirname, '../..')
  // The launcher has no types: it runs before there is anything that could read them.
  const launcher = pathToFileURL(join(root, 'server/launch/diagram-frame.mjs')).href
  await (await import(launcher)).buildDiagramFrame(root, folder)
  const config = await listening(
    {},
    { diagramFrame: (req, res) => answerDiagramFrame(req, res, join(folder, 'diagram'), config) },
  )
  const own = `http://localhost:${config.port}/diagram/`
  const page = await get(config, '/')
  expect(page.headers['content-security-policy']).toContain(`frame-src ${own}frame;`)

  const frame = await get(config, '/diagram/frame')
  expect(frame.headers['content-security-policy']).toBe(
    `default-src 'none'; script-src ${own}; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-scripts`,
  )
  expect(frame.headers).toMatchObject({
    'x-frame-options': 'SAMEORIGIN',
    'cross-origin-resource-policy': 'same-origin',
  })
  const entry = /src="([^"]+)"/.exec(frame.body)?.[1] ?? ''
  const script = await get(config, entry)
  expect(script.status).toBe(200)
  expect(script.headers).toMatchObject({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'content-type': 'text/javascript; charset=utf-8',
  })
  const packed = await get(config, entry, { 'accept-encoding': 'gzip' })
  expect(packed.headers['content-encoding']).toBe('gzip')
  for (const path of ['/diagram/', '/diagram/other.js', '/diagram/..%2fserver.mjs', '/diagram/frame.html']) {
    expect((await get(config, path)).status, path).toBe(404)
  }
  expect((await get(config, '/diagram/frame', {}, 'POST')).status).toBe(405)
  await rm(folder, { recursive: true })
})

describe('before everything has started', () => {
  test('a browser sees a page that asks again, a program a reason to wait', async () => {
    const config = await listening({}, null, { ...ready, database: 'does not answer' })
    const page = await get(config, '/', { accept: 'text/html' })
    expect(page.status).toBe(503)
    expect(page.body).toContain('http-equiv="refresh"')
    const program = await get(config, '/api/v1/me')
    expect(program.status).toBe(503)
    expect(program.headers['retry-after']).toBe('2')
    expect(JSON.parse(program.body).error.code).toBe('unavailable')
    expect(await upgrade(config, '/collab/1')).toContain('503 Service Unavailable')
  })
  test('health is told as it is', async () => {
    const config = await listening({}, null, { ...ready, database: 'does not answer' })
    expect((await get(config, '/healthz')).status).toBe(200)
    const { status, body } = await get(config, '/readyz')
    expect(status).toBe(503)
    expect(JSON.parse(body)).toEqual({
      database: 'does not answer',
      redis: 'not configured',
      migrations: 'ok',
    })
  })
})

test('a node without its Redis is degraded, and ready', async () => {
  const config = await listening({}, undefined, { ...ready, redis: 'degraded' })
  const { status, body } = await get(config, '/readyz')
  expect(status).toBe(200)
  expect(JSON.parse(body).redis).toBe('degraded')
})

test('readiness is 200 when everything is ok', async () => {
  const config = await listening()
  const { status, body } = await get(config, '/readyz')
  expect(status).toBe(200)
  expect(JSON.parse(body)).toEqual(ready)
  expect((await get(config, '/readyz', {}, 'POST')).status).toBe(405)
})

describe('metrics', () => {
  const bearer = { authorization: 'Bearer sixteen-characters-long' }
  test('are read from this machine', async () => {
    const config = await listening()
    await get(config, '/')
    const { status, body, headers } = await get(config, '/metrics')
    expect(status).toBe(200)
    expect(headers['content-type']).toContain('text/plain; version=0.0.4')
    expect(body).toMatch(/^rationale_http_requests_total\{status="2xx"\} \d+$/m)
    expect(body).toMatch(/^rationale_process_resident_memory_bytes \d+$/m)
  })
  test('need the token once there is a public address', async () => {
    const config = await listening({
      ...company,
      PUBLIC_URL: 'https://design.example.com',
      METRICS_TOKEN: 'sixteen-characters-long',
    })
    expect((await get(config, '/metrics')).status).toBe(401)
    expect((await get(config, '/metrics', { authorization: 'Bearer another' })).status).toBe(401)
    expect((await get(config, '/metrics', bearer)).status).toBe(200)
  })
  test('are nobody’s where there is a public address and no token', async () => {
    const config = await listening({ ...company, PUBLIC_URL: 'https://design.example.com' })
    expect((await get(config, '/metrics', bearer)).status).toBe(401)
  })
})

test('closing lets the last answer out and takes nothing new', async () => {
  let finish = (): void => {}
  const config = await listening(
    {},
    {
      pages: (_req, res) => {
        res.write('begun')
        finish = () => void res.end(', finished')
      },
    },
  )
  const sent = request({
    host: '127.0.0.1',
    port: config.port,
    headers: { host: `localhost:${config.port}` },
  })
  const [response] = (await once(sent.end(), 'response')) as [IncomingMessage]
  const closed = open?.close(60_000)
  await expect(fetch(`http://localhost:${config.port}/healthz`)).rejects.toThrow()
  finish()
  let body = ''
  for await (const chunk of response.setEncoding('utf8')) body += chunk
  expect(body).toBe('begun, finished')
  await closed
})

test('answers that take too long are cut off when it retires, and sockets that were handed on are not', async () => {
  let handOn = () => {}
  const handedOn = new Promise<void>((resolve) => {
    handOn = resolve
  })
  const config = await listening(
    {},
    {
      pages: (_req, res) => void res.write('begun'),
      sync: (_req, socket) => {
        socket.on('data', () => socket.write('saved'))
        handOn()
      },
    },
  )
  const sent = request({
    host: '127.0.0.1',
    port: config.port,
    headers: { host: `localhost:${config.port}` },
  })
  const [response] = (await once(sent.end(), 'response')) as [IncomingMessage]
  const cutOff = new Promise((resolve) => response.on('error', resolve))
  const page = connect(config.port, '127.0.0.1')
  page.write(
    `GET /collab/1 HTTP/1.1\r\nhost: localhost:${config.port}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`,
  )
  await handedOn
  await open?.retire(0)
  await cutOff
  page.write('what was typed last')
  expect(String((await once(page, 'data'))[0])).toBe('saved')
  const gone = once(page.resume(), 'close')
  await open?.close(0)
  await gone
})
