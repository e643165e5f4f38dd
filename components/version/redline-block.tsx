import { createElement, type ReactNode } from 'react'
import { isSameBut, type RedlineBlock } from '../../lib/content/redline/redline'
import { sidedBlocks } from '../../lib/content/sided'
import { classes } from '../ui/classes'
import '../editor/editor.css'
import '../editor/drawn/drawn.css'
import '../editor/block/blocks.css'
import '../editor/upload/files.css'
import '../editor/code/code.css'
import '../editor/table/table.css'
import { containerElement, wasWords } from './redline-containers'
import { keyOf } from './redline-folds'
import { type Names, Pieces } from './redline-pieces'
import { VersionCode } from './version-code'

export interface BlockProps {
  readonly block: RedlineBlock
  readonly names: Names
  /** It stands in something that came or went as a whole. Default: it does not. */
  readonly within?: 'added' | 'removed' | null
  /** The level that is said of it where it is a heading. Default: the one below what names the comparison. */
  readonly rank?: number
}

/** A block of a redline as the document draws it, with what became of it. */
export function Block({ block, names, within = null, rank = 3 }: BlockProps) {
  const whole = within ?? (block.state === 'added' || block.state === 'removed' ? block.state : null)
  const isStop = within === null && (whole !== null || block.moved || isAnotherKind(block))
  const note = within === null ? noteOf(block) : null
  const content = block.inline ? (
    <Pieces pieces={block.inline} names={names} whole={whole} code={block.type === 'codeBlock'} />
  ) : (
    block.blocks?.map((inner) => (
      <Block key={keyOf(inner)} block={inner} names={names} within={whole} rank={rank} />
    ))
  )
  const stop = isStop ? { 'data-stop': true, tabIndex: -1, 'data-said': saidOf(block, names) } : {}
  const className = classes(
    within === null && whole !== null && `redline-${whole}`,
    within === null && block.moved && 'redline-moved',
  )
  const level = block.type === 'heading' ? { 'aria-level': rank } : {}
  const side = sidedBlocks.includes(block.type) ? { dir: 'auto' } : {}
  return element(block, { ...stop, ...level, ...side, ...(className ? { className } : {}) }, note, content)
}

const isAnotherKind = (block: RedlineBlock): boolean =>
  block.state === 'changed' && !isSameBut(block.was, block)

/** Elements that may hold nothing but their own kind: a note stands within their first cell or item. */
const tags: Readonly<Record<string, string>> = {
  paragraph: 'p',
  bulletList: 'ul',
  orderedList: 'ol',
  taskList: 'ul',
  listItem: 'li',
  blockquote: 'blockquote',
  tableRow: 'tr',
  tableCell: 'td',
  tableHeader: 'th',
}

type Attributes = Record<string, unknown> & { className?: string }

function element(block: RedlineBlock, given: Attributes, note: ReactNode, content: ReactNode): ReactNode {
  const { type, attrs } = block
  switch (type) {
    case 'heading': {
      const level = Math.min(6, Math.max(1, Number(attrs.level)))
      const className = classes(`depth-${Math.min(3, level)}`, given.className)
      return createElement(`h${Math.min(6, level + 1)}`, { ...given, className }, note, content)
    }
    case 'codeBlock':
      if (block.state === 'same' && typeof attrs.language === 'string') {
        return (
          <VersionCode {...given} language={attrs.language} note={note}>
            {content}
          </VersionCode>
        )
      }
      return (
        <div {...given} className={classes('code-block', given.className)}>
          {note}
          <pre>
            <code>{content}</code>
          </pre>
        </div>
      )
    case 'horizontalRule':
      return (
        <div {...given}>
          {note}
          <hr />
        </div>
      )
    case 'table':
      return (
        <div {...given} className={classes('table-box', given.className)}>
          <table>
            {note && <caption>{note}</caption>}
            <tbody>{content}</tbody>
          </table>
        </div>
      )
    case 'taskItem':
      return (
        <li {...given} data-checked={attrs.checked === true}>
          <label>
            <input type="checkbox" checked={attrs.checked === true} readOnly disabled aria-label="Done" />
          </label>
          <div>
            {note}
            {content}
          </div>
        </li>
      )
    case 'taskList':
      return createElement('ul', { ...given, 'data-type': 'taskList' }, content)
    case 'tableCell':
    case 'tableHeader':
      return createElement(
        tags[type] ?? 'td',
        { ...given, colSpan: attrs.colspan, rowSpan: attrs.rowspan, align: attrs.align ?? undefined },
        note,
        content,
      )
    case 'orderedList':
      return createElement('ol', { ...given, start: attrs.start }, content)
    case 'bulletList':
    case 'tableRow':
      return createElement(tags[type] ?? 'div', given, content)
    default:
      return (
        containerElement(block, { given, note, content }) ??
        createElement(tags[type] ?? 'div', given, note, content)
      )
  }
}

const kindWords: Readonly<Record<string, string>> = {
  paragraph: 'a paragraph',
  heading: 'a heading',
  codeBlock: 'code',
}

/** What became of it beside its words; null: nothing. */
function changeWords(block: RedlineBlock): string | null {
  const { was, type, attrs, moved, movedFrom } = block
  const parts: string[] = []
  if (moved) parts.push(movedFrom ? `Moved here from ${movedFrom}` : 'Moved here')
  if (was && was.type !== type) parts.push(`Was ${kindWords[was.type] ?? 'something else'}`)
  else if (was && was.attrs.level !== attrs.level) parts.push(`Was a heading of level ${was.attrs.level}`)
  else if (was && was.attrs.checked !== attrs.checked)
    parts.push(was.attrs.checked ? 'Was done' : 'Was not done')
  else if (was && was.attrs.language !== attrs.language)
    parts.push(`Was ${was.attrs.language ?? 'without a language'}`)
  else if (isAnotherKind(block)) parts.push((was && wasWords(block, was.attrs)) ?? 'Formatted anew')
  return parts.length > 0 ? parts.join(', ') : null
}

function noteOf(block: RedlineBlock): ReactNode {
  const words = block.state === 'added' || block.state === 'removed' ? null : changeWords(block)
  return words && <span className="redline-note">{words}</span>
}

function saidOf(block: RedlineBlock, names: Names): string {
  if (block.state === 'added' || block.state === 'removed') {
    const by = [...authorsIn(block)].flatMap((id) => names.get(id) ?? [])
    const who =
      by.length === 0
        ? ''
        : block.state === 'added'
          ? ` by ${by.join(' and ')}`
          : `; ${by.join(' and ')} had written it`
    return `${block.state === 'added' ? 'Added' : 'Removed'}${who}`
  }
  return changeWords(block) ?? 'Changed'
}

function authorsIn(block: RedlineBlock, found = new Set<string>()): ReadonlySet<string> {
  for (const { author } of block.inline ?? []) if (author !== null) found.add(author)
  for (const inner of block.blocks ?? []) authorsIn(inner, found)
  return found
}
