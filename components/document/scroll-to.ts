import type { Editor } from '@tiptap/core'
import type { OutlineSection } from '../../lib/content/outline'

const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** In a long text a smooth way would end beside its goal: blocks that come into sight take their own height by then. */
const behaviorTo = (element: Element): ScrollBehavior =>
  calm() || element.closest('.is-long') ? 'auto' : 'smooth'

/** Somebody's caret as it is drawn in the text; null: they have none. */
export const caretOf = (editor: Editor, clientId: number): Element | null =>
  editor.view.dom.querySelector(`.caret[data-client="${clientId}"]`)

export const toMiddle = (element: Element): void =>
  element.scrollIntoView({ block: 'center', behavior: behaviorTo(element) })

/** Brings a section to the top of the window; whoever writes with a keyboard has the caret there. */
export function goToSection(editor: Editor | null, sections: readonly OutlineSection[], id: string): void {
  const section = sections.find((one) => one.id === id)
  if (!editor || !section) return
  // A phone's keyboard would cover what was asked for.
  if (editor.isEditable && !window.matchMedia('(pointer: coarse)').matches) {
    const at = Math.min(section.ownFrom + 1, editor.state.doc.content.size)
    editor.chain().setTextSelection(at).focus(null, { scrollIntoView: false }).run()
  }
  const dom = editor.view.nodeDOM(section.from)
  if (dom instanceof HTMLElement) dom.scrollIntoView({ block: 'start', behavior: behaviorTo(dom) })
}

/** Brings somebody's caret into view, and their name beside it. False: they have none. */
export function goToPerson(editor: Editor | null, clientId: number): boolean {
  const caret = editor && caretOf(editor, clientId)
  if (!caret) return false
  toMiddle(caret)
  caret.classList.add('is-fresh')
  setTimeout(() => caret.classList.remove('is-fresh'), 2_000)
  return true
}
