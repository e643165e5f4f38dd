import { type DocumentJson, element, elementWith, type MarkJson } from '../document-json'
import { calloutOf } from './callouts'
import { codeJson, codeText, isCodeBox, languageOf } from './code'
import { filled, lightened, textBlocks } from './fitting'
import { formulaOf } from './formulas'
import { mind, pasteLimits } from './limits'
import { Line } from './line'
import { itemsOf, type ListItem, listsOf } from './lists'
import { marksWithin, withMark, withoutMark } from './marks'
import {
  attributeOf,
  elementsIn,
  hasAttribute,
  hasClass,
  isElement,
  type MarkupElement,
  type MarkupNode,
  styleOf,
  textOf,
} from './markup'
import type { Notes } from './notes'
import { type Pictures, pictureOf } from './pictures'
import { raisedText } from './raised'
import { tableOf } from './tables'
import { isSpaceRun, isWordSign, wordHeading, wordItem, wordListLevel } from './word'

/** What one paste knows besides the element at hand. */
export interface Reading {
  /** Where relative addresses begin; null: nobody knows. */
  readonly base: string | null
  readonly notes: Notes
  readonly pictures: Pictures
}

/** What holds at one place of the markup. */
interface Flow {
  readonly marks: readonly MarkJson[]
  /** White space stands as it is written. */
  readonly kept: boolean
  readonly depth: number
  /** Said by a wrapper around code. */
  readonly language: string | null
}

const outermost: Flow = { marks: [], kept: false, depth: 1, language: null }

/** Blocks of what was copied, in its order. @throws PasteExcess beyond a limit. */
export const readMarkup = (root: MarkupElement, reading: Reading): DocumentJson[] =>
  new Reader(reading).read(root.children, outermost)

/** Never drawn, or of no meaning away from their page. */
const dropped = new Set(
  (
    'script style template noscript head title meta link base nav button select textarea object embed iframe frame ' +
    'canvas audio video source track svg dialog datalist input clipboard-copy map area param colgroup caption'
  ).split(' '),
)

/** Begin a line of their own. What is neither here nor handled by itself is a part of the line around it. */
const ownLines = new Set(
  (
    'p div section article main header footer aside address figure figcaption fieldset legend form dl dt dd center ' +
    'hgroup body html ul ol li tr td th tbody thead tfoot summary search'
  ).split(' '),
)

class Reader {
  readonly #reading: Reading
  #out: DocumentJson[] = []
  readonly #line = new Line()
  /** What the line becomes when it ends: a heading of this level, or a paragraph. */
  #level: number | null = null

  constructor(reading: Reading) {
    this.#reading = reading
  }

