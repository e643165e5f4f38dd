import { plainButton } from '../code/code-buttons'

/** Shows a drawing as large as it is, over the page, until it is closed; the focus then goes back. */
export function enlarge(picture: HTMLImageElement): void {
  const dialog = document.createElement('dialog')
  dialog.className = 'diagram-enlarged'
  dialog.setAttribute('aria-label', picture.alt)
  const image = new Image(picture.width, picture.height)
  image.alt = picture.alt
  image.src = picture.src
  // What scrolls is reached by keyboard.
  const holder = document.createElement('div')
  holder.tabIndex = 0
  holder.append(image)
  dialog.append(
    plainButton('close', 'Close', () => dialog.close()),
    holder,
  )
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close())
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  // By its attributes it is as wide as it was drawn, which may be less than there is room for.
  const room = Math.min((innerWidth - 96) / image.width, (innerHeight - 96) / image.height)
  if (room > 1) image.style.width = `${image.width * Math.min(room, 2)}px`
}
