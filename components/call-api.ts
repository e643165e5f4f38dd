import type { z } from 'zod'
import type { routes } from '../lib/api'
import { type ErrorCode, errorCodes, PublicError } from '../lib/errors'
import { addressOf, type BrowserRoute } from './api-address'

type Routes = typeof routes
type InputOf<Name extends BrowserRoute, Key extends string> =
  Routes[Name] extends Record<Key, infer Schema extends z.ZodType> ? z.input<Schema> : undefined

/** What a call answers; undefined for 204. */
export type AnswerOf<Name extends BrowserRoute> = z.output<Routes[Name]['output']>

type Part<Key extends string, Value> = undefined extends Value
  ? { [K in Key]?: Value }
  : { [K in Key]: Value }

type Content = FormData | { readonly type: string; readonly data: Blob | string }

export type CallInput<Name extends BrowserRoute> = Part<'params', InputOf<Name, 'params'>> &
  Part<'body', InputOf<Name, 'body'>> & {
    query?: Partial<InputOf<Name, 'query'>>
    /** A body that is no JSON. A form brings its own media type; everything else needs one. */
    content?: Content
    /**
     * Makes a repeated creating call answer as the first did. Default: a fresh key for every POST, so that
     * only a caller who repeats by hand needs to give one.
     */
    idempotencyKey?: string
    /** `X-Document-Clock`: what of the document's text the caller has seen and speaks of. */
    clock?: string
    /** Ends the call; it then throws the signal's reason. */
    signal?: AbortSignal
  }

interface CallErrorParts {
  readonly sentence?: string | undefined
  readonly requestId?: string | null
  readonly fromApi?: boolean
  readonly cause?: unknown
}

/** A call that failed: code, sentence for the person, and the id under which the operator finds it. */
export class CallError extends PublicError {
  /** Null when no answer came, or not from our API. */
  readonly requestId: string | null
  /**
   * Our API has said this code itself. False: it is a guess from the status of an answer that anything in between
   * may have given, or there was none; what a person has must not be taken away on such a guess.
   */
  readonly fromApi: boolean

  constructor(code: ErrorCode, { sentence, requestId = null, fromApi = false, cause }: CallErrorParts = {}) {
    super(code, { ...(sentence ? { sentence } : {}), cause })
    this.requestId = requestId
    this.fromApi = fromApi
  }
}

const unreachable = 'The server cannot be reached. Check your connection, then try again.'

/** The code for an answer that does not carry one of ours, as from a proxy in between. */
export function codeOfStatus(status: number): ErrorCode {
  const known: Record<number, ErrorCode> = {
    400: 'invalid',
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not_found',
    405: 'method_not_allowed',
    408: 'timeout',
    409: 'conflict',
    412: 'stale',
    413: 'too_large',
    415: 'unsupported_media',
    421: 'wrong_host',
    422: 'schema',
    426: 'outdated',
    429: 'rate_limited',
    502: 'unavailable',
    503: 'unavailable',
    504: 'timeout',
  }
  return known[status] ?? (status >= 500 ? 'internal' : 'invalid')
}

/** The failure that an answer tells. */
export async function failureOf(response: Response): Promise<CallError> {
  const header = response.headers.get('x-request-id')
  const body: unknown = await response.json().catch(() => null)
  const error = (body as { error?: { code?: unknown; message?: unknown; requestId?: unknown } } | null)?.error
  if (typeof error !== 'object' || error === null) {
    return new CallError(codeOfStatus(response.status), { requestId: header })
  }
  const known = errorCodes.find((code) => code === error.code)
  return new CallError(known ?? codeOfStatus(response.status), {
    sentence: typeof error.message === 'string' && error.message ? error.message : undefined,
    requestId: typeof error.requestId === 'string' ? error.requestId : header,
    fromApi: known !== undefined,
  })
}

/** What `CallInput` is once the compiler has checked it against its route. */
interface LooseInput {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string | number | boolean | null | undefined>
  readonly body?: unknown
  readonly content?: Content
  readonly idempotencyKey?: string
  readonly clock?: string
  readonly signal?: AbortSignal
}

/** 128 random bits in hex. Not `randomUUID`, which browsers keep from pages without https. */
export const newIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )

/**
 * UTF-16 units that a body may have to be sent on when its page goes: browsers keep 64 KiB, over all requests.
 * What somebody did and then left the page at once is done all the same.
 */
const keptUnits = 8_192

/**
 * Calls a route of `lib/api.ts` in the name of whoever is signed in on this page.
 *
 * @throws CallError for every failure, with a sentence to show; the signal's reason when it was aborted.
 */
export async function callApi<Name extends BrowserRoute>(
  name: Name,
  ...[input]: Record<string, never> extends CallInput<Name> ? [CallInput<Name>?] : [CallInput<Name>]
): Promise<AnswerOf<Name>> {
  const given = (input ?? {}) as LooseInput
  const { method, url } = addressOf(name, given.params, given.query)
  const headers = new Headers({ accept: 'application/json' })
  if (method === 'POST') headers.set('idempotency-key', given.idempotencyKey ?? newIdempotencyKey())
  if (given.clock !== undefined) headers.set('x-document-clock', given.clock)
  let body: FormData | Blob | string | undefined
  if (given.content instanceof FormData) {
    body = given.content
  } else if (given.content) {
    headers.set('content-type', given.content.type)
    body = given.content.data
  } else if (given.body !== undefined) {
    headers.set('content-type', 'application/json')
    body = JSON.stringify(given.body)
  }
  let response: Response
  try {
    response = await fetch(url, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      keepalive:
        method !== 'GET' && (body === undefined || (typeof body === 'string' && body.length <= keptUnits)),
      ...(body === undefined ? {} : { body }),
      ...(given.signal ? { signal: given.signal } : {}),
    })
  } catch (cause) {
    given.signal?.throwIfAborted()
    throw new CallError('unavailable', { sentence: unreachable, cause })
  }
  if (!response.ok) throw await failureOf(response)
  if (response.status === 204) return undefined as AnswerOf<Name>
  try {
    const type = response.headers.get('content-type') ?? ''
    return (type.includes('json') ? await response.json() : await response.text()) as AnswerOf<Name>
  } catch (cause) {
    given.signal?.throwIfAborted()
    const requestId = response.headers.get('x-request-id')
    throw new CallError('unavailable', { sentence: unreachable, requestId, cause })
  }
}

/** The sentence to show for whatever was thrown. */
export const sentenceOf = (error: unknown): string =>
  error instanceof PublicError
    ? error.message
    : 'Something failed on this page. Reload it and try again; what was saved is safe.'
