import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { Decoration, EditorView, NodeView } from '@tiptap/pm/view'
import { footnotesOf } from '../../../lib/content/footnotes'
import { askForPopup } from '../container/container-popup'
import { containerView, drawnButton } from '../container/container-view'
import { goToPlace } from '../go-to-place'
import { numberIn } from './footnote-marks'

const gone = 'The text of this footnote is gone'
const unused = 'Nothing refers to this footnote'

/** A reference: a raised number that shows the footnote's text. */
export function footnoteReferenceView(first: ProseMirrorNode, decorations: readonly Decoration[]): NodeView {
  const dom = document.createElement('sup')
  dom.className = 'footnote-reference'
  dom.contentEditable = 'false'
  let label = String(first.attrs.label)
  const button = drawnButton('', true, (pressed) => askForPopup(pressed, { kind: 'footnote', label }))
  button.setAttribute('aria-haspopup', 'dialog')
  dom.append(button)
  const draw = (given: readonly Decoration[]) => {
    const number = numberIn(given)
    button.textContent = number === null ? '?' : String(number)
    button.setAttribute('aria-label', number === null ? gone : `Footnote ${number}`)
    button.title = number === null ? gone : ''
    dom.classList.toggle('is-lost', number === null)
  }
  draw(decorations)
  return {
    dom,
    update(node, given) {
      if (node.type !== first.type) return false
      label = String(node.attrs.label)
      draw(given)
      return true
    },
    ignoreMutation: () => true,
    stopEvent: (event) => event.type !== 'dragstart' && button.contains(event.target as Node),
  }
}

/** The text of a footnote, with its number and the way back to where it is referred to. */
export function footnoteView(
  first: ProseMirrorNode,
  view: EditorView,
  decorations: readonly Decoration[],
): NodeView {
  const dom = document.createElement('div')
  dom.className = 'footnote'
  dom.setAttribute('role', 'note')
  const number = document.createElement('span')
  number.className = 'footnote-number'
  number.contentEditable = 'false'
  let label = String(first.attrs.label)
  const back = drawnButton('footnote-back', true, () => backToReference(view, label))
  back.textContent = '↩'
  back.setAttribute('aria-label', 'Back to where this footnote is referred to')
  const contentDOM = document.createElement('div')
  contentDOM.className = 'container-body'
  dom.append(number, contentDOM, back)
  const drawNumber = (given: readonly Decoration[]) => {
    const found = numberIn(given)
    number.textContent = found === null ? '–' : String(found)
    number.title = found === null ? unused : ''
    dom.setAttribute('aria-label', found === null ? unused : `Footnote ${found}`)
    dom.classList.toggle('is-lost', found === null)
    back.hidden = found === null
  }
  drawNumber(decorations)
  const drawn = containerView(first, {
    dom,
    contentDOM,
    draw: (node) => {
      label = String(node.attrs.label)
      dom.dataset.footnote = label
    },
  })
  return {
    ...drawn,
    update(node, given, inner) {
      drawNumber(given)
      return drawn.update?.(node, given, inner) ?? false
    },
  }
}

/** Behind the first reference, where who wrote the footnote goes on. */
export function backToReference(view: EditorView, label: string): void {
  const [at] = footnotesOf(view.state.doc).references.get(label) ?? []
  if (at !== undefined) goToPlace(view, at + 1)
}
