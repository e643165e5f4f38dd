import type { Node as ProseMirrorNode, ResolvedPos } from '@tiptap/pm/model'
import type { EditorView } from '@tiptap/pm/view'

/** A block, and the position before it. */
export interface BlockPlace {
  readonly node: ProseMirrorNode
  readonly position: number
}

/** The innermost block of these types around a position; null: it is in none. */
export function blockAround($at: ResolvedPos, ...types: readonly string[]): BlockPlace | null {
  for (let depth = $at.depth; depth > 0; depth -= 1) {
    if (types.includes($at.node(depth).type.name))
      return { node: $at.node(depth), position: $at.before(depth) }
  }
  return null
}

/** The element of the innermost block of these types around the caret; null: there is none. */
export function elementAround(view: EditorView, ...types: readonly string[]): HTMLElement | null {
  const around = blockAround(view.state.selection.$head, ...types)
  const dom = around && view.nodeDOM(around.position)
  return dom instanceof HTMLElement ? dom : null
}
