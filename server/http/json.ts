import { PublicError } from '../../lib/errors'

/** No body of ours nests deeper than two; this leaves room, and none for a stack to run out. */
const maxDepth = 32

const refuse = (sentence: string) => new PublicError('invalid', { sentence })

/**
 * JSON as the API takes it: UTF-8, of bounded depth, no name twice in one object, no NUL anywhere. Looked
 * through before it is parsed, so that nothing deep is ever built.
 *
 * @throws PublicError `invalid`, with what is wrong.
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refuse('This request is not UTF-8 text. Send it as UTF-8.')
  }
  inspect(text)
  try {
    return JSON.parse(text)
  } catch {
    throw refuse('This request is not valid JSON. Correct it and try again.')
  }
}

/**
 * A string of JSON, or a bracket, or a colon: all that matters for depth and names. A string that never closes
 * runs to the end and is one too: else it would be looked for again behind each of its quotes.
 */
const parts = /"(?:[^"\\]|\\.)*(?:"|\\?$)|[{}[\]:]/gs

function inspect(text: string): void {
  const open: (Set<string> | null)[] = []
  let lastString: string | null = null
  for (const [part] of text.matchAll(parts)) {
    if (part === '{' || part === '[') {
      open.push(part === '{' ? new Set() : null)
      if (open.length > maxDepth) throw refuse(`This request nests deeper than ${maxDepth} levels.`)
    } else if (part === '}' || part === ']') {
      open.pop()
    } else if (part === ':') {
      const names = open.at(-1)
      if (!names || lastString === null) continue
      if (names.has(lastString)) throw refuse('A name stands twice in one object. Send each once.')
      names.add(lastString)
    } else {
      lastString = decode(part)
      if (lastString.includes('\0')) {
        throw refuse('Text cannot contain the character NUL (U+0000). Remove it and try again.')
      }
    }
  }
}

/** Names may be spelt with escapes: `"a"` and `"\u0061"` are one. */
function decode(literal: string): string {
  try {
    return JSON.parse(literal) as string
  } catch {
    return literal
  }
}
