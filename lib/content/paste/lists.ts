import { type DocumentJson, element, elementWith } from '../document-json'
import { textBlocks } from './fitting'
import {
  attributeOf,
  elementsIn,
  findIn,
  hasAttribute,
  hasClass,
  type MarkupElement,
  styleOf,
} from './markup'

/** One item of a list, whatever made it one: its level says in whose item it stands. */
export interface ListItem {
  /** 1 for the outermost. */
  readonly level: number
  readonly kind: 'bulletList' | 'orderedList' | 'taskList'
  /** Number of the first item of a numbered list; how it counts (null: 1, 2, 3). */
  readonly start: number
  readonly counting: string | null
  readonly checked: boolean
  readonly blocks: readonly DocumentJson[]
}

/** Lists from items with levels: an item of a deeper level stands in the last one above it. */
export function listsOf(items: readonly ListItem[]): DocumentJson[] {
  const outer = items.reduce((least, { level }) => Math.min(least, level), 99)
  const lists: DocumentJson[] = []
  let at = 0
  while (at < items.length) {
    const item = items[at] as ListItem
    at += 1
    const within: ListItem[] = item.level > outer ? [item] : []
    while (at < items.length && (items[at]?.level ?? 0) > outer) within.push(items[at++] as ListItem)
    if (item.level > outer) lists.push(...listsOf(within))
    else addTo(lists, item, within.length > 0 ? listsOf(within) : [])
  }
  return lists
}

function addTo(lists: DocumentJson[], item: ListItem, within: readonly DocumentJson[]): void {
  const blocks = textBlocks(item.blocks)
  const content = [...(blocks[0]?.type === 'paragraph' ? [] : [element('paragraph')]), ...blocks, ...within]
  const json =
    item.kind === 'taskList'
      ? elementWith('taskItem', { checked: item.checked }, content)
      : element('listItem', content)
  const last = lists.at(-1)
  if (last?.type === item.kind) last.content?.push(json)
  else if (item.kind !== 'orderedList') lists.push(element(item.kind, [json]))
  else lists.push(elementWith('orderedList', { start: item.start, type: item.counting }, [json]))
}

/** Items of a list and of lists that stand in it without an item of their own, as Google Docs nests them. */
export function itemsOf(
  list: MarkupElement,
  read: (item: MarkupElement) => DocumentJson[],
  level = 1,
): ListItem[] {
  const isOrdered = list.tag === 'ol'
  return elementsIn(list).flatMap((child): ListItem[] => {
    if (child.tag === 'ul' || child.tag === 'ol') return itemsOf(child, read, Math.min(level + 1, 9))
    if (child.tag !== 'li') return []
    const checked = checkOf(child)
    const said = Number.parseInt(attributeOf(child, 'aria-level'), 10)
    return [
      {
        level: said >= 1 && said <= 9 ? said : level,
        kind: checked !== null && !isOrdered ? 'taskList' : isOrdered ? 'orderedList' : 'bulletList',
        start: startOf(list),
        counting: isOrdered ? countingOf(list, child) : null,
        checked: checked === true,
        blocks: read(child),
      },
    ]
  })
}

function startOf(list: MarkupElement): number {
  const start = Number.parseInt(attributeOf(list, 'start'), 10)
  return start >= 0 && start <= 999_999_999 ? start : 1
}

const countings: Readonly<Record<string, string>> = {
  'lower-alpha': 'a',
  'lower-latin': 'a',
  'upper-alpha': 'A',
  'upper-latin': 'A',
  'lower-roman': 'i',
  'upper-roman': 'I',
}

function countingOf(list: MarkupElement, item: MarkupElement): string | null {
  const type = attributeOf(list, 'type')
  if (/^[aAiI]$/.test(type)) return type
  const style = styleOf(item)['list-style-type'] ?? styleOf(list)['list-style-type'] ?? ''
  return Object.hasOwn(countings, style) ? (countings[style] ?? null) : null
}

/** Whether the box of an item is ticked; null: it has none. */
function checkOf(item: MarkupElement): boolean | null {
  if (attributeOf(item, 'role') === 'checkbox') return attributeOf(item, 'aria-checked') === 'true'
  if (hasAttribute(item, 'data-checked')) return attributeOf(item, 'data-checked') !== 'false'
  const box = findIn(item, (element) => element.tag !== 'li' && isBox(element))
  if (!box || isInInnerList(item, box)) return null
  return box.tag === 'input' ? hasAttribute(box, 'checked') : hasClass(box, /^checkbox-on$/)
}

/** A box of its own kind: of a form, or as Notion draws it. */
const isBox = (element: MarkupElement): boolean =>
  element.tag === 'input'
    ? attributeOf(element, 'type').toLowerCase() === 'checkbox'
    : hasClass(element, /^checkbox-(?:on|off)$/)

const isInInnerList = (item: MarkupElement, box: MarkupElement): boolean =>
  findIn(item, ({ tag }) => tag === 'ul' || tag === 'ol') !== undefined &&
  elementsIn(item).every(
    (child) =>
      child.tag === 'ul' || child.tag === 'ol' || findIn(child, (element) => element === box) === undefined,
  )
