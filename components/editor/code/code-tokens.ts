/** What the words of code are, as far as a reader wants to tell them apart. */
export type TokenKind =
  | 'comment'
  | 'keyword'
  | 'string'
  | 'number'
  | 'name'
  | 'type'
  | 'property'
  | 'meta'
  | 'added'
  | 'removed'

export interface Token {
  readonly kind: TokenKind
  /** In UTF-16 code units from the beginning of the block. */
  readonly from: number
  readonly to: number
}

/** What a grammar calls something, without what follows the first point, and what it is here. */
const kinds: Readonly<Record<string, TokenKind>> = {
  addition: 'added',
  attr: 'property',
  attribute: 'property',
  built_in: 'type',
  bullet: 'keyword',
  code: 'string',
  comment: 'comment',
  deletion: 'removed',
  doctag: 'keyword',
  keyword: 'keyword',
  link: 'string',
  literal: 'number',
  meta: 'meta',
  name: 'keyword',
  number: 'number',
  property: 'property',
  quote: 'comment',
  regexp: 'string',
  section: 'name',
  'selector-attr': 'property',
  'selector-class': 'name',
  'selector-id': 'name',
  'selector-pseudo': 'property',
  'selector-tag': 'keyword',
  string: 'string',
  symbol: 'number',
  tag: 'meta',
  'template-tag': 'keyword',
  'template-variable': 'property',
  title: 'name',
  type: 'type',
  variable: 'property',
}

/** The part of lowlight's tree that is read here. */
interface Tree {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Tree[]
  readonly properties?: { readonly className?: unknown }
}

/** The words of a highlighted tree with what they are; where one is in another, the inner one counts. */
export function tokensOf(tree: Tree): Token[] {
  const tokens: Token[] = []
  let at = 0
  const walk = (node: Tree, outer: TokenKind | null) => {
    if (node.type === 'text') {
      const { length } = node.value ?? ''
      const last = tokens.at(-1)
      if (outer && length > 0) {
        if (last && last.kind === outer && last.to === at)
          tokens[tokens.length - 1] = { ...last, to: at + length }
        else tokens.push({ kind: outer, from: at, to: at + length })
      }
      at += length
      return
    }
    const kind = kindOf(node.properties?.className) ?? outer
    for (const child of node.children ?? []) walk(child, kind)
  }
  walk(tree, null)
  return tokens
}

function kindOf(names: unknown): TokenKind | null {
  const first: unknown = Array.isArray(names) ? names[0] : null
  if (typeof first !== 'string') return null
  if (Array.isArray(names) && names.includes('class_')) return 'type'
  const name = first.replace(/^hljs-/, '')
  return Object.hasOwn(kinds, name) ? (kinds[name] ?? null) : null
}

/** The same words after a change of the text, until it was read anew: what was changed has no colour. */
export function movedTokens(tokens: readonly Token[], before: string, after: string): Token[] {
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head += 1
  let tail = 0
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  const by = after.length - before.length
  const end = before.length - tail
  return tokens.flatMap((token) => {
    if (token.to <= head) return [token]
    if (token.from >= end) return [{ ...token, from: token.from + by, to: token.to + by }]
    // What one types within a word is most often more of it.
    const to = token.to >= end ? token.to + by : head
    return token.from <= head && to > token.from ? [{ ...token, to }] : []
  })
}
