import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { isGivenLabel } from './footnotes'

/**
 * What a part of a body that holds no text is called where only words can be shown: who is named, what a picture
 * shows. Everything else is a line end, as a line break is.
 */
export function leafWords(node: ProseMirrorNode): string {
  const { attrs } = node
  switch (node.type.name) {
    case 'mention':
      return `@${attrs.name ?? 'somebody'}`
    case 'footnoteReference':
      return isGivenLabel(String(attrs.label)) ? '[note]' : `[${attrs.label}]`
    case 'image':
      return attrs.alt ? `[Image: ${attrs.alt}]` : '[Image]'
    case 'file':
      return attrs.name ? `[File: ${attrs.name}]` : '[File]'
    default:
      return '\n'
  }
}

/** What a block says, as one line: who is named is named there too, a footnote is not. */
export const lineWords = (block: ProseMirrorNode): string =>
  block
    .textBetween(0, block.content.size, ' ', (leaf) =>
      leaf.type.name === 'footnoteReference' ? '' : leafWords(leaf),
    )
    .replace(/\s+/gu, ' ')
    .trim()
