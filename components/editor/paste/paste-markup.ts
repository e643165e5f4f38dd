import { type MarkupElement, type MarkupNode, maxMarkupDepth } from '../../../lib/content/paste/markup'

interface Draft {
  tag: string
  attributes: Record<string, string>
  children: MarkupNode[]
}

/** Never read, whatever they hold. */
const skipped = new Set(['script', 'style', 'template', 'noscript', 'svg', 'iframe', 'object', 'title'])

/**
 * HTML of the clipboard as plain data. The browser parses it into a document without a window: scripts do not run
 * there and nothing is fetched (HTML, 8.5.1, `parseFromString`).
 */
export function markupOf(html: string): { readonly root: MarkupElement; readonly base: string | null } {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const base = page.querySelector('base[href]')?.getAttribute('href') ?? null
  return { root: treeOf(page.body), base: base !== null && /^https?:/i.test(base) ? base : null }
}

/** Walks with a stack of its own: what is nested thousands deep stands at the greatest depth that is read. */
function treeOf(body: Element): MarkupElement {
  const root: Draft = { tag: 'body', attributes: {}, children: [] }
  const stack: { next: ChildNode | null; readonly into: MarkupNode[] }[] = [
    { next: body.firstChild, into: root.children },
  ]
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const node = frame.next
    if (!node) {
      stack.pop()
      continue
    }
    frame.next = node.nextSibling
    if (node.nodeType === Node.TEXT_NODE) frame.into.push(node.nodeValue ?? '')
    if (!(node instanceof Element)) continue
    const tag = node.localName.toLowerCase()
    if (skipped.has(tag)) continue
    if (stack.length >= maxMarkupDepth) {
      stack.push({ next: node.firstChild, into: frame.into })
      continue
    }
    const drawn: Draft = { tag, attributes: attributesOf(node), children: [] }
    frame.into.push(drawn)
    stack.push({ next: node.firstChild, into: drawn.children })
  }
  return root
}

const attributesOf = (element: Element): Record<string, string> =>
  Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name.toLowerCase(), value]))
