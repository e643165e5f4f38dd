import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { EditorView, NodeView } from '@tiptap/pm/view'
import { attachmentAt, type PixelSize, sizeInId } from '../../../lib/content/attachment'
import { drawId } from '../block/block-name'
import { DescriptionField, isAskedFor } from './image-description'
import { keptElsewhere, notShown } from './image-missing'
import { resizeHandle } from './image-resize'

interface ImageAttributes {
  readonly src: string
  readonly alt: string | null
  readonly width: number | null
}

/** An image that is less wide has the field beside it, where there is as much room. In CSS pixels. */
const besideBelowPx = 300

const attributesOf = (node: ProseMirrorNode) => node.attrs as ImageAttributes

/**
 * An image in its frame. Its place is as large as it will be before it has come: the size stands in its id. Who writes
 * gets a handle and a field for its description while it is selected; they lie over it, so that nothing shifts.
 */
export class ImageView implements NodeView {
  readonly dom = document.createElement('figure')
  readonly #frame = document.createElement('div')
  readonly #view: EditorView
  readonly #getPos: () => number | undefined
  readonly #canWrite: boolean
  #node: ProseMirrorNode
  #selected = false
  #handle: HTMLElement | null = null
  #field: DescriptionField | null = null
  #hint: HTMLElement | null = null

  constructor(
    node: ProseMirrorNode,
    view: EditorView,
    given: { getPos: () => number | undefined; canWrite: boolean },
  ) {
    this.#node = node
    this.#view = view
    this.#getPos = given.getPos
    this.#canWrite = given.canWrite
    this.dom.className = 'image'
    this.dom.contentEditable = 'false'
    this.#frame.className = 'image-frame'
    this.dom.append(this.#frame)
    this.#drawImage()
    this.#drawAttributes()
    if (given.canWrite && isAskedFor(attributesOf(node).src)) this.#openField()
  }

  update(node: ProseMirrorNode): boolean {
    if (node.type !== this.#node.type) return false
    const isAnother = attributesOf(node).src !== attributesOf(this.#node).src
    this.#node = node
    if (isAnother) this.#drawImage()
    this.#drawAttributes()
    this.#field?.told(attributesOf(node).alt)
    return true
  }

  selectNode(): void {
    this.#selected = true
    this.dom.classList.add('is-selected')
    if (!this.#mayChange) return
    this.#handle ??= this.#makeHandle()
    this.#frame.append(this.#handle)
    this.#openField()
  }

  deselectNode(): void {
    this.#selected = false
    this.dom.classList.remove('is-selected')
    this.#settle()
  }

  stopEvent({ target }: Event): boolean {
    return target instanceof Element && target.closest('button, input, a') !== null
  }

  ignoreMutation(): boolean {
    return true
  }

  /** By keyboard, from the selected image. */
  focusField(): void {
    this.#openField()
    this.#field?.focus()
  }

  get #mayChange(): boolean {
    return this.#canWrite && !this.#view.dom.hasAttribute('data-suggesting')
  }

  #drawImage(): void {
    const { src, alt } = attributesOf(this.#node)
    const id = attachmentAt(src)
    const size = id && sizeInId(id)
    this.#frame.style.setProperty('aspect-ratio', size ? `${size.width} / ${size.height}` : '')
    this.#frame.style.setProperty('--natural', size ? `${size.width}px` : '')
    this.#frame.querySelector('img, .image-missing')?.remove()
    this.dom.classList.toggle('is-missing', id === null)
    this.#frame.prepend(id === null ? keptElsewhere(src, alt) : this.#image(src, size))
  }

  #image(src: string, size: PixelSize | null): HTMLImageElement {
    const image = document.createElement('img')
    image.loading = 'lazy'
    image.decoding = 'async'
    image.draggable = false
    if (size) Object.assign(image, size)
    image.addEventListener('error', () => {
      const missing = notShown(attributesOf(this.#node).alt, () => {
        missing.remove()
        this.#drawImage()
        this.#drawAttributes()
      })
      this.dom.classList.add('is-missing')
      image.replaceWith(missing)
    })
    image.src = src
    return image
  }

  #drawAttributes(): void {
    const { alt, width } = attributesOf(this.#node)
    drawId(this.dom, this.#node)
    this.#show(width)
    const image = this.#frame.querySelector('img')
    if (image) image.alt = alt ?? 'Image without a description'
    const isMissing = alt === null && this.#canWrite
    if (isMissing) {
      this.#hint ??= this.#makeHint()
      this.#frame.append(this.#hint)
    } else this.#hint?.remove()
  }

  #show(width: number | null): void {
    this.#frame.style.width = width === null ? '' : `${width}%`
  }

  #makeHint(): HTMLElement {
    const hint = document.createElement('button')
    hint.type = 'button'
    hint.className = 'image-hint'
    hint.textContent = 'Describe'
    hint.addEventListener('mousedown', (event) => event.preventDefault())
    hint.addEventListener('click', () => {
      if (this.#mayChange) this.focusField()
    })
    return hint
  }

  #makeHandle(): HTMLElement {
    return resizeHandle({
      shown: () => {
        const { width } = this.#measure()
        return Math.round((this.#frame.getBoundingClientRect().width / width) * 100)
      },
      measure: () => this.#measure(),
      onShow: (width) => this.#show(width),
      onResize: (width) => this.#write('width', width),
    })
  }

  #measure(): { left: number; width: number } {
    const { left, width } = this.dom.getBoundingClientRect()
    return { left, width: Math.max(1, width) }
  }

  #openField(): void {
    if (this.#field) return
    this.#field = new DescriptionField(attributesOf(this.#node).alt, {
      onDescribe: (alt) => this.#write('alt', alt),
      onDone: (byKey) => {
        if (byKey) this.#view.focus()
        if (byKey || !this.#selected) this.#closeField()
      },
    })
    this.#frame.append(this.#field.dom)
    // Once it stands in the page.
    queueMicrotask(() => {
      const { width } = this.#frame.getBoundingClientRect()
      const isSmall = width < besideBelowPx && this.#measure().width - width > besideBelowPx
      this.#field?.dom.classList.toggle('is-beside', isSmall)
    })
    this.dom.classList.add('is-described')
  }

  #closeField(): void {
    const field = this.#field
    this.#field = null
    this.dom.classList.remove('is-described')
    field?.dom.remove()
  }

  #settle(): void {
    this.#handle?.remove()
    if (this.#field && !this.#field.dom.contains(document.activeElement)) this.#closeField()
  }

  #write(name: 'alt' | 'width', value: string | number | null): void {
    const position = this.#getPos()
    const isChange = position !== undefined && this.#mayChange && this.#node.attrs[name] !== value
    if (isChange) this.#view.dispatch(this.#view.state.tr.setNodeAttribute(position, name, value))
    else this.#drawAttributes()
  }
}
