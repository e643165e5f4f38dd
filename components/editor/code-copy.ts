import { toast } from '../ui/toast'

const shape = 'M9 5h9a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2M4 16V5a2 2 0 0 1 2-2h9'

/** Copies the text of a block, for who reads as for who writes. */
export function copyButton(text: () => string): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.contentEditable = 'false'
  button.className = 'code-copy'
  button.title = 'Copy'
  button.setAttribute('aria-label', 'Copy this code')
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  icon.setAttribute('viewBox', '0 0 24 24')
  icon.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', shape)
  icon.append(path)
  button.append(icon)
  // The caret stays where it is.
  button.addEventListener('mousedown', (event) => event.preventDefault())
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(text()).then(
      () => toast({ text: 'Copied.' }),
      () => toast({ text: 'The browser did not allow copying. Select the text and copy it by keyboard.' }),
    )
  })
  return button
}
