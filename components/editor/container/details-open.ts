import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { EditorView } from '@tiptap/pm/view'

/** Which details this reader has opened, in this tab: what one person unfolds is nobody else's matter. */
const storageName = 'rationale.open-details'
/** So many are remembered, the last ones. */
const mostRemembered = 500

function remembered(): string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storageName) ?? '[]')
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

export const isRemembered = (id: unknown): boolean => typeof id === 'string' && remembered().includes(id)

export function remember(id: unknown, open: boolean): void {
  if (typeof id !== 'string') return
  const others = remembered().filter((one) => one !== id)
  try {
    sessionStorage.setItem(
      storageName,
      JSON.stringify(open ? [...others, id].slice(-mostRemembered) : others),
    )
  } catch {
    // Private windows may refuse: then it is remembered as long as it is drawn.
  }
}

/** How details that are drawn are opened and closed. */
export interface Fold {
  readonly isOpen: () => boolean
  readonly set: (open: boolean) => void
}

const drawn = new WeakMap<HTMLElement, Fold>()

export const setFold = (dom: HTMLElement, fold: Fold): void => void drawn.set(dom, fold)

type Seen = Pick<EditorView, 'state' | 'nodeDOM'>

const foldAt = (view: Seen, position: number): Fold | undefined => {
  const dom = view.nodeDOM(position)
  return dom instanceof HTMLElement ? drawn.get(dom) : undefined
}

/** Where folded-away text around a position begins: each of them, from the outermost. */
export function foldsAround(doc: ProseMirrorNode, position: number): number[] {
  const $at = doc.resolve(Math.min(Math.max(position, 0), doc.content.size))
  const folds: number[] = []
  for (let depth = 1; depth <= $at.depth; depth += 1) {
    // The first block stays in sight.
    if ($at.node(depth).type.name === 'details' && $at.index(depth) > 0) folds.push($at.before(depth))
  }
  return folds
}

/** Opens what is folded around a position, so that it can be seen and measured. */
export function revealAt(view: Seen, position: number): void {
  for (const fold of foldsAround(view.state.doc, position)) foldAt(view, fold)?.set(true)
}

/** The position itself, or where the closed details begin that it is folded away in: what has a place on the screen. */
export function seenPlace(view: Seen, position: number): number {
  const closed = foldsAround(view.state.doc, position).find((fold) => foldAt(view, fold)?.isOpen() === false)
  return closed === undefined ? position : closed + 2
}
