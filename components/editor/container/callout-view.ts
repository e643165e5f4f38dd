import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { NodeView } from '@tiptap/pm/view'
import { askForPopup } from './container-popup'
import { containerView, drawnButton } from './container-view'
import { calloutWord } from './container-words'

/** A callout: its kind stands above it as an icon and a word, and is chosen there. */
export function calloutView(
  first: ProseMirrorNode,
  getPos: () => number | undefined,
  canWrite: boolean,
): NodeView {
  const dom = document.createElement('aside')
  dom.setAttribute('role', 'note')
  const kind = drawnButton('callout-kind', canWrite, (button) =>
    askForPopup(button, { kind: 'callout', getPos }),
  )
  if (canWrite) kind.setAttribute('aria-haspopup', 'menu')
  const contentDOM = document.createElement('div')
  contentDOM.className = 'container-body'
  dom.append(kind, contentDOM)
  return containerView(first, {
    dom,
    contentDOM,
    draw: ({ attrs }) => {
      const word = calloutWord(attrs.kind)
      dom.dataset.callout = String(attrs.kind)
      dom.setAttribute('aria-label', word)
      kind.textContent = word
      if (canWrite) kind.setAttribute('aria-label', `Kind of this callout: ${word}`)
    },
  })
}
