import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readAccess } from '../../../components/sync/read-access'
import type { ErrorCode } from '../../../lib/errors'
import { ada, documentOf } from './session-world'

type Answer = () => Response | Promise<Response>

let me: Answer
let document: Answer
let asked: string[]

beforeEach(() => {
  me = () => Response.json({ id: ada.id, name: ada.name })
  document = () => Response.json(documentOf('editor'))
  asked = []
  // As in a browser: a call that is ended before its answer came is rejected with the signal's reason.
  vi.stubGlobal('fetch', (path: string, { signal }: RequestInit) => {
    asked.push(path)
    return new Promise<Response>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason))
      Promise.resolve((path.endsWith('/me') ? me : document)()).then(resolve, reject)
    })
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const read = (...more: [(() => AbortSignal)?]) => readAccess(ada.id, documentOf().id, ...more)
const failure = (status: number, code: ErrorCode) => () =>
  Response.json({ error: { code, message: 'So it is.', requestId: 'r-1' } }, { status })
const page = (status: number, text: string) => () =>
  new Response(text, { status, headers: { 'content-type': 'text/html' } })

test('the server says who is signed in and what they may do', async () => {
  expect(await read()).toEqual({ kind: 'ok', document: documentOf('editor'), canWrite: true })
  document = () => Response.json(documentOf('viewer'))
  expect(await read()).toEqual({ kind: 'ok', document: documentOf('viewer'), canWrite: false })
})

test('of a document that somebody else is signed in for, nothing is asked', async () => {
  me = () => Response.json({ id: '00000000-0000-4000-8000-00000000000b', name: 'Grace' })
  expect(await read()).toEqual({ kind: 'other_person', name: 'Grace' })
  expect(asked).toHaveLength(1)
})

test('our own refusals are verdicts', async () => {
  document = failure(404, 'not_found')
  expect(await read()).toEqual({ kind: 'gone' })
  document = failure(403, 'forbidden')
  expect(await read()).toEqual({ kind: 'gone' })
  me = failure(401, 'unauthenticated')
  expect(await read()).toEqual({ kind: 'signed_out' })
})

test('the same status from a proxy in between is none: the page keeps its document and asks again', async () => {
  for (const answer of [
    page(404, 'default backend - 404'),
    page(403, '<h1>Blocked by policy</h1>'),
    page(401, '<h1>Proxy sign-in</h1>'),
    page(502, '<h1>Bad gateway</h1>'),
    () => Response.json({ error: { code: 404, message: 'Not Found' } }, { status: 404 }),
    () => Response.json({ error: 'forbidden' }, { status: 403 }),
  ]) {
    document = answer
    expect(await read()).toEqual({ kind: 'unreachable' })
    me = answer
    expect(await read()).toEqual({ kind: 'unreachable' })
    me = () => Response.json({ id: ada.id, name: ada.name })
  }
})

test('an address of the person that our server does not know says nothing of the document', async () => {
  me = failure(404, 'not_found')
  expect(await read()).toEqual({ kind: 'unreachable' })
})

test('a page that is given for everything, as by a hotel’s network, is nobody and no document', async () => {
  document = page(200, '<h1>Welcome to our guest network</h1>')
  expect(await read()).toEqual({ kind: 'unreachable' })
  document = () => Response.json({ ok: true })
  expect(await read()).toEqual({ kind: 'unreachable' })
  me = page(200, '<h1>Welcome to our guest network</h1>')
  expect(await read()).toEqual({ kind: 'unreachable' })
})

test('a call that is never answered ends with its time, each with its own', async () => {
  const limits: AbortController[] = []
  const limit = () => {
    const controller = new AbortController()
    limits.push(controller)
    return controller.signal
  }
  const timeIsUp = (call: number) => limits[call]?.abort(new DOMException('too late', 'TimeoutError'))
  me = () => {
    queueMicrotask(() => timeIsUp(0))
    return new Promise(() => {})
  }
  expect(await read(limit)).toEqual({ kind: 'unreachable' })
  me = () => Response.json({ id: ada.id, name: ada.name })
  document = () => {
    queueMicrotask(() => timeIsUp(2))
    return new Promise(() => {})
  }
  expect(await read(limit)).toEqual({ kind: 'unreachable' })
  expect(limits).toHaveLength(3)
})

test('a call waits for ten seconds', async () => {
  const limit = vi.spyOn(AbortSignal, 'timeout')
  await read()
  expect(limit.mock.calls).toEqual([[10_000], [10_000]])
  limit.mockRestore()
})
