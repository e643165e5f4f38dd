import { sizeInWords } from '../../../lib/size-in-words'

/** What a person can do about a file that is on its way. */
export interface UploadActs {
  readonly onCancel: () => void
  readonly onRetry: () => void
}

/** What a browser draws of a file without asking what is in it. */
const isDrawn = ({ type, size }: File) => /^image\/(png|jpeg|gif|webp)$/.test(type) && size < 12_000_000

/** A file on its way, where it is going to stand: seen by whoever sends it, and by nobody else. */
export class UploadSign {
  readonly dom = document.createElement('div')
  readonly #file: File
  readonly #acts: UploadActs
  readonly #bar = document.createElement('div')
  readonly #line = document.createElement('div')
  #preview: string | null = null

  constructor(file: File, acts: UploadActs) {
    this.#file = file
    this.#acts = acts
    this.dom.className = 'upload'
    this.dom.contentEditable = 'false'
    if (isDrawn(file)) this.#draw()
    this.#line.className = 'upload-line'
    this.dom.append(this.#line)
    this.waits()
  }

  waits(): void {
    this.#say('Waiting')
  }

  progress(part: number): void {
    this.#say('Uploading')
    const percent = Math.round(part * 100)
    this.#bar.ariaValueNow = String(percent)
    this.#bar.style.setProperty('--part', `${percent}%`)
  }

  failed(sentence: string): void {
    this.dom.classList.add('is-failed')
    const said = document.createElement('p')
    said.role = 'alert'
    said.append(bold(this.#file.name), ` was not put in. ${sentence}`)
    this.#line.replaceChildren(
      said,
      button('Try again', this.#acts.onRetry),
      button('Remove', this.#acts.onCancel),
    )
  }

  gone(): void {
    if (this.#preview) URL.revokeObjectURL(this.#preview)
  }

  #draw(): void {
    this.#preview = URL.createObjectURL(this.#file)
    const image = document.createElement('img')
    image.alt = ''
    image.src = this.#preview
    this.dom.append(image)
  }

  #say(what: string): void {
    if (this.#line.contains(this.#bar) && this.#bar.dataset.what === what) return
    this.dom.classList.remove('is-failed')
    const name = document.createElement('p')
    name.append(bold(this.#file.name), ` ${sizeInWords(this.#file.size)}`)
    this.#bar.className = 'upload-bar'
    this.#bar.dataset.what = what
    this.#bar.role = 'progressbar'
    this.#bar.ariaLabel = `${what} ${this.#file.name}`
    this.#bar.ariaValueMin = '0'
    this.#bar.ariaValueMax = '100'
    this.#line.replaceChildren(name, this.#bar, button('Cancel', this.#acts.onCancel))
  }
}

function bold(text: string): HTMLElement {
  const element = document.createElement('b')
  element.textContent = text
  return element
}

function button(label: string, onPress: () => void): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.textContent = label
  // The caret stays where it is.
  element.addEventListener('mousedown', (event) => event.preventDefault())
  element.addEventListener('click', onPress)
  return element
}
