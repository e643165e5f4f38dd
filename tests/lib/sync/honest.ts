import fc from 'fast-check'
import * as Y from 'yjs'
import { isIdentified } from '../../../lib/content/attribute'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { seedUpdate } from '../../../lib/content/seed'
import { exactDoc } from '../../../lib/sync/exact-doc'

const markdown = `# Title

One paragraph, **bold** and with a [link](https://a.example/).

- one
- two

> quoted

| a | b |
| --- | --- |
| 1 | 2 |

> [!WARNING]
> mind

> [!DECISION] accepted · 2026-11-26 · Ada
> so be it

<details>
<summary>more</summary>

hidden

</details>

Said by [@Ada](#person:6f1c0c0e-4b7a-4a35-9a55-0d6f2f3b8a01),[^n] as $x^2$.

![a](https://a.example/a.png)

[^n]: noted
`

let made: Uint8Array | null = null
/** A small body with every kind of block that may stand in another. */
export function seedBody(): Uint8Array {
  let ids = 0
  made ??= seedUpdate(importMarkdown(markdown, { newId: () => `b${ids++}` }).content, 1)
  return made
}

/** One thing that a person does; numbers are taken modulo what there is. */
export type Edit = (typeof kinds)[number] extends infer Kind
  ? { kind: Kind; at: number; size: number; on: number }
  : never
const kinds = [
  'type',
  'delete',
  'mark',
  'unmark',
  'block',
  'quote',
  'split',
  'remove',
  'attribute',
  'unset',
  'undo',
  'redo',
] as const

export const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(...kinds),
  at: fc.nat(30),
  size: fc.nat(6),
  on: fc.nat(40),
})

const marks = [{ bold: {} }, { italic: {} }, { link: { href: 'https://a.example/', title: null } }] as const
const words = ['a', 'bc', 'def', '😀', '\u202eabc', '\0', '\n', 'ñandú 漢字']

/** Somebody with a copy of their own, who can undo what they did. */
export class Editor {
  readonly doc = exactDoc()
  /** Updates that their page would have sent, oldest first. */
  readonly written: Uint8Array[] = []
  readonly #undo: Y.UndoManager

  constructor(client: number, seed: Uint8Array) {
    Y.applyUpdate(this.doc, seed)
    this.doc.clientID = client
    this.#undo = new Y.UndoManager(this.#body, { trackedOrigins: new Set([null]), captureTimeout: 0 })
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'heard') this.written.push(update)
    })
  }

  get #body(): Y.XmlFragment {
    return this.doc.getXmlFragment('content')
  }

  hear(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'heard')
  }

  edit(edit: Edit): void {
    if (edit.kind === 'undo') this.#undo.undo()
    else if (edit.kind === 'redo') this.#undo.redo()
    else this.doc.transact(() => this.#change(edit), null)
  }

  #change({ kind, at, size, on }: Edit): void {
    const elements = all(this.#body).filter((node) => node instanceof Y.XmlElement)
    const texts = all(this.#body).filter((node) => node instanceof Y.XmlText)
    const text = texts[on % Math.max(1, texts.length)]
    const element = elements[on % Math.max(1, elements.length)]
    switch (kind) {
      case 'type':
        text?.insert(at % (text.length + 1), words[size % words.length] ?? '')
        break
      case 'delete':
        if (text && text.length > 0) cut(text, at % text.length, size + 1)
        break
      case 'mark':
      case 'unmark':
        if (text && text.length > 0) {
          const mark = marks[size % marks.length] ?? {}
          const start = at % text.length
          const ends = Object.fromEntries(Object.keys(mark).map((name) => [name, null]))
          text.format(start, Math.min(size + 1, text.length - start), kind === 'mark' ? mark : ends)
        }
        break
      case 'block':
        this.#body.insert(at % (this.#body.length + 1), [
          blockOf(['paragraph', 'heading'][size % 2] ?? '', 'new'),
        ])
        break
      case 'quote': {
        const quote = new Y.XmlElement('blockquote')
        quote.insert(0, [blockOf('paragraph', 'quoted')])
        const quotes = elements.filter((node) => node.nodeName === 'blockquote')
        const into = size % 2 === 0 ? this.#body : (quotes[on % Math.max(1, quotes.length)] ?? this.#body)
        into.insert(at % (into.length + 1), [quote])
        break
      }
      case 'split':
        if (text && text.parent instanceof Y.XmlElement && text.parent.parent instanceof Y.XmlFragment) {
          const start = at % (text.length + 1)
          const tail = text
            .toString()
            .replace(/<[^>]*>/g, '')
            .slice(start)
          cut(text, start, text.length - start)
          const after = text.parent
          const parent = after.parent as Y.XmlFragment
          parent.insertAfter(after, [blockOf('paragraph', tail)])
        }
        break
      case 'remove': {
        const parent = element?.parent
        if (element && parent instanceof Y.XmlFragment) {
          parent.delete(parent.toArray().indexOf(element as never), 1)
        }
        break
      }
      case 'attribute':
        // A part of a line has no id.
        if (!element || !isIdentified(element.nodeName)) break
        element.setAttribute('id', `x${size}`)
        if (size > 3) element.setAttribute('id', `y${size}`)
        break
      case 'unset':
        element?.removeAttribute('id')
        break
    }
  }
}

function blockOf(name: string, words: string): Y.XmlElement {
  const block = new Y.XmlElement(name)
  if (name === 'heading') block.setAttribute('level', 2 as never)
  block.insert(0, [new Y.XmlText(words)])
  return block
}

function cut(text: Y.XmlText, start: number, length: number): void {
  const possible = Math.min(length, text.length - start)
  if (possible > 0) text.delete(start, possible)
}

function all(parent: Y.XmlFragment): (Y.XmlElement | Y.XmlText)[] {
  return parent.toArray().flatMap((child) => {
    if (child instanceof Y.XmlElement) return [child, ...all(child)]
    return child instanceof Y.XmlText ? [child] : []
  })
}
