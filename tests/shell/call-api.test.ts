import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addresses, addressOf, type BrowserRoute } from '../../components/api-address'
import { CallError, callApi, codeOfStatus, sentenceOf } from '../../components/call-api'
import { routes } from '../../lib/api'
import { errorCodes, errorEntry } from '../../lib/errors'

const sent: Request[] = []
let answer: (request: Request) => Response | Promise<Response>

beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const request = new Request(`http://localhost${path}`, init)
    sent.push(request)
    request.signal.throwIfAborted()
    return answer(request)
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers })

async function failure(call: Promise<unknown>): Promise<CallError> {
  const thrown = await call.then(
    () => null,
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(CallError)
  return thrown as CallError
}

describe('the address of a call', () => {
  it('is the one of lib/api.ts, for every route that the browser knows', () => {
    for (const name of Object.keys(addresses) as BrowserRoute[]) {
      expect(addresses[name]).toBe(`${routes[name].method} ${routes[name].path}`)
    }
  })

  it('escapes what stands in its path and leaves out what was not given', () => {
    expect(
      addressOf('putMember', { id: '../../etc', userOrGroup: 'a b' }, { q: '', limit: 5, cursor: undefined }),
    ).toEqual({ method: 'PUT', url: '/api/v1/documents/..%2F..%2Fetc/members/a%20b?limit=5' })
  })

  it('is none without a parameter of its path', () => {
    expect(() => addressOf('getDocument')).toThrow('{id}')
  })
})

describe('a call that succeeds', () => {
  it('sends JSON with the session, under a fresh key each time, and gives the answer', async () => {
    answer = () => json(201, { title: 'Retries' })
    const made = await callApi('createDocument', { body: { title: 'Retries' } })
    await callApi('createDocument', { body: { title: 'Retries' } })
    expect(made.title).toBe('Retries')
    expect(await sent[0]?.json()).toEqual({ title: 'Retries' })
    expect(sent[0]?.credentials).toBe('same-origin')
    const keys = sent.map((request) => request.headers.get('idempotency-key'))
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(keys[0]).not.toBe(keys[1])
  })

  it('repeats a key that it was given', async () => {
    answer = () => json(201, {})
    await callApi('createDocument', { body: { title: 'Retries' }, idempotencyKey: 'again' })
    expect(sent[0]?.headers.get('idempotency-key')).toBe('again')
  })

  it('sends a form with the boundary that the form chose', async () => {
    answer = async (request) =>
      json(201, { losses: [], name: ((await request.formData()).get('file') as File).name })
    const content = new FormData()
    content.set('file', new File(['# Retries'], 'retries.md', { type: 'text/markdown' }))
    expect(await callApi('importDocument', { content })).toMatchObject({ name: 'retries.md' })
  })

  it('gives nothing for an answer without a body', async () => {
    answer = () => new Response(null, { status: 204 })
    expect(await callApi('deleteDocument', { params: { id: 'one' } })).toBeUndefined()
  })
})

describe('a call that fails', () => {
  it('carries code, sentence and request id of the answer', async () => {
    answer = () => json(409, { error: { code: 'conflict', message: 'Look again.', requestId: 'r-1' } })
    const error = await failure(callApi('getDocument', { params: { id: 'one' } }))
    expect(error).toMatchObject({ code: 'conflict', message: 'Look again.', requestId: 'r-1', fromApi: true })
    expect(sentenceOf(error)).toBe('Look again.')
  })

  it('falls back on the status where the code is of another version or the answer of somebody in between', async () => {
    answer = () => json(404, { error: { code: 'lost_in_space', message: 'Gone.', requestId: 'r-2' } })
    expect(await failure(callApi('getMe'))).toMatchObject({
      code: 'not_found',
      message: 'Gone.',
      fromApi: false,
    })
    answer = () => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'x-request-id': 'r-3' } })
    expect(await failure(callApi('getMe'))).toMatchObject({
      code: 'unavailable',
      message: errorEntry('unavailable').sentence,
      requestId: 'r-3',
      fromApi: false,
    })
    answer = () => json(500, { error: 'a text' })
    expect(await failure(callApi('getMe'))).toMatchObject({ code: 'internal' })
  })

  it('says that the server cannot be reached when no answer comes, or only half of one', async () => {
    answer = () => {
      throw new TypeError('Failed to fetch')
    }
    const error = await failure(callApi('getMe'))
    expect(error.code).toBe('unavailable')
    expect(error.message).toMatch(/cannot be reached/)
    expect([error.requestId, error.fromApi]).toEqual([null, false])
    answer = () => new Response('{"name": "Ad', { headers: { 'content-type': 'application/json' } })
    expect((await failure(callApi('getMe'))).message).toMatch(/cannot be reached/)
  })

  it('throws what it was aborted with, which is no failure', async () => {
    answer = () => json(200, {})
    const stop = new AbortController()
    const reason = new Error('changed my mind')
    stop.abort(reason)
    await expect(callApi('getMe', { signal: stop.signal })).rejects.toBe(reason)
  })

  it('knows a code for every status of the table', () => {
    for (const code of errorCodes) {
      const { status } = errorEntry(code)
      expect(errorEntry(codeOfStatus(status)).status, code).toBe(status)
    }
    expect(codeOfStatus(418)).toBe('invalid')
    expect(codeOfStatus(599)).toBe('internal')
  })

  it('does not show people what a program threw', () => {
    expect(sentenceOf(new TypeError('x is not a function'))).not.toContain('function')
  })
})
