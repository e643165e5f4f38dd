import type { MarkupElement, MarkupNode } from '../../lib/content/paste/markup'

const empty = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
const raw = new Set(['script', 'style', 'title', 'textarea'])
const named: Readonly<Record<string, string>> = { nbsp: '\u00a0', amp: '&', lt: '<', gt: '>', quot: '"' }

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal))
    return hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (named[name] ?? whole)
  })

/**
 * HTML as a tree, for tests without a browser. It reads what is well formed, comments and Word's conditions in
 * `<![…]>`; every element that is not empty must be closed. Journeys give the same files to a real browser.
 */
export function htmlTree(source: string): MarkupElement {
  interface Open {
    tag: string
    attributes: Record<string, string>
    children: MarkupNode[]
  }
  const root: Open = { tag: 'body', attributes: {}, children: [] }
  const open: Open[] = [root]
  const piece =
    /<!--[\s\S]*?-->|<![^>]*>|<\?[^>]*>|<(\/?)([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>|[^<]+|</gi
  for (const [whole, slash, name, rest = ''] of source.matchAll(piece)) {
    const parent = open.at(-1) as Open
    if (!name) {
      if (!whole.startsWith('<!') && !whole.startsWith('<?')) parent.children.push(decoded(whole))
      continue
    }
    const tag = name.toLowerCase()
    if (slash) {
      if (parent.tag !== tag) throw new Error(`</${tag}> closes <${parent.tag}>`)
      open.pop()
      continue
    }
    const attributes: Record<string, string> = {}
    for (const [, key = '', double, single, bare] of rest.matchAll(
      /([^\s=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
    )) {
      attributes[key.toLowerCase()] = decoded(double ?? single ?? bare ?? '')
    }
    const element: Open = { tag, attributes, children: [] }
    parent.children.push(element)
    if (!empty.has(tag)) open.push(element)
    if (raw.has(tag)) element.children = []
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)?.tag}> is not closed`)
  return root
}
