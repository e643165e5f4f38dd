import { PublicError } from '../../../../lib/errors'
import { readBody } from '../../../../server/http/body'
import { guarded, type Handler } from '../../../../server/http/route'
import { unsubscribe } from '../../../../server/notify/unsubscribe'
import { readUnsubscribeToken } from '../../../../server/notify/unsubscribe-token'

/** Followed by somebody, it asks first: programs that only look at a link turn nothing off. */
export const GET: Handler = (request, context) =>
  guarded(request, {}, async () => {
    const { token } = await context.params
    return new Response(null, { status: 303, headers: { location: `/unsubscribe/${String(token)}` } })
  })

/** RFC 8058: one POST, without signing in, answered without leading elsewhere. Our own page asks to be led on. */
export const POST: Handler = (request, context) =>
  guarded(request, {}, async ({ runtime: { pool, authSecret, log } }) => {
    const { token } = await context.params
    const given = readUnsubscribeToken(authSecret, String(token))
    if (!given) {
      throw new PublicError('not_found', {
        sentence: 'This link is not whole. Use the one in the mail, or choose in your inbox what is mailed.',
      })
    }
    const body = Buffer.from(await readBody(request, 1_024)).toString('utf8')
    await unsubscribe(pool, given)
    log.info({ personId: given.personId, kind: given.kind }, 'A kind of mail was turned off.')
    return body.includes('from=page')
      ? new Response(null, { status: 303, headers: { location: `/unsubscribe/${String(token)}?done` } })
      : new Response('Turned off.\n', { headers: { 'content-type': 'text/plain; charset=utf-8' } })
  })
