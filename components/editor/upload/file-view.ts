import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { NodeView } from '@tiptap/pm/view'
import { attachmentAt } from '../../../lib/content/attachment'
import { sizeInWords } from '../../../lib/size-in-words'
import { drawId } from '../block/block-name'

interface FileAttributes {
  readonly src: string
  readonly name: string | null
  readonly size: number | null
}

/** A file as its name and size; pressed, it is downloaded. Its ending is always to be seen. */
export function fileView(first: ProseMirrorNode): NodeView {
  const dom = document.createElement('div')
  dom.className = 'file'
  dom.contentEditable = 'false'
  const draw = (node: ProseMirrorNode) => {
    const { src, name, size } = node.attrs as FileAttributes
    drawId(dom, node)
    const isOurs = attachmentAt(src) !== null
    const label = document.createElement('b')
    label.textContent = name ?? (isOurs ? 'File' : src)
    const about = document.createElement('span')
    about.textContent = [size === null ? null : sizeInWords(size), isOurs ? null : 'elsewhere']
      .filter((part) => part !== null)
      .join(' · ')
    dom.replaceChildren(label, about, ...(isOurs ? [download(src, name)] : []))
  }
  draw(first)
  return {
    dom,
    update(node) {
      if (node.type !== first.type) return false
      draw(node)
      return true
    },
    stopEvent: ({ target }) => target instanceof Element && target.closest('a') !== null,
    ignoreMutation: () => true,
  }
}

function download(src: string, name: string | null): HTMLElement {
  const link = document.createElement('a')
  link.href = src
  link.download = name ?? ''
  link.textContent = 'Download'
  link.ariaLabel = `Download ${name ?? 'the file'}`
  return link
}
