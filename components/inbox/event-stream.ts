/** What `GET /events` says; `resync`: something may have been missed. */
export type StreamEvent = 'inbox.changed' | 'document.changed'

type Listener = (event: StreamEvent) => void

const listeners = new Set<Listener>()
let source: EventSource | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let failures = 0
let hasBeenOpen = false

const names: readonly StreamEvent[] = ['inbox.changed', 'document.changed']
/** Waits before it is opened again where the browser has given up, in ms: the first, doubled up to the longest. */
const againMs = 2_000
const againAtMostMs = 60_000

/**
 * Hears what changes, for as long as somebody on this page listens: one stream for all of them. After a gap it
 * says everything once, since nothing is kept for those who are away.
 *
 * @returns what ends it.
 */
export function onServerEvent(listener: Listener): () => void {
  listeners.add(listener)
  open()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearTimeout(timer)
    source?.close()
    source = null
    hasBeenOpen = false
  }
}

const tell = (event: StreamEvent) => {
  for (const listener of [...listeners]) listener(event)
}

function open(): void {
  if (source) return
  const opened = new EventSource('/api/v1/events')
  source = opened
  for (const name of names) opened.addEventListener(name, () => tell(name))
  opened.addEventListener('open', () => {
    failures = 0
    if (hasBeenOpen) for (const name of names) tell(name)
    hasBeenOpen = true
  })
  opened.addEventListener('error', () => {
    // It comes back by itself after a lost connection, and gives up on any answer that is no stream.
    if (opened.readyState !== EventSource.CLOSED || source !== opened) return
    source = null
    const waitMs = Math.min(againAtMostMs, againMs * 2 ** failures)
    failures += 1
    // Not all windows at once.
    timer = setTimeout(() => listeners.size > 0 && open(), waitMs * (0.75 + Math.random() / 2))
  })
}
