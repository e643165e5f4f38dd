import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { PublicError } from '../../errors'
import { maxDepth } from '../shape'
import { foldDetails } from './markdown-details'
import { formulaFromMarkdown, formulaSyntax } from './markdown-formula-syntax'

/** The source parsed as GitHub Flavored Markdown, and what stood before it as YAML. */
export interface MarkdownSource {
  readonly root: Root
  /** What the positions of its nodes count in. */
  readonly text: string
  /** The lines between `---` and `---` at the very top; null: there is no such block. */
  readonly yaml: string | null
}

/**
 * Reads a file. What no body can hold is replaced first: NUL (PostgreSQL refuses it) and lone surrogates
 * (they have no UTF-8 form) become U+FFFD. Bidirectional overrides stay: text is drawn isolated.
 *
 * @throws PublicError `schema` when quotes or lists are nested deeper than a document can hold.
 */
export function readSource(text: string): MarkdownSource {
  const clean = text.replace(/^\uFEFF/, '').replace(/\0|\p{Cs}/gu, '\uFFFD')
  const { yaml, rest } = withoutYaml(clean)
  refuseAbsurdNesting(rest)
  try {
    const root = fromMarkdown(rest, {
      extensions: [gfm(), formulaSyntax],
      mdastExtensions: [...fromGfm, formulaFromMarkdown],
    })
    foldDetails(root)
    return { root, text: rest, yaml }
  } catch (error) {
    // The parser recurses into containers: a stack that runs out means nesting, nothing else.
    if (error instanceof RangeError) throw tooDeep(0)
    throw error
  }
}

/**
 * Without the transform that looks for addresses in finished text (the tokenizer has found them already): it
 * makes links of `a\@b.example` and `https\://…`, whose escapes say that they are none.
 */
const fromGfm = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }))

/** One-based line on which a node begins; 0 when unknown. */
export const lineOf = (node: Nodes): number => node.position?.start.line ?? 0

export function tooDeep(line: number): PublicError {
  const where = line > 0 ? ` (line ${line})` : ''
  return new PublicError('schema', {
    sentence: `Quotes, lists or details in this file are nested more than ${maxDepth} deep${where}. Flatten them and import it again.`,
  })
}

/**
 * Refuses what would cost minutes before the exact depth is known: parsing is quadratic in the containers
 * that one line opens. 500 is far above `maxDepth` and far below trouble (1,000 take 0.8 s).
 */
function refuseAbsurdNesting(text: string): void {
  const opened = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){500}/gm
  for (const match of text.matchAll(opened)) {
    const end = text.indexOf('\n', match.index)
    const line = text.slice(match.index, end < 0 ? text.length : end)
    // `- - - -` is a rule, however long.
    if (/^[-* \t\r]+$/.test(line) && new Set(line.replace(/\s/g, '')).size === 1) continue
    throw tooDeep(text.slice(0, match.index).split('\n').length)
  }
}

/** Takes YAML off the top, leaving blank lines so that line numbers stay true. */
function withoutYaml(text: string): { yaml: string | null; rest: string } {
  if (!/^---[ \t]*\r?\n[A-Za-z_][\w -]*:/.test(text)) return { yaml: null, rest: text }
  const lines = text.split('\n')
  const end = lines.findIndex((line, index) => index > 0 && /^(---|\.\.\.)\s*$/.test(line))
  if (end < 0) return { yaml: null, rest: text }
  const yaml = lines.slice(1, end).join('\n').replaceAll('\r', '')
  return { yaml, rest: '\n'.repeat(end + 1) + lines.slice(end + 1).join('\n') }
}
