import type { MarkView } from '@tiptap/pm/view'
import { watchNearness } from './nearness'

/** While one types in it, it is drawn anew at rest. */
const restMs = 150

/**
 * Draws the words under the mark as the formula that they say. Its source stands in the text as it is, hidden unless
 * the caret is in it (`.formula-open`, formulas.ts), or while it cannot be drawn.
 */
export function formulaView(onEnter: (source: HTMLElement) => void): MarkView & { contentDOM: HTMLElement } {
  const dom = document.createElement('span')
  dom.className = 'formula'
  dom.dataset.formula = ''
  const drawn = document.createElement('span')
  drawn.className = 'formula-drawn'
  drawn.dataset.formulaDrawn = ''
  drawn.contentEditable = 'false'
  const contentDOM = document.createElement('span')
  contentDOM.className = 'formula-source'
  dom.append(drawn, contentDOM)
  drawn.addEventListener('mousedown', (event) => {
    if (event.button !== 0 || drawn.closest('[contenteditable="true"]') === null) return
    event.preventDefault()
    onEnter(contentDOM)
  })

  let isNear = false
  let isGone = false
  let source: string | null = null
  let rest: ReturnType<typeof setTimeout> | undefined
  const draw = async () => {
    if (!isNear) return
    const now = textOf(contentDOM)
    if (now === source) return
    source = now
    const { drawFormula } = await import('./formula-drawing')
    if (isGone || now !== source) return
    const made = drawFormula(now, false)
    const formula = made.is === 'drawn' && 'formula' in made ? made.formula : null
    dom.classList.toggle('is-broken', formula === null)
    if (formula) drawn.replaceChildren(formula)
    else drawn.replaceChildren()
    if (made.is === 'drawn') contentDOM.removeAttribute('title')
    else contentDOM.title = made.message
  }
  const observer = new MutationObserver(() => {
    clearTimeout(rest)
    rest = setTimeout(draw, source === null ? 0 : restMs)
  })
  observer.observe(contentDOM, { childList: true, characterData: true, subtree: true })
  const forget = watchNearness(dom, 'screen', (now) => {
    isNear = now
    void draw()
  })
  return {
    dom,
    contentDOM,
    ignoreMutation: ({ type, target }) =>
      type !== 'selection' &&
      (type === 'attributes' ? target === contentDOM || target === dom : !contentDOM.contains(target)),
    destroy() {
      isGone = true
      clearTimeout(rest)
      observer.disconnect()
      forget()
    },
  }
}

/** Without the carets of others. */
function textOf(element: Element): string {
  let text = ''
  for (const child of element.childNodes) {
    if (child instanceof Text) text += child.data
    else if (child instanceof Element && !child.classList.contains('ProseMirror-widget'))
      text += textOf(child)
  }
  return text
}
