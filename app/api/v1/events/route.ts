import { PublicError } from '../../../../lib/errors'
import { RawAnswer, self } from '../../../../server/http/endpoint'
import { eventStreamsOf } from '../../../../server/http/event-streams'
import { serve } from '../../../../server/http/route'

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Neither kept nor compressed on the way, which would hold events back.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('streamEvents', async ({ request, principal, runtime }) => {
    if (request.method === 'HEAD') return new RawAnswer(null, 200, headers)
    const stream = eventStreamsOf(runtime).open(principal, request.signal)
    if (stream) return new RawAnswer(stream, 200, headers)
    throw new PublicError('rate_limited', {
      sentence: 'Too many windows of yours listen for news. Close some of them.',
    })
  }),
)
