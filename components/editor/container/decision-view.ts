import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { NodeView } from '@tiptap/pm/view'
import { askForPopup } from './container-popup'
import { containerView, drawnButton } from './container-view'
import { aboutDecision, decisionWord } from './container-words'

/** A decision: above it its state, who decided and when; its first block says what. */
export function decisionView(
  first: ProseMirrorNode,
  getPos: () => number | undefined,
  canWrite: boolean,
): NodeView {
  const dom = document.createElement('section')
  dom.setAttribute('role', 'group')
  const head = document.createElement('div')
  head.className = 'decision-head'
  head.contentEditable = 'false'
  const state = drawnButton('decision-state', canWrite, (button) =>
    askForPopup(button, { kind: 'decision', getPos }),
  )
  const about = drawnButton('decision-about', canWrite, (button) =>
    askForPopup(button, { kind: 'decision-about', getPos }),
  )
  if (canWrite) {
    state.setAttribute('aria-haspopup', 'menu')
    about.setAttribute('aria-haspopup', 'dialog')
  }
  head.append('Decision', state, about)
  const contentDOM = document.createElement('div')
  contentDOM.className = 'container-body'
  dom.append(head, contentDOM)
  return containerView(first, {
    dom,
    contentDOM,
    draw: ({ attrs }) => {
      const word = decisionWord(attrs.state)
      const known = aboutDecision(attrs)
      dom.dataset.decision = String(attrs.state)
      dom.setAttribute('aria-label', `Decision, ${word.toLowerCase()}`)
      state.textContent = word
      if (canWrite) state.setAttribute('aria-label', `State of this decision: ${word}`)
      about.textContent = known || (canWrite ? 'Who and when' : '')
      about.classList.toggle('is-unsaid', known === '')
    },
  })
}
