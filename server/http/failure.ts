import type { Logger } from 'pino'
import { type ErrorBody, errorEntry, PublicError } from '../../lib/errors'

/** SQLSTATEs and socket errors that mean: the database cannot be reached, is not itself, or is too slow. */
const unreachable =
  /^(08...|57P0[1-5]|57014|53...|58...|25006|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/
/** Undone by the database in favour of somebody else. */
const undone = /^(40001|40P01|55P03)$/
const lostConnection =
  /connection (terminated|timeout|ended)|timeout exceeded when trying to connect|query read timeout|client has encountered/i

/** What a failure is called outside: itself where it has a public face, else by what went wrong below. */
export function publicErrorOf(error: unknown): PublicError {
  if (error instanceof PublicError) return error
  const { code, message, syscall } = Object(error) as Record<string, unknown>
  const name = typeof code === 'string' ? code : ''
  // A unix socket that is not there; any other missing file is a fault of ours.
  const noSocket = name === 'ENOENT' && syscall === 'connect'
  if (noSocket || unreachable.test(name) || lostConnection.test(String(message))) {
    return new PublicError('unavailable', { cause: error })
  }
  return new PublicError(undone.test(name) ? 'conflict' : 'internal', { cause: error })
}

/**
 * The answer to a request that failed. The person gets the sentence; the operator gets the cause under the
 * same id; neither gets content or secrets.
 */
export function answerFailure(
  error: unknown,
  context: { requestId: string; log: Logger; headers?: Record<string, string> },
): Response {
  const failure = publicErrorOf(error)
  const { status } = errorEntry(failure.code)
  const said = { requestId: context.requestId, code: failure.code, status, detail: failure.detail }
  if (status >= 500) context.log.error({ ...said, err: failure.cause ?? failure }, 'A request failed.')
  else context.log.info(said, 'A request was refused.')
  const body: ErrorBody = {
    error: { code: failure.code, message: failure.message, requestId: context.requestId },
  }
  return Response.json(body, {
    status,
    headers: {
      'cache-control': 'no-store',
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...context.headers,
    },
  })
}
