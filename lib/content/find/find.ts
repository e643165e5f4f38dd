import { literal, wholeWord } from '../../literal'

/**
 * Finding words in text, the same in the page and in the thread that runs what somebody typed as a regular
 * expression. It knows no document: `find-text.ts` gives it the text of blocks.
 */

export interface FindQuery {
  readonly text: string
  readonly matchCase: boolean
  readonly wholeWord: boolean
  /** `text` is a regular expression. */
  readonly isRegex: boolean
}

/** What a query looks for. */
export type FindPattern =
  | { readonly kind: 'none' }
  /** It is no regular expression, and why: a sentence. */
  | { readonly kind: 'wrong'; readonly sentence: string }
  | {
      readonly kind: 'pattern'
      readonly source: string
      readonly flags: string
      /** Made here, of words: it takes no longer than the text is long. */
      readonly isPlain: boolean
    }

/** Where something was found: offsets in UTF-16 code units, `to` after its last one. */
export interface FindHit {
  readonly from: number
  readonly to: number
  /** What comes in its place; absent where nothing was said of that. */
  readonly instead?: string
}

/** Stands in a text for what is no text: a mention, a reference. */
export const leafSign = '\ufffc'

export function patternOf({ text, matchCase, wholeWord: isWhole, isRegex }: FindQuery): FindPattern {
  if (text === '') return { kind: 'none' }
  // Spaces are one another: a no-break space looks like any other.
  const given = isRegex ? text : literal(text).replace(/[ \u00a0]/g, '[ \\u00a0]')
  const source = isWhole ? wholeWord(given) : given
  const common = `g${isRegex ? 'm' : ''}${matchCase ? '' : 'i'}`
  const unicode = compiled(source, `${common}u`)
  if (unicode instanceof RegExp) return { kind: 'pattern', source, flags: `${common}u`, isPlain: !isRegex }
  // With `u` an escape that means nothing is an error; elsewhere people are used to it. Word limits need `u`.
  if (!isWhole && compiled(source, common) instanceof RegExp) {
    return { kind: 'pattern', source, flags: common, isPlain: false }
  }
  return { kind: 'wrong', sentence: `This is no regular expression: ${reasonOf(unicode)}.` }
}

function compiled(source: string, flags: string): RegExp | string {
  try {
    return new RegExp(source, flags)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

/** `Invalid regular expression: /(/gu: Unterminated group` ends with what is wrong. */
function reasonOf(message: RegExp | string): string {
  const reason = typeof message === 'string' ? (message.split(': ').at(-1) ?? '') : ''
  return reason === ''
    ? 'it cannot be read'
    : reason.charAt(0).toLowerCase() + reason.slice(1).replace(/\.$/, '')
}

/**
 * Everything in a text that matches, from left to right; what is empty is nothing.
 *
 * @param most no more than these.
 * @param template what comes in its place: `$1`, `$<name>`, `$&` and `$$` as in JavaScript. Default: nothing is said.
 */
export function hitsIn(text: string, regex: RegExp, most: number, template?: string): FindHit[] {
  const hits: FindHit[] = []
  regex.lastIndex = 0
  for (let match = regex.exec(text); match && hits.length < most; match = regex.exec(text)) {
    if (match[0] === '') {
      regex.lastIndex += 1
      continue
    }
    const [from, to] = [match.index, match.index + match[0].length]
    hits.push(template === undefined ? { from, to } : { from, to, instead: filledIn(template, match) })
  }
  return hits
}

/** A template with the groups of a match put in (ECMA-262, GetSubstitution, without what stands around it). */
export function filledIn(template: string, match: RegExpExecArray): string {
  const most = match.length - 1
  return template.replace(/\$(?:\$|&|<([^>]*)>|(\d\d?))/g, (whole, name?: string, digits?: string) => {
    if (whole === '$$') return '$'
    if (whole === '$&') return match[0]
    if (name !== undefined) return match.groups ? (match.groups[name] ?? '') : whole
    const number = Number(digits)
    if (number > 0 && number <= most) return match[number] ?? ''
    // `$12` where there is one group: `$1`, then a 2.
    const first = Number(digits?.charAt(0))
    return digits?.length === 2 && first > 0 && first <= most
      ? (match[first] ?? '') + digits.charAt(1)
      : whole
  })
}
