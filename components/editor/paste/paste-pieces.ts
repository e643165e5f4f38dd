import type { Editor } from '@tiptap/core'
import { Fragment, type Node as ProseMirrorNode, type ResolvedPos, type Slice } from '@tiptap/pm/model'
import { Selection } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { toast } from '../../ui/toast'
import { holdUndoStep } from '../binding/held-step'
import { keepPlace, letGo, type Place, placeNow } from './paste-place'
import { PasteSign } from './paste-sign'

/** More blocks than this, those within others among them, are put in piece by piece. */
const atOnce = 150
/** A piece takes about this long, drawing included, so that keys and other people's words come in between. */
const pieceMs = 25

/** True for what would hold everybody's page up if it came in one piece. */
export function isLong({ content }: Slice): boolean {
  if (content.childCount < 2) return false
  let blocks = 0
  content.descendants((node) => {
    blocks += node.isBlock ? 1 : 0
    return blocks <= atOnce && !node.isTextblock
  })
  return blocks > atOnce
}

/**
 * Puts in what is long: between the blocks at the top, a few at a time, while everybody goes on writing. One step of
 * undo takes all of it back; what this person types meanwhile is a part of that step.
 *
 * @returns where it begins once all of it is there; null: it was cancelled, or came to an end on the way.
 */
export async function putInPieces(editor: Editor, slice: Slice, place: Place): Promise<number | null> {
  const steps = yUndoPluginKey.getState(editor.state)?.undoManager
  const endStep = steps ? holdUndoStep(steps) : () => {}
  try {
    return await putIn(editor, slice, place)
  } finally {
    endStep()
  }
}

async function putIn(editor: Editor, slice: Slice, place: Place): Promise<number | null> {
  const id = openGap(editor, place)
  const sign = new PasteSign()
  const blocks: ProseMirrorNode[] = []
  slice.content.forEach((block) => {
    blocks.push(block)
  })
  let [next, size] = [0, 20]
  try {
    while (next < blocks.length && !sign.isCancelled) {
      const now = editor.isDestroyed || !editor.isEditable ? null : placeNow(editor.state, id)
      if (now === null) {
        toast({
          kind: 'error',
          text: 'The rest of what you pasted was not put in: the text became read-only.',
        })
        break
      }
      const startMs = performance.now()
      const piece = blocks.slice(next, next + size)
      const tr = editor.state.tr.insert(now.to, Fragment.fromArray(piece))
      editor.view.dispatch(tr.setMeta('paste', true))
      next += piece.length
      size = sizeOfNext(size, performance.now() - startMs)
      sign.show(next / blocks.length)
      await painted()
    }
    if (editor.isDestroyed) return null
    const put = placeNow(editor.state, id)
    if (sign.isCancelled) takeBack(editor, put)
    else if (put && next >= blocks.length) finish(editor, put)
    return next < blocks.length ? null : (put?.from ?? null)
  } finally {
    sign.remove()
    letGo(editor.view, id)
  }
}

const sizeOfNext = (size: number, tookMs: number): number =>
  Math.max(5, Math.min(400, Math.round((size * pieceMs) / Math.max(tookMs, 1)), size * 2))

/** Until the page was drawn, or half of a tenth of a second where nothing is drawn: in a tab that nobody looks at. */
const painted = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, 50)
    requestAnimationFrame(() => {
      clearTimeout(timer)
      setTimeout(resolve)
    })
  })

/** Takes away what is selected and makes a place between two blocks at the top. @returns the place's number. */
function openGap(editor: Editor, { from, to }: Place): number {
  const { tr } = editor.state
  if (to > from) tr.deleteRange(from, to)
  const $at = tr.doc.resolve(tr.mapping.map(from))
  let at = $at.depth === 0 ? $at.pos : isAtStart($at) ? $at.before(1) : $at.after(1)
  const block = $at.depth === 1 ? $at.parent : null
  if (block?.type.name === 'paragraph' && block.content.size === 0 && tr.doc.childCount > 1) {
    at = $at.before(1)
    tr.delete(at, $at.after(1))
  } else if (block?.isTextblock && !isAtStart($at) && $at.parentOffset < block.content.size) {
    tr.split($at.pos)
    at = $at.pos + 1
  }
  if (tr.docChanged) editor.view.dispatch(tr)
  return keepPlace(editor.view, { from: at, to: at }, 'around')
}

/** An empty line that the text began with goes, and the caret, where it has stayed, comes to the end of what was put in. */
function finish(editor: Editor, { from, to }: Place): void {
  const { tr, doc, selection } = editor.state
  const line = doc.nodeAt(to)
  const isLeft = line?.type.name === 'paragraph' && line.content.size === 0
  if (isLeft && to + line.nodeSize === doc.content.size) tr.delete(to, doc.content.size)
  const hasStayed =
    selection.empty && (Math.abs(selection.head - to) <= 1 || Math.abs(selection.head - from) <= 1)
  if (hasStayed) tr.setSelection(Selection.near(tr.doc.resolve(to), -1)).scrollIntoView()
  if (tr.docChanged || hasStayed) editor.view.dispatch(tr)
}

const isAtStart = ($at: ResolvedPos): boolean => $at.depth === 1 && $at.parentOffset === 0

function takeBack(editor: Editor, place: Place | null): void {
  if (place && place.to > place.from) {
    editor.view.dispatch(editor.state.tr.delete(place.from, place.to))
  }
}
