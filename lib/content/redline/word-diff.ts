import { diffArrays } from 'diff'

/** A stretch of two texts: in both, in the later alone, or in the earlier alone. */
export interface Stretch {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Beyond so many words that differ, a text is another one: it is not searched for what may be alike. */
const maxDifferences = 400

/** Words, runs of white space, and single other characters. Joined they are the text again. */
export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}\p{M}_]+|\s+|./gsu) ?? []

/** How one text became another, by words. Of what differs in one place, the removed comes first. */
export function diffWords(before: string, after: string): Stretch[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  return diffTokens(wordsOf(before), wordsOf(after)).map(({ kind, tokens }) => ({
    kind,
    text: tokens.join(''),
  }))
}

/**
 * For reading: where nothing but white space stayed between two changes, they are one. *Old words* became *new ones*,
 * and not *old* to *new* and *words* to *ones*.
 */
export function joinAcrossSpace(stretches: readonly TokenStretch<string>[]): TokenStretch<string>[] {
  const joined = stretches.flatMap((stretch, at): TokenStretch<string>[] => {
    const isBetween = at > 0 && at < stretches.length - 1
    const isSpace = stretch.kind === 'same' && stretch.tokens.every((token) => /^\s+$/u.test(token))
    if (!isBetween || !isSpace) return [stretch]
    return [
      { kind: 'removed', tokens: stretch.tokens },
      { kind: 'added', tokens: stretch.tokens },
    ]
  })
  return inOrder(joined)
}

export interface TokenStretch<Token> {
  readonly kind: Stretch['kind']
  readonly tokens: readonly Token[]
}

/** The same for rows of whatever can be compared with `===`. */
export function diffTokens<Token>(before: readonly Token[], after: readonly Token[]): TokenStretch<Token>[] {
  const least = Math.min(before.length, after.length)
  let first = 0
  while (first < least && before[first] === after[first]) first += 1
  let last = 0
  while (last < least - first && before.at(-1 - last) === after.at(-1 - last)) last += 1
  const old = before.slice(first, before.length - last)
  const now = after.slice(first, after.length - last)
  return inOrder([
    { kind: 'same', tokens: before.slice(0, first) },
    ...middle(old, now),
    { kind: 'same', tokens: before.slice(before.length - last) },
  ])
}

function middle<Token>(old: Token[], now: Token[]): TokenStretch<Token>[] {
  const found =
    old.length === 0 || now.length === 0 ? undefined : diffArrays(old, now, { maxEditLength: maxDifferences })
  return found
    ? found.map(({ added, removed, value }) => ({
        kind: added ? 'added' : removed ? 'removed' : 'same',
        tokens: value,
      }))
    : [
        { kind: 'removed', tokens: old },
        { kind: 'added', tokens: now },
      ]
}

/** Between two stretches that are the same: at most one removed and one added, in that order. */
function inOrder<Token>(stretches: readonly TokenStretch<Token>[]): TokenStretch<Token>[] {
  const ordered: TokenStretch<Token>[] = []
  let removed: Token[] = []
  let added: Token[] = []
  const close = () => {
    if (removed.length > 0) ordered.push({ kind: 'removed', tokens: removed })
    if (added.length > 0) ordered.push({ kind: 'added', tokens: added })
    removed = []
    added = []
  }
  for (const { kind, tokens } of stretches) {
    if (tokens.length === 0) continue
    if (kind === 'removed') removed = removed.concat(tokens)
    else if (kind === 'added') added = added.concat(tokens)
    else {
      close()
      const last = ordered.at(-1)
      if (last?.kind === 'same') ordered.splice(-1, 1, { kind, tokens: [...last.tokens, ...tokens] })
      else ordered.push({ kind, tokens })
    }
  }
  close()
  return ordered
}
