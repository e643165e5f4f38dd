import type { z } from 'zod'
import type { Route } from '../../lib/api-route'
import { PublicError } from '../../lib/errors'
import { mediaType, readBody } from './body'
import { parseJson } from './json'

/** No JSON body of ours comes near it. */
export const maxJsonBytes = 256 * 1024

/** The query of an address by the route's rules. Empty values count as absent; a name may stand once. */
export function parseQuery(route: Route, url: URL): unknown {
  if (!route.query) return undefined
  const query: Record<string, string> = Object.create(null)
  for (const [name, value] of url.searchParams) {
    if (name in query)
      throw new PublicError('invalid', { sentence: `"${shown(name)}" stands twice in the address.` })
    if (value.includes('\0')) {
      throw new PublicError('invalid', { sentence: 'An address cannot contain the character NUL (U+0000).' })
    }
    query[name] = value
  }
  for (const name in query) if (query[name] === '') delete query[name]
  return checked(route.query, { ...query })
}

/** The JSON body of a request by the route's rules, and its bytes. */
export async function parseBody(
  route: Route,
  request: Request,
): Promise<{ body: unknown; bytes: Uint8Array }> {
  if (!route.body) return { body: undefined, bytes: new Uint8Array() }
  if (mediaType(request) !== 'application/json') {
    throw new PublicError('unsupported_media', {
      sentence: 'Send JSON, with Content-Type: application/json.',
    })
  }
  const bytes = await readBody(request, maxJsonBytes)
  return { body: checked(route.body, parseJson(bytes)), bytes }
}

function checked(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new PublicError('invalid', issue ? { sentence: sentenceOf(issue) } : {})
}

/** Says which field, and what is expected of it; never what was sent. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `There is no field "${shown(issue.keys[0] ?? '')}" here. Leave it out.`
  }
  const where = issue.path.length > 0 ? `The field "${shown(issue.path.join('.'))}"` : 'The request'
  return `${where} is not as it should be: ${issue.message.replace(/, received .*$/, '').toLowerCase()}.`
}

/** A name out of a request, fit to be said back: short, printable. */
const shown = (name: string) => name.replace(/[^\p{L}\p{N}_.-]/gu, '?').slice(0, 40)
