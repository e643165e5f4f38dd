import * as Y from 'yjs'

/** Whether an item of a body counts. */
export type IsThere = (item: Y.Item) => boolean

export const stands: IsThere = (item) => !item.deleted

/** A stretch of a shared text with one formatting. */
export interface TextRun {
  readonly item: Y.Item
  readonly text: string
  readonly formats: Readonly<Record<string, unknown>>
}

/**
 * A block that is not in a document yet and says what another one says, ids included. Of one that was deleted, what
 * stood in it before can be had, as long as the transaction lasts in which that happened.
 */
export function copyOfBlock(element: Y.XmlElement, isThere: IsThere = stands): Y.XmlElement {
  const copy = new Y.XmlElement(element.nodeName)
  for (const [name, item] of element._map) {
    // Yjs keeps numbers and truth values too; its types know text alone.
    if (isThere(item)) copy.setAttribute(name, valueIn(item) as string)
  }
  const children = childrenOf(element, isThere).map((child) =>
    child instanceof Y.XmlElement ? copyOfBlock(child, isThere) : copyOfText(child, isThere),
  )
  copy.insert(0, children)
  return copy
}

export function copyOfText(text: Y.XmlText, isThere: IsThere = stands): Y.XmlText {
  const copy = new Y.XmlText()
  // A copy of the formats: Yjs writes into what it is given.
  copy.applyDelta(runsOf(text, isThere).map((run) => ({ insert: run.text, attributes: { ...run.formats } })))
  return copy
}

/** Where a stretch of old characters stands now. */
export interface CarriedRun {
  readonly client: number
  readonly clock: number
  readonly length: number
  readonly text: Y.XmlText
  /** Of its first character. */
  readonly index: number
}

/** Where the characters of a block stand in its copy. */
export function runsInCopy(
  type: Y.XmlElement | Y.XmlText,
  copy: Y.XmlElement | Y.XmlText,
  isThere: IsThere,
): CarriedRun[] {
  if (type instanceof Y.XmlText) {
    if (!(copy instanceof Y.XmlText)) return []
    let index = 0
    return runsOf(type, isThere).map(({ item: { id, length } }) => {
      index += length
      return { ...id, length, text: copy, index: index - length }
    })
  }
  if (!(copy instanceof Y.XmlElement)) return []
  const copies = copy.toArray() as (Y.XmlElement | Y.XmlText)[]
  return childrenOf(type, isThere).flatMap((child, index) => {
    const its = copies[index]
    return its ? runsInCopy(child, its, isThere) : []
  })
}

function childrenOf(element: Y.XmlElement, isThere: IsThere): (Y.XmlElement | Y.XmlText)[] {
  const children: (Y.XmlElement | Y.XmlText)[] = []
  for (const item of itemsOf(element)) {
    if (!isThere(item) || !(item.content instanceof Y.ContentType)) continue
    const { type } = item.content
    if (type instanceof Y.XmlElement || type instanceof Y.XmlText) children.push(type)
  }
  return children
}

/** What of a text is there, in order, each item by itself. */
export function runsOf(text: Y.XmlText, isThere: IsThere): TextRun[] {
  const runs: TextRun[] = []
  let formats: Readonly<Record<string, unknown>> = {}
  for (const item of itemsOf(text)) {
    if (!isThere(item)) continue
    const { content } = item
    if (content instanceof Y.ContentFormat) {
      const { [content.key]: _, ...others } = formats
      formats = content.value === null ? others : { ...others, [content.key]: content.value }
    } else if (content instanceof Y.ContentString) runs.push({ item, text: content.str, formats })
  }
  return runs
}

/** All items of a list or a text, deleted ones too. */
export function* itemsOf(type: Y.XmlFragment | Y.XmlText): Generator<Y.Item> {
  for (let item = type._start; item !== null; item = item.right) yield item
}

/** The value of an attribute's item. */
export const valueIn = ({ content }: Y.Item): unknown => content.getContent().at(-1)

/**
 * The block id of an element, also of one that was just deleted. Null: it has none.
 *
 * @param counts false: not this one, but the one that it had before.
 */
export function idOfElement(element: Y.XmlElement, counts: IsThere = () => true): string | null {
  let item = element._map.get('id') ?? null
  while (item && !counts(item)) item = item.left
  const value = item && valueIn(item)
  return typeof value === 'string' ? value : null
}
