/** Whether somebody waits to see what their key did. */
export interface Typing {
  /** True from a key going down until the frame with what it did is painted. */
  readonly unpainted: boolean
  /** Calls `listener` after each such frame; returns what stops it. */
  onPainted(listener: () => void): () => void
}

/** Follows the keys of a page, and what an input method or a paste puts in without any. */
export function watchTyping(page: Document): Typing & { stop(): void } {
  const listeners = new Set<() => void>()
  let unpainted = false
  let frame: number | null = null
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
  return {
    get unpainted() {
      return unpainted
    },
    onPainted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      for (const event of events) page.removeEventListener(event, onInput, { capture: true })
      if (frame !== null) cancelAnimationFrame(frame)
      listeners.clear()
    },
  }
}
