import type { PhrasingContent, Root, Text } from 'mdast'
import { isBeforeOpening, isBehindClosing } from './markdown-formula-syntax'

/** What is not known until it is written: it may be anything. */
const unknown = '\0'

/**
 * Marks the text whose dollars would be read as a formula (see markdown-formula-syntax.ts). All others are written as
 * they are: `$HOME/$PATH` needs no escapes.
 */
export function guardDollars(root: Root): void {
  const open: unknown[] = [root]
  for (let node = open.pop(); node; node = open.pop()) {
    if (typeof node !== 'object' || !('children' in node)) continue
    const { type, children } = node as { type: string; children: unknown[] }
    if (type === 'paragraph' || type === 'heading' || type === 'tableCell') {
      guardLine(children as PhrasingContent[])
      continue
    }
    open.push(...children)
    if ('line' in node) open.push(node.line)
    if ('summary' in node && Array.isArray(node.summary)) open.push(...node.summary)
  }
}

/** Also for a line that is written on its own. */
export function guardLine(children: readonly PhrasingContent[]): void {
  const texts: Text[] = []
  const flat: { source: string; own: boolean[] } = { source: '', own: [] }
  flatten(children, flat, texts)
  if (texts.length === 0 || !isMistaken(flat)) return
  for (const text of texts) text.data = { ...text.data, dollarsEscaped: true }
}

/** The line as it is going to be written, about; `own`: which characters are text that could be escaped. */
function flatten(
  nodes: readonly PhrasingContent[],
  flat: { source: string; own: boolean[] },
  texts: Text[],
): void {
  const say = (text: string, isOwn = false) => {
    flat.source += text
    for (let index = 0; index < text.length; index++) flat.own.push(isOwn)
  }
  for (const node of nodes) {
    if (node.type === 'text') {
      if (node.value.includes('$')) texts.push(node)
      // A letter beside the sign of an emphasis may be written as a reference, which ends in `;`.
      say(
        node.value.replace(/^[^$]|[^$]$/gu, (edge) =>
          nodes.length > 1 ? unknown.repeat(edge.length) : edge,
        ),
        true,
      )
    } else if (node.type === 'formula') say(`$${node.value}$`)
    else if (node.type === 'break') say('\n')
    else if (node.type === 'inlineCode') say(`\`${node.value}\``)
    else if ('children' in node) {
      say(unknown)
      flatten(node.children, flat, texts)
      say(unknown)
      if ('url' in node) say(node.url + unknown)
    } else say(unknown)
  }
}

/** An underscore is escaped, or becomes the sign of an emphasis. */
const isNameBehind = (code: number): boolean => code !== 95 && isBehindClosing(code)

function isMistaken({ source, own }: { source: string; own: readonly boolean[] }): boolean {
  // Two at the beginning of a line may open a formula of several.
  if (/(?:^|\n)\0?\$\0?\$/.test(source)) return true
  const at = (index: number): string => source[index] ?? '\n'
  const is = (test: (code: number) => boolean, sign: string) => sign !== unknown && test(sign.charCodeAt(0))
  for (let opening = source.indexOf('$'); opening >= 0; opening = source.indexOf('$', opening + 1)) {
    if (!own[opening]) continue
    const next = at(opening + 1)
    if (next === '`' && !own[opening + 1] && source.indexOf('`', opening + 2) > 0) return true
    if (is(isBeforeOpening, at(opening - 1)) || /[ \t\n$]/.test(next)) continue
    for (let end = source.indexOf('$', opening + 1); end >= 0; end = source.indexOf('$', end + 1)) {
      if (source.slice(opening, end).includes('\n')) break
      if (!/[ \t]/.test(at(end - 1)) && !is(isNameBehind, at(end + 1))) return true
      // In code and addresses a backslash may take the next one away.
      if (own[end]) break
    }
  }
  return false
}
