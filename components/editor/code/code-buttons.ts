import { toast } from '../../ui/toast'

const shapes = {
  copy: 'M9 5h9a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2M4 16V5a2 2 0 0 1 2-2h9',
  enlarge: 'M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7',
  close: 'M18 6 6 18M6 6l12 12',
}

/** A button of plain elements, for what stands among the text. */
export function plainButton(shape: keyof typeof shapes, name: string, act: () => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.contentEditable = 'false'
  button.className = 'code-button'
  button.title = name
  button.setAttribute('aria-label', name)
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  icon.setAttribute('viewBox', '0 0 24 24')
  icon.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', shapes[shape])
  icon.append(path)
  button.append(icon)
  // The caret stays where it is.
  button.addEventListener('mousedown', (event) => event.preventDefault())
  button.addEventListener('click', act)
  return button
}

/** Copies the text of a block, for who reads as for who writes. */
export const copyButton = (text: () => string): HTMLButtonElement =>
  plainButton('copy', 'Copy this code', () => {
    void navigator.clipboard.writeText(text()).then(
      () => toast({ text: 'Copied.' }),
      () => toast({ text: 'The browser did not allow copying. Select the text and copy it by keyboard.' }),
    )
  })
