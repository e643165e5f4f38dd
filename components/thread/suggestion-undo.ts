import { sentenceOf } from '../call-api'
import { toast } from '../ui/toast'

/** For so long Ctrl-Z takes an acceptance back that nothing was typed after, in ms: as long as its toast stands. */
const undoMs = 10_000

/** Ends the wait for Ctrl-Z after the last acceptance. */
let stopWaiting = () => {}

/**
 * Says that suggestions are in the text, and takes them back on request: by the button, or by Ctrl-Z as long as nothing
 * else was typed. What was typed later has its own undo.
 */
export function sayAccepted(
  text: string,
  threadIds: readonly string[],
  reopen: (threadId: string) => Promise<void>,
): void {
  stopWaiting()
  let done = false
  const undo = async () => {
    stopWaiting()
    if (done) return
    done = true
    try {
      for (const id of threadIds) await reopen(id)
      toast({ text: threadIds.length === 1 ? 'The old text is back.' : 'The old texts are back.' })
    } catch (error) {
      toast({ kind: 'error', text: sentenceOf(error) })
    }
  }
  const onKey = (event: KeyboardEvent) => {
    const isUndo = (event.metaKey || event.ctrlKey) && !event.shiftKey && event.key.toLowerCase() === 'z'
    if (isUndo) {
      event.preventDefault()
      event.stopPropagation()
      void undo()
    } else if (!['Control', 'Meta', 'Shift', 'Alt', 'Tab'].includes(event.key)) stopWaiting()
  }
  // Before the editor, whose own undo knows nothing of it.
  document.addEventListener('keydown', onKey, { capture: true })
  const timer = setTimeout(() => stopWaiting(), undoMs)
  stopWaiting = () => {
    document.removeEventListener('keydown', onKey, { capture: true })
    clearTimeout(timer)
    stopWaiting = () => {}
  }
  toast({ text, action: { text: 'Undo', run: () => void undo() } })
}
