import * as Y from 'yjs'
import { importMarkdown } from '../../lib/content/markdown/markdown-import'
import { seedUpdate } from '../../lib/content/seed'
import { exactDoc } from '../../lib/sync/exact-doc'
import { change } from './raw-body'

const markdown = `One paragraph, **bold**.

- one

| a |
| --- |
| 1 |
`

/** The client id under which `ordinaryUpdates` are written. */
export const ordinaryClient = 4_123_456_789

/** The first run of text in an element, or in one of its children. */
export function firstText(parent: Y.XmlFragment): Y.XmlText {
  const text = textsIn(parent)[0]
  if (text === undefined) throw new Error('no text')
  return text
}

const textsIn = (parent: Y.XmlFragment): Y.XmlText[] =>
  parent.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return [child]
    return child instanceof Y.XmlElement ? textsIn(child) : []
  })

/** A block with its text, as an editor makes one. */
export function block(name: string, ...children: (Y.XmlElement | string)[]): Y.XmlElement {
  const element = new Y.XmlElement(name)
  element.insert(
    0,
    children.map((child) => (typeof child === 'string' ? new Y.XmlText(child) : child)),
  )
  return element
}

/** A small body, and what an editor sends for one thing that somebody does to it, each on its own. */
export function ordinaryUpdates(): { body: Y.Doc; updates: Record<string, Uint8Array> } {
  let ids = 0
  const seed = seedUpdate(importMarkdown(markdown, { newId: () => `b${ids++}` }).content, 1)
  const body = exactDoc()
  Y.applyUpdate(body, seed)
  const by = (edit: (content: Y.XmlFragment) => void) => {
    const doc = exactDoc()
    Y.applyUpdate(doc, seed)
    doc.clientID = ordinaryClient
    return change(doc, () => edit(doc.getXmlFragment('content')))
  }
  const updates = {
    'a letter': by((content) => firstText(content).insert(3, 'x')),
    'letters beyond the first plane': by((content) => firstText(content).insert(3, '😀ñ漢')),
    'a deletion': by((content) => firstText(content).delete(2, 5)),
    'a mark': by((content) => firstText(content).format(0, 3, { italic: {} })),
    'a link': by((content) => firstText(content).format(0, 3, { link: { href: '#a', title: null } })),
    'the end of a mark': by((content) => firstText(content).format(15, 4, { bold: null })),
    'a new paragraph': by((content) => content.insert(1, [block('paragraph', 'new')])),
    'a heading with its level': by((content) => {
      const heading = block('heading', 'new')
      heading.setAttribute('level', 2 as never)
      content.insert(0, [heading])
    }),
    'a table': by((content) =>
      content.push([block('table', block('tableRow', block('tableCell', block('paragraph', '1'))))]),
    ),
    'an attribute': by((content) => (content.get(0) as Y.XmlElement).setAttribute('id', 'p1')),
    'a block that goes': by((content) => content.delete(1, 1)),
    'a paragraph split in two': by((content) => {
      firstText(content).delete(5, 8)
      content.insert(1, [block('paragraph', 'ragraph,')])
    }),
  }
  return { body, updates }
}
