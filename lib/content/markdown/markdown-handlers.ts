import type { Paragraph, Text } from 'mdast'
import { defaultHandlers, type Handle, type Handlers, type Info, type State } from 'mdast-util-to-markdown'
import { encodeText } from './html-source'
import { isBeforeOpening, isBehindClosing } from './markdown-formula-syntax'
import type { AlertNode, DetailsNode, FlowContent, FormulaNode } from './markdown-tree'

/** How nodes of ours are written, and those of the library that it writes otherwise. */

/**
 * The library leaves an underscore inside a word alone (`snake_case`), and may afterwards write the first or
 * last character of a text as a reference (`&#x79;`), which ends the word: beside those it is escaped here.
 */
const text: Handle = (node: Text, parent, state, info) => {
  const value = defaultHandlers.text(node, parent, state, info)
  // There are no escapes between `<` and `>`.
  if (state.stack.includes('autolink')) return value
  const words = value.replace(/^([^\\])_/u, '$1\\_').replace(/(?<!\\)_(?=.$)/su, '\\_')
  return node.data?.dollarsEscaped ? words.replaceAll('$', '\\$') : words
}

const formula: Handle & { peek?: Handle } = ({ value }: FormulaNode, _, state, info) => {
  const said = state.stack.includes('tableCell') ? value.replaceAll('|', '\\|') : value
  return isPlain(said, info) ? `$${said}$` : `$\`${said}\`$`
}
formula.peek = () => '$'

/** True for what is read back as it is between two dollars. */
function isPlain(value: string, { before, after }: Info): boolean {
  if (!/^[^\s`](?:.*\S)?$/u.test(value) || /(?<!\\)(?:\\\\)*(?:\$|\\$)/.test(value)) return false
  // The sign of an emphasis may still be changed for an underscore.
  if (after.startsWith('*')) return false
  const mayOpen = before === '' || !isBeforeOpening(before.charCodeAt(before.length - 1))
  return mayOpen && (after === '' || !isBehindClosing(after.charCodeAt(0)))
}

/** Names are written the same in both places: they are compared as they stand in the file. */
const nameOf = (label: string): string => `[^${label.replace(/[\\|&]/g, '\\$&')}]`

const footnoteReference: Handle & { peek?: Handle } = (node) => nameOf(node.label ?? node.identifier)
footnoteReference.peek = () => '['

const footnoteDefinition: Handle = (node, _, state, info) => {
  const exit = state.enter('footnoteDefinition')
  const name = `${nameOf(node.label ?? node.identifier)}:`
  const flow = flowOf(node, node.children, state, info)
  exit()
  if (flow === '') return name
  // A blank line of code keeps its white space: the indent is not taken off it (micromark-extension-gfm-footnote 2).
  return `${name} ${state.indentLines(flow, (line, index) => (index === 0 || !/\S/.test(line) ? line : `    ${line}`))}`
}

const alert: Handle = ({ marker, line, children }: AlertNode, _, state, info) => {
  const exit = state.enter('blockquote')
  const said =
    line.children.length > 0 ? ` ${state.handle(line, undefined, state, { ...info, before: ' ' })}` : ''
  const flow = flowOf({ type: 'blockquote' }, children, state, info)
  const between = children[0]?.type === 'paragraph' ? '\n' : '\n\n'
  const all = `[!${marker}]${said}${flow === '' ? '' : between + flow}`
  exit()
  return state.indentLines(all, (each, _index, blank) => (blank ? '>' : `> ${each}`))
}

/** What is no plain line stands in a summary as Markdown, between blank lines. */
const details: Handle = ({ summary, children }: DetailsNode, _, state, info) => {
  const line = summary?.length === 1 && summary[0]?.type === 'paragraph' ? plainLine(summary[0]) : null
  const said =
    line === null ? `\n\n${flowOf({ type: 'root' }, summary ?? [], state, info)}\n\n` : encodeText(line)
  const flow = flowOf({ type: 'root' }, children, state, info)
  return `<details>\n<summary>${said}</summary>\n\n${flow === '' ? '' : `${flow}\n\n`}</details>`
}

/** Null where there is more than words. */
function plainLine({ children }: Paragraph): string | null {
  const [only, ...more] = children
  if (!only) return ''
  return only.type === 'text' && more.length === 0 && !/\s\s|[^\S ]/u.test(only.value) ? only.value : null
}

/** Blocks as they stand within a node of this type. */
const flowOf = (
  parent: { type: string },
  children: readonly FlowContent[],
  state: State,
  info: Info,
): string => state.containerFlow({ ...parent, children } as Parameters<State['containerFlow']>[0], info)

export const markdownHandlers: Partial<Handlers> = {
  text,
  formula,
  footnoteReference,
  footnoteDefinition,
  alert,
  details,
}
