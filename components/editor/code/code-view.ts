import { Extension } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type NodeView } from '@tiptap/pm/view'
import { diagramLanguage, isDrawnLanguage } from '../../../lib/content/nodes/drawn-language'
import { drawId } from '../block/block-name'
import type { Drawing } from '../drawn/drawing'
import { watchNearness } from '../drawn/nearness'
import { copyButton, plainButton } from './code-buttons'
import type { CodeColours } from './code-colours'
import { bringIn } from './code-keys'

/**
 * Draws code blocks: coloured, or as the diagram or formula that they say, with their source shown while the caret is
 * in it. What is drawn is beside the text and never in it, and is loaded when the first such block comes near.
 *
 * The keyboard is let into a block as such: a long line scrolls, and a region that scrolls must be reachable
 * (WCAG 2.1.1). Where one writes, the caret gets there; saying so on the element itself changes nothing about it.
 * Where one reads, it is a stop of the Tab key.
 */
export const CodeView = Extension.create({
  name: 'codeView',
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        key: new PluginKey('codeView'),
        props: {
          nodeViews: {
            codeBlock: (node, view, getPos) =>
              new CodeBlockView(node, editor.options.editable, () => bringIn(view, getPos())),
          },
          decorations: (state) => blockOfCaret(state),
        },
      }),
    ]
  },
})

/** True for a block of code that is shown as a drawing of what it says. */
export const isDrawn = ({ attrs }: ProseMirrorNode): boolean => isDrawnLanguage(attrs.language)

/** Says to the block which has all of the selection in it that its source is to be seen. */
function blockOfCaret({ selection, doc }: EditorState): DecorationSet | null {
  const { $from, $to } = selection
  const block = $from.parent
  if (block.type.name !== 'codeBlock' || !isDrawn(block) || !$from.sameParent($to)) return null
  const [from, to] = [$from.before(), $from.after()]
  return DecorationSet.create(doc, [Decoration.node(from, to, { class: 'has-caret' })])
}

class CodeBlockView implements NodeView {
  readonly dom = document.createElement('div')
  readonly contentDOM = document.createElement('code')
  readonly #pre = document.createElement('pre')
  readonly #box = document.createElement('div')
  readonly #buttons = document.createElement('div')
  #forget = () => {}
  #node: ProseMirrorNode
  #isNear = false
  #isGone = false
  #drawing: Drawing | null = null
  #colours: CodeColours | null = null

  constructor(node: ProseMirrorNode, canWrite: boolean, onEnter: () => void) {
    this.#node = node
    this.dom.className = 'code-block'
    this.#pre.append(this.contentDOM)
    if (canWrite) this.#pre.contentEditable = 'true'
    else this.#pre.tabIndex = 0
    this.#box.contentEditable = 'false'
    this.#box.className = 'code-drawing'
    if (canWrite) {
      this.#box.addEventListener('mousedown', (event) => {
        if (event.button !== 0) return
        event.preventDefault()
        onEnter()
      })
    }
    this.#buttons.contentEditable = 'false'
    this.#buttons.className = 'code-buttons'
    this.#buttons.append(
      plainButton('enlarge', 'Show this diagram large', () => void this.#enlarge()),
      copyButton(() => this.#node.textContent),
    )
    this.dom.append(this.#pre, this.#box, this.#buttons)
    this.#say()
    this.#watch()
  }

  update(node: ProseMirrorNode): boolean {
    if (node.type !== this.#node.type) return false
    const before = this.#node
    this.#node = node
    if (before.attrs !== node.attrs) this.#say()
    if (before.attrs.language !== node.attrs.language) {
      this.#stop()
      this.#watch()
    } else if (!before.content.eq(node.content)) void this.#draw()
    return true
  }

  ignoreMutation({ type, target }: Parameters<NonNullable<NodeView['ignoreMutation']>>[0]): boolean {
    if (type === 'selection') return false
    return !this.contentDOM.contains(target) || (type === 'attributes' && target === this.contentDOM)
  }

  stopEvent({ target }: Event): boolean {
    return target instanceof Node && (this.#buttons.contains(target) || this.#box.contains(target))
  }

  destroy(): void {
    this.#isGone = true
    this.#forget()
    this.#stop()
  }

  #say(): void {
    const { language } = this.#node.attrs as { language: unknown }
    drawId(this.dom, this.#node)
    if (typeof language === 'string') this.contentDOM.className = `language-${language.split(/\s/, 1)[0]}`
    else this.contentDOM.removeAttribute('class')
    this.dom.classList.toggle('is-drawn', isDrawn(this.#node))
    this.dom.classList.toggle('is-diagram', language === diagramLanguage)
  }

  /** A drawing is ready when one gets there. Colours of what is not seen cost with each key (code-colours.ts). */
  #watch(): void {
    this.#forget()
    this.#isNear = false
    this.#forget = watchNearness(this.dom, isDrawn(this.#node) ? 'screen' : 'sight', (isNear) => {
      this.#isNear = isNear
      void this.#draw()
    })
  }

  async #draw(): Promise<void> {
    const { language } = this.#node.attrs as { language: unknown }
    if (isDrawn(this.#node)) {
      if (!this.#isNear) return
      if (!this.#drawing) {
        const { startDrawing } = await import('../drawn/drawing')
        if (this.#isGone || !isDrawn(this.#node)) return
        this.#drawing ??= startDrawing(this.dom, this.#box, String(this.#node.attrs.language))
      }
      this.#drawing.show(this.#node.textContent)
    } else if (!this.#isNear) {
      this.#stop()
    } else if (typeof language === 'string' && !this.#colours) {
      const { startColours } = await import('./code-colours')
      if (this.#isGone || !this.#isNear || this.#colours || this.#node.attrs.language !== language) return
      this.#colours = startColours(this.contentDOM, language)
    }
  }

  async #enlarge(): Promise<void> {
    const picture = this.#box.querySelector('img')
    if (!picture) return
    const { enlarge } = await import('../drawn/diagram-enlarged')
    enlarge(picture)
  }

  #stop(): void {
    this.#drawing?.stop()
    this.#drawing = null
    this.#colours?.stop()
    this.#colours = null
  }
}
