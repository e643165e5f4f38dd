import { maxAltLength } from '../../../lib/content/attribute'

/** Images that this person has just put in, by their address: each is asked about once. */
const asked = new Set<string>()

export const askForDescription = (src: string): void => void asked.add(src)

/** True once for an image that was just put in here. */
export const isAskedFor = (src: string): boolean => asked.delete(src)

export interface DescriptionActs {
  /** Null is no answer: nothing is written. */
  readonly onDescribe: (alt: string) => void
  /** The field is done with; true: back to the text by keyboard. */
  readonly onDone: (byKey: boolean) => void
}

/** The field over an image's foot in which it is described for those who cannot see it. */
export class DescriptionField {
  readonly dom = document.createElement('div')
  readonly #field = document.createElement('input')
  #written: string | null

  constructor(alt: string | null, { onDescribe, onDone }: DescriptionActs) {
    this.#written = alt
    this.dom.className = 'image-description'
    const field = this.#field
    field.type = 'text'
    field.maxLength = maxAltLength
    field.value = alt ?? ''
    field.ariaLabel = 'Description of the image'
    field.placeholder = alt === '' ? 'Decorative: nothing is said of it' : 'What does it show?'
    const skip = document.createElement('button')
    skip.type = 'button'
    skip.textContent = 'Decorative'
    skip.title = 'It says nothing that the text does not'
    skip.hidden = alt === ''
    this.dom.append(field, skip)

    const save = () => {
      const alt = field.value.trim()
      if (alt === (this.#written ?? '')) return
      this.#written = alt
      onDescribe(alt)
    }
    field.addEventListener('keydown', (event) => {
      if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
      event.preventDefault()
      if (event.key === 'Escape') field.value = this.#written ?? ''
      else save()
      onDone(true)
    })
    skip.addEventListener('click', () => {
      field.value = ''
      this.#written = ''
      onDescribe('')
      onDone(this.dom.contains(document.activeElement))
    })
    this.dom.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && this.dom.contains(relatedTarget)) return
      save()
      onDone(false)
    })
  }

  focus(): void {
    this.#field.focus()
    this.#field.select()
  }

  /** Somebody else has described it; what is being typed here stays. */
  told(alt: string | null): void {
    const untouched = this.#field.value === (this.#written ?? '')
    this.#written = alt
    if (untouched) this.#field.value = alt ?? ''
  }
}
