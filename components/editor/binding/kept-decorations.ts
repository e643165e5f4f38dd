import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { Decoration, DecorationSet } from '@tiptap/pm/view'

/**
 * The decorations that are wanted, made from those that are drawn: what stands in its place already stays, since
 * making a set anew takes a look at every block for each of them. What belongs together has one `key` in its spec.
 */
export function keptDecorations(
  drawn: DecorationSet,
  doc: ProseMirrorNode,
  wanted: readonly Decoration[],
): DecorationSet {
  const missing = new Map(wanted.map((one) => [nameOf(one), one]))
  const gone = drawn.find().filter((one) => !missing.delete(nameOf(one)))
  const left = gone.length === 0 ? drawn : drawn.remove(gone)
  return missing.size === 0 ? left : left.add(doc, [...missing.values()])
}

const nameOf = ({ from, to, spec }: Decoration): string => `${from} ${to} ${spec.key}`
