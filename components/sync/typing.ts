/** Whether somebody waits to see what their key did. */
export interface Typing {
  /** True from a key going down until the frame with what it did is painted. */
  readonly unpainted: boolean
  /** An input method is composing: its letters are the browser's until it ends, and whatever redraws them ends it. */
  readonly composing: boolean
  /** Calls `listener` after each such frame, and after what was composed is written; returns what stops it. */
  onPainted(listener: () => void): () => void
}

/** The editor reads what was composed within this after the browser's word that it ended (prosemirror-view: 20 and 50 ms). */
const settleMs = 80

/** Follows the keys of a page, and what an input method or a paste puts in without any. */
export function watchTyping(page: Document): Typing & { stop(): void } {
  const listeners = new Set<() => void>()
  let unpainted = false
  let frame: number | null = null
  let composing = false
  let settling: ReturnType<typeof setTimeout> | undefined
  const onCompose = () => {
    clearTimeout(settling)
    composing = true
  }
  const onComposed = () => {
    clearTimeout(settling)
    settling = setTimeout(() => {
      composing = false
      for (const listener of listeners) listener()
    }, settleMs)
  }
  const onInput = () => {
    unpainted = true
    frame ??= requestAnimationFrame(() => {
      frame = null
      // The frame is laid out and painted after this; the next task comes behind it.
      setTimeout(() => {
        if (frame !== null) return
        unpainted = false
        for (const listener of listeners) listener()
      })
    })
  }
  const events = ['keydown', 'beforeinput'] as const
  for (const event of events) page.addEventListener(event, onInput, { capture: true })
  page.addEventListener('compositionstart', onCompose, { capture: true })
  page.addEventListener('compositionend', onComposed, { capture: true })
  return {
    get unpainted() {
      return unpainted
    },
    get composing() {
      return composing
    },
    onPainted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      for (const event of events) page.removeEventListener(event, onInput, { capture: true })
      page.removeEventListener('compositionstart', onCompose, { capture: true })
      page.removeEventListener('compositionend', onComposed, { capture: true })
      clearTimeout(settling)
      if (frame !== null) cancelAnimationFrame(frame)
      listeners.clear()
    },
  }
}
