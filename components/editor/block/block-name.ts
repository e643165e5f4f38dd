import type { Node as ProseMirrorNode } from '@tiptap/pm/model'

/** Writes a block's id where it is drawn: links, threads and our own copies know it by that. */
export function drawId(dom: HTMLElement, { attrs }: ProseMirrorNode): void {
  const id: unknown = attrs.id
  if (typeof id === 'string') dom.dataset.id = id
  else delete dom.dataset.id
}
