import { Editor, Extension } from '@tiptap/core'
import { history, redo, undo } from '@tiptap/pm/history'
import { keymap } from '@tiptap/pm/keymap'
import { TextSelection } from '@tiptap/pm/state'
import type { DocumentJson } from '../../../lib/content/document-json'
import { contentExtensions } from '../../../lib/content/schema'
import { isMac, shortcutText } from '../../ui/shortcut'
import { Paste } from '../paste/paste'
import { withTables } from '../table/table-editing'

const OwnUndo = Extension.create({
  name: 'ownUndo',
  addProseMirrorPlugins: () => [history(), keymap({ 'Mod-z': undo, 'Mod-Shift-z': redo, 'Mod-y': redo })],
})

/** What became of a proposal; `overtaken`: its block is another one by now, and the person chooses. */
export type Proposed = 'taken' | 'refused' | 'overtaken'

export interface NestedInput {
  /** The block as it stands, or as its reader has proposed it already. */
  readonly blocks: readonly DocumentJson[]
  /** Where the caret is, as characters from the beginning of the first block; null: at the end. */
  readonly selection: { readonly from: number; readonly to: number } | null
  /** Proposes what it says now; where that is not taken, the editor stays. */
  readonly onPropose: (blocks: readonly DocumentJson[]) => Promise<Proposed>
  readonly onWithdraw: () => void
}

/** A small editor over one block: what is typed here is proposed, not written. */
export class NestedEditor {
  readonly dom: HTMLElement
  readonly editor: Editor
  readonly #input: NestedInput
  readonly #before: string
  readonly #said = document.createElement('span')
  #busy = false
  #ended = false
  #overtaken = false

  constructor(input: NestedInput) {
    this.#input = input
    this.dom = document.createElement('div')
    this.dom.className = 'suggest-edit'
    this.dom.contentEditable = 'false'
    const field = document.createElement('div')
    const keys = Extension.create({
      name: 'suggestKeys',
      priority: 3_000,
      addKeyboardShortcuts: () => ({
        'Mod-Enter': () => {
          void this.propose()
          return true
        },
        Escape: () => {
          this.#withdraw()
          return true
        },
      }),
    })
    this.editor = new Editor({
      element: field,
      injectCSS: false,
      extensions: [...withTables(contentExtensions), OwnUndo, Paste, keys],
      content: { type: 'doc', content: [...input.blocks] },
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': 'Your suggestion for this block',
          spellcheck: 'true',
        },
      },
    })
    this.#before = JSON.stringify(this.editor.getJSON())
    this.dom.append(field, this.#bar())
    this.dom.addEventListener('focusout', (event) => {
      if (event.relatedTarget instanceof Node && this.dom.contains(event.relatedTarget)) return
      // The window went to the back: nobody has left.
      if (!document.hasFocus()) return
      // What it changes by now is for the person to look at first.
      if (!this.#overtaken) void this.propose()
    })
  }

  /** Takes the focus over, once it is in the page. */
  focus(): void {
    const { selection } = this.#input
    const { view } = this.editor
    const { doc, tr } = view.state
    const at = (offset: number) => doc.resolve(Math.min(doc.content.size, 1 + offset))
    view.dispatch(
      tr.setSelection(
        selection === null
          ? TextSelection.atEnd(doc)
          : TextSelection.between(at(selection.from), at(selection.to)),
      ),
    )
    // At once: the next key is meant for it already.
    view.focus()
  }

  /** What was typed is on its way. */
  get isBusy(): boolean {
    return this.#busy
  }

  /** What it says now. */
  get blocks(): readonly DocumentJson[] {
    return (this.editor.getJSON().content ?? []) as DocumentJson[]
  }

  get isChanged(): boolean {
    return JSON.stringify(this.editor.getJSON()) !== this.#before
  }

  async propose(): Promise<void> {
    if (this.#busy || this.#ended) return
    if (!this.isChanged) return this.#withdraw()
    this.#busy = true
    this.dom.setAttribute('aria-busy', 'true')
    const became = await this.#input.onPropose(this.blocks)
    this.#busy = false
    this.dom.removeAttribute('aria-busy')
    if (this.#ended) return
    if (became === 'overtaken') this.#sayOvertaken()
    if (became !== 'taken') this.editor.view.focus()
  }

  destroy(): void {
    this.#ended = true
    this.editor.destroy()
  }

  #withdraw(): void {
    if (this.#ended) return
    // Going away takes the focus, which would propose what is withdrawn.
    this.#ended = true
    this.#input.onWithdraw()
  }

  #bar(): HTMLElement {
    const bar = document.createElement('div')
    bar.className = 'suggest-edit-bar'
    this.#said.textContent = 'A suggestion'
    this.#said.setAttribute('role', 'status')
    bar.append(
      this.#said,
      barButton('Cancel', 'Escape', () => this.#withdraw()),
      barButton('Propose', shortcutText('Mod-Enter', isMac()), () => void this.propose()),
    )
    return bar
  }

  #sayOvertaken(): void {
    if (this.#overtaken) return
    this.#overtaken = true
    this.#said.textContent = 'Changed by somebody meanwhile: see above.'
    const copy = barButton('Copy my words', '', () => {
      this.#copy().then(
        () => {
          copy.textContent = 'Copied'
        },
        () => {
          this.#said.textContent = 'They could not be copied. Select them, and copy them by keyboard.'
        },
      )
    })
    this.#said.after(copy)
    const propose = this.dom.querySelector('.suggest-edit-bar button:last-child')
    if (propose) propose.textContent = 'Propose on that'
  }

  async #copy(): Promise<void> {
    const { doc } = this.editor.state
    await navigator.clipboard.writeText(doc.textBetween(0, doc.content.size, '\n\n', '\n'))
  }
}

function barButton(text: string, title: string, run: () => void): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.textContent = text
  element.title = title
  // The words keep the focus until it is done.
  element.addEventListener('mousedown', (event) => event.preventDefault())
  element.addEventListener('click', run)
  return element
}