  read(nodes: readonly MarkupNode[], flow: Flow): DocumentJson[] {
    this.#each(nodes, flow)
    this.#endLine()
    mind('blocks', this.#out.length)
    return joinedCode(this.#out)
  }

  /** Blocks within an element, for what holds blocks of its own. */
  #within(node: { readonly children: readonly MarkupNode[] }, flow: Flow): DocumentJson[] {
    return new Reader(this.#reading).read(node.children, { ...flow, depth: flow.depth + 1 })
  }

  #push(...blocks: DocumentJson[]): void {
    this.#endLine()
    for (const block of blocks) this.#out.push(block)
  }

  #endLine(): void {
    if (this.#line.isEmpty) return
    const parts = this.#line.take()
    if (parts.length === 0) return
    if (this.#level === null) this.#out.push(element('paragraph', parts))
    else this.#out.push(elementWith('heading', { level: this.#level }, lightened(parts)))
  }

  #each(nodes: readonly MarkupNode[], flow: Flow): void {
    let items: ListItem[] = []
    const endList = () => {
      if (items.length > 0) this.#push(...listsOf(items))
      items = []
    }
    for (const node of nodes) {
      const level = isElement(node) ? wordListLevel(node) : null
      const list = isElement(node) ? flatListIn(node) : null
      if (isElement(node) && level !== null) {
        items.push(wordItem(node, level, (item) => this.#within(item, { ...flow, depth: flow.depth + 1 })))
      } else if (list !== null) {
        items.push(...this.#items(list, flow))
      } else if (typeof node === 'string' && items.length > 0 && node.trim() === '') {
        // Between two paragraphs of one list.
      } else {
        endList()
        this.#one(node, flow)
      }
    }
    endList()
  }

  #one(node: MarkupNode, flow: Flow): void {
    if (!isElement(node)) {
      this.#line.add(node, flow.marks, flow.kept)
      return
    }
    const { tag } = node
    if (dropped.has(tag) || isHidden(node) || isWordSign(node)) return
    const label = this.#reading.notes.labelOf(node)
    if (label !== undefined) {
      this.#push(elementWith('footnote', { label }, filled(textBlocks(this.#within(node, flow)))))
      return
    }
    const held = this.#flowWithin(node, flow)
    if (this.#special(node, held)) return
    if (isSpaceRun(node)) {
      this.#line.add(' ', flow.marks, false)
      return
    }
    const level = headingLevel(node)
    if (level !== null) {
      this.#endLine()
      this.#level = flow.depth === 1 ? level : null
      const marks = this.#level === null ? withMark(held.marks, { type: 'bold' }) : held.marks
      this.#each(node.children, { ...held, marks })
      this.#endLine()
      this.#level = null
      return
    }
    const own = ownLines.has(tag)
    if (own) this.#endLine()
    this.#each(
      node.children,
      tag === 'dt' ? { ...held, marks: withMark(held.marks, { type: 'bold' }) } : held,
    )
    if (own) this.#endLine()
  }

  /** Elements with a meaning of their own. @returns true: it was read. */
  #special(node: MarkupElement, flow: Flow): boolean {
    const { tag } = node
    switch (tag) {
      case 'br':
        if (!hasClass(node, /^Apple-interchange-newline$/)) this.#line.break()
        return true
      case 'hr':
        if (attributeOf(node, 'width') !== '33%') this.#push(element('horizontalRule'))
        return true
      case 'img': {
        const picture = pictureOf(node, this.#reading)
        if (typeof picture === 'string') this.#line.add(picture, flow.marks, false)
        else if (picture) this.#push(picture)
        return true
      }
      case 'pre':
        this.#push(codeJson(codeText(node), this.#languageIn(node, flow)))
        return true
      case 'blockquote':
        this.#contain('blockquote', {}, node, flow)
        return true
      case 'details':
        this.#details(node, flow)
        return true
      case 'ul':
      case 'ol':
        if (elementsIn(node).some((item) => this.#reading.notes.labelOf(item) !== undefined)) return false
        this.#push(...listsOf(this.#items(node, flow)))
        return true
      case 'table':
        this.#table(node, flow)
        return true
      case 'math':
        this.#formula(node, flow)
        return true
      case 'a':
        return this.#reference(node)
      case 'sub':
      case 'sup': {
        if (this.#reference(node)) return true
        const said = raisedText(node)
        if (said !== null) this.#line.add(said, flow.marks, false)
        return said !== null
      }
      default:
        break
    }
    if (isCodeBox(node)) {
      const text = codeText(node)
      if (!text.includes('\n')) return false
      this.#push(codeJson(text, this.#languageIn(node, flow)))
      return true
    }
    const callout = calloutOf(node)
    if (callout) this.#contain('callout', { kind: callout.kind }, callout.content, flow)
    return callout !== null
  }

  #contain(
    type: string,
    attrs: Record<string, string>,
    node: { readonly children: readonly MarkupNode[] },
    flow: Flow,
  ): void {
    const blocks = textBlocks(this.#within(node, flow))
    // Nested deeper than a document may be, its words stand where it would have.
    if (flow.depth >= pasteLimits.nesting) this.#push(...blocks)
    else if (blocks.length > 0) this.#push(elementWith(type, attrs, blocks))
  }

  /** Folded away behind its summary, which a body keeps as the first block. */
  #details(node: MarkupElement, flow: Flow): void {
    const summary = elementsIn(node).find(({ tag }) => tag === 'summary')
    const rest = node.children.filter((child) => child !== summary)
    const name = summary ? this.#within(summary, flow) : []
    this.#endLine()
    const first = name.length > 0 ? textBlocks(name) : [element('paragraph')]
    const blocks = [...first, ...textBlocks(this.#within({ children: rest }, flow))]
    this.#push(...(flow.depth >= pasteLimits.nesting ? blocks : [element('details', blocks)]))
  }

  #items(list: MarkupElement, flow: Flow): ListItem[] {
    const isFlat = flow.depth + 1 >= pasteLimits.nesting
    const read = (item: MarkupElement) => {
      const held = this.#flowWithin(item, flow)
      return this.#within(item, { ...held, depth: held.depth + 1 })
    }
    const items = itemsOf(list, read)
    return isFlat ? items.map((item) => ({ ...item, blocks: onlyText(item.blocks) })) : items
  }

  #table(node: MarkupElement, flow: Flow): void {
    if (isCodeTable(node)) {
      this.#push(codeJson(codeText(node), this.#languageIn(node, flow)))
      return
    }
    // A table in a table places things: what it holds stands there without it.
    const table =
      flow.depth > 1 || attributeOf(node, 'role') === 'presentation'
        ? null
        : tableOf(node, (cell) => {
            const held = this.#flowWithin(cell, flow)
            const marks = cell.tag === 'th' ? withoutMark(held.marks, 'bold') : held.marks
            return this.#within(cell, { ...held, marks, depth: held.depth + 2 })
          })
    const caption = elementsIn(node).find(({ tag }) => tag === 'caption')
    if (caption) this.#lines(caption.children, flow)
    if (table) this.#push(table)
    else this.#lines(node.children, flow)
  }

  /** What begins and ends a line of its own. */
  #lines(nodes: readonly MarkupNode[], flow: Flow): void {
    this.#endLine()
    this.#each(nodes, flow)
    this.#endLine()
  }

  #formula(node: MarkupElement, flow: Flow): void {
    const { tex, isBlock } = formulaOf(node)
    if (isBlock) this.#push(codeJson(tex, 'math'))
    else this.#line.add(tex, withMark(flow.marks, { type: 'formula' }), false)
  }

  /** A footnote's sign in the text, or its way back. */
  #reference(node: MarkupElement): boolean {
    const { notes } = this.#reading
    const link = node.tag === 'a' ? node : elementsIn(node).length === 1 ? elementsIn(node)[0] : undefined
    if (link?.tag !== 'a') return false
    if (notes.isWayBack(link)) return true
    const label = notes.referredBy(link)
    const isSign = label !== undefined && /^[\s[(]*(?:\d+|[*†‡])[\s\])]*$/.test(textOf(link))
    if (isSign) this.#line.leaf(elementWith('footnoteReference', { label }))
    return isSign
  }

  #flowWithin(node: MarkupElement, flow: Flow): Flow {
    const space = styleOf(node)['white-space']
    const kept = space === undefined ? flow.kept : /^(?:pre|break-spaces)/.test(space)
    return {
      marks: marksWithin(node, flow.marks, this.#reading.base),
      kept,
      depth: flow.depth,
      language: languageOf(node) ?? flow.language,
    }
  }

  #languageIn(node: MarkupElement, flow: Flow): string | null {
    const code = elementsIn(node).find(({ tag }) => tag === 'code')
    return (code && languageOf(code)) ?? languageOf(node) ?? flow.language
  }
}

const isList = ({ tag }: MarkupElement): boolean => tag === 'ul' || tag === 'ol'

/**
 * A list whose items say their level themselves: the next one may go on within its last item. Word on the web puts each
 * item into a list, and that into a wrapper of its own. Null: it is none.
 */
function flatListIn(node: MarkupElement): MarkupElement | null {
  const [only, ...more] = elementsIn(node)
  const list = isList(node) ? node : node.tag === 'div' && more.length === 0 ? only : undefined
  if (!list || !isList(list)) return null
  const items = elementsIn(list)
  const isFlat = items.every((item) => item.tag === 'li' && hasAttribute(item, 'data-aria-level'))
  return items.length > 0 && isFlat ? list : null
}

function headingLevel(node: MarkupElement): number | null {
  const [, level] = /^h([1-6])$/.exec(node.tag) ?? []
  if (level !== undefined) return Number(level)
  if (attributeOf(node, 'role') !== 'heading') return wordHeading(node)
  const said = Number.parseInt(attributeOf(node, 'aria-level'), 10)
  return said >= 1 && said <= 6 ? said : 2
}

function isHidden(node: MarkupElement): boolean {
  if (hasAttribute(node, 'hidden') || attributeOf(node, 'aria-hidden') === 'true') return true
  if (hasClass(node, /^(?:sr-only|visually-hidden|screen-reader-text|EOP|anchorjs-link|headerlink)$/))
    return true
  const style = styleOf(node)
  return style.display === 'none' || style['mso-hide'] === 'all'
}

/** A file's lines in a table, with their numbers: GitHub's and GitLab's view of code. */
const isCodeTable = (node: MarkupElement): boolean =>
  hasClass(node, /^(?:highlight|js-file-line-container|highlighttable|rouge-table)$/)

const onlyText = (blocks: readonly DocumentJson[]): DocumentJson[] =>
  blocks.flatMap((block) =>
    block.content?.some(({ type }) => type === 'text') || !block.content ? [block] : onlyText(block.content),
  )

/** Neighbouring paragraphs that are code throughout are lines of one piece of code. */
function joinedCode(blocks: readonly DocumentJson[]): DocumentJson[] {
  const out: DocumentJson[] = []
  let lines: DocumentJson[] = []
  const end = () => {
    if (lines.length > 1) out.push(codeJson(lines.map(lineText).join('\n'), null))
    else out.push(...lines)
    lines = []
  }
  for (const block of blocks) {
    if (isCodeLine(block)) lines.push(block)
    else {
      end()
      out.push(block)
    }
  }
  end()
  return out
}

const isCodeLine = ({ type, content = [] }: DocumentJson): boolean =>
  type === 'paragraph' &&
  content.length > 0 &&
  content.every((part) => part.type === 'hardBreak' || part.marks?.some((mark) => mark.type === 'code'))

const lineText = ({ content = [] }: DocumentJson): string =>
  content.map((part) => (part.type === 'hardBreak' ? '\n' : (part.text ?? ''))).join('')
