import type * as Y from 'yjs'

interface Held {
  /** So many hold it. */
  count: number
  readonly release: () => void
}

const heldBy = new WeakMap<Y.UndoManager, Held>()

/**
 * Begins a step of undo that goes on until it is ended here: however long it takes to come to the next change, and
 * wherever the caret is put and whatever is typed meanwhile. Who begins one while another is held has a part in that
 * one, which the last of them ends. What is undone meanwhile ends it all the same, and the next change begins another.
 */
export function holdUndoStep(steps: Y.UndoManager): () => void {
  const held = heldBy.get(steps) ?? hold(steps)
  heldBy.set(steps, held)
  held.count += 1
  return () => {
    held.count -= 1
    if (held.count > 0) return
    heldBy.delete(steps)
    held.release()
  }
}

function hold(steps: Y.UndoManager): Held {
  const { captureTimeout, stopCapturing } = steps
  steps.stopCapturing()
  steps.captureTimeout = Number.POSITIVE_INFINITY
  steps.stopCapturing = () => {
    // Yjs calls it as it undoes: what comes next would be gathered with the step before, which is none of ours.
    if (steps.undoing) stopCapturing.call(steps)
  }
  const release = () => {
    steps.captureTimeout = captureTimeout
    steps.stopCapturing = stopCapturing
    steps.stopCapturing()
  }
  return { count: 0, release }
}
