import { signInCost } from '../http/limit'
import { guarded, type Handler } from '../http/route'
import { handleAuth } from './handler'

/** Everything below `/api/auth`, within the same limits and with the same errors as the API. */
export const serveAuth: Handler = (request, context) =>
  guarded(request, { cost: request.method === 'POST' ? signInCost : 1 }, async ({ runtime }) => {
    const { nextauth } = await context.params
    return handleAuth(runtime, request, [nextauth ?? []].flat())
  })
