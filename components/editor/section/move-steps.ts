import type { EditorState } from '@tiptap/pm/state'
import { type ProsemirrorBinding, ySyncPluginKey, yUndoPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { carriedPlaces, movedBlocks } from '../../sync/origins'
import { type SectionPlace, type Swap, swapBlocks } from './section-swap'

/**
 * Undo of a move is a move to where the section came from, of what it says by then: Yjs would bring the old blocks back
 * as they were, without what others have written in them since. So a move is a step of its own among the steps of undo,
 * which holds no change but where to.
 */
interface Move {
  readonly sectionId: string
  readonly before: SectionPlace
}

/** @returns null: there is nothing to move, or no way there. */
export type PlanMove = (move: Move) => { readonly swap: Swap; readonly back: SectionPlace } | null

type StackItem = Y.UndoManager['undoStack'][number]

const key = 'move of a section'

/** Moves a section as one step of undo. @returns true: it was moved. */
export function moveAsStep(state: EditorState, move: Move, plan: PlanMove): boolean {
  const steps = stepsOf(state)
  const back = run(state, move, plan)
  if (back === undefined) return false
  if (!steps) return true
  steps.clear(false, true)
  put(steps, steps.undoStack, { sectionId: move.sectionId, before: back })
  return true
}

/** From now on undo and redo know such steps. */
export function undoMoves(state: () => EditorState, plan: PlanMove): void {
  const steps = stepsOf(state())
  if (!steps) return
  const { undo, redo } = steps
  const instead = (from: StackItem[], to: StackItem[], otherwise: () => StackItem | null) => () => {
    for (let top = from.at(-1); top?.meta.has(key); top = from.at(-1)) {
      from.pop()
      const move = top.meta.get(key) as Move
      const back = run(state(), move, plan)
      // Where the section is gone, or its place, the step before is meant.
      if (back === undefined) continue
      put(steps, to, { sectionId: move.sectionId, before: back })
      return top
    }
    return otherwise.call(steps)
  }
  steps.undo = () => instead(steps.undoStack, steps.redoStack, undo)()
  steps.redo = () => instead(steps.redoStack, steps.undoStack, redo)()
}

const stepsOf = (state: EditorState): Y.UndoManager | undefined => yUndoPluginKey.getState(state)?.undoManager

/** @returns where it came from; undefined: it did not move. */
function run(state: EditorState, move: Move, plan: PlanMove): SectionPlace | undefined {
  const binding: ProsemirrorBinding | undefined = ySyncPluginKey.getState(state)?.binding
  const planned = binding && plan(move)
  if (!planned) return undefined
  binding.doc.transact((change) => {
    change.meta.set(carriedPlaces, swapBlocks(binding.type, planned.swap))
  }, movedBlocks)
  return planned.back
}

function put(steps: Y.UndoManager, stack: StackItem[], move: Move): void {
  const nothing = () => Y.createDeleteSet()
  const step = { insertions: nothing(), deletions: nothing(), meta: new Map([[key, move]]) }
  stack.push(step as StackItem)
  // Else the next letter would be gathered with it. Also where a step is held open, which `stopCapturing` does not end.
  steps.lastChange = 0
}
