import pg, { type ClientConfig } from 'pg'
import type { Logger } from 'pino'
import { type LiveEvent, parseLiveEvent } from '../../lib/live'
import { happeningChannel, liveChannel } from './outbox'

/** `resync`: events may have been missed; whoever acts on them looks at everything anew. */
export type LiveSignal = LiveEvent | { readonly type: 'resync' }

export interface LiveBus {
  /** Listeners are called one after another in the order of commits, never at once with themselves. */
  subscribe(listener: (signal: LiveSignal) => void): () => void
  /** Called when something was written down that people may want to hear of, and when that may have been missed. */
  onHappening(listener: () => void): () => void
  close(): Promise<void>
}

export interface LiveBusOptions {
  /** Where the database is; `pool.options` will do. The bus keeps one connection of its own. */
  readonly connection: ClientConfig
  readonly log: Logger
  /** Wait before the first attempt to reconnect; doubled up to `maxBackOffMs`. Default 100. */
  readonly backOffMs?: number
  /** Default 5,000. */
  readonly maxBackOffMs?: number
  /** How often a silent connection is asked whether it still lives. Default 15,000. */
  readonly heartbeatMs?: number
  /** How long it may take to answer. Default 10,000. */
  readonly answerMs?: number
}

/**
 * Listens for events. After a lost connection it reconnects for as long as it takes and then says `resync`,
 * since notifications are not kept for those who are away.
 *
 * @throws when the first connection fails.
 */
export async function openLiveBus(options: LiveBusOptions): Promise<LiveBus> {
  const { connection, log, backOffMs = 100, maxBackOffMs = 5_000 } = options
  const { heartbeatMs = 15_000, answerMs = 10_000 } = options
  const listeners = new Set<(signal: LiveSignal) => void>()
  const woken = new Set<() => void>()
  let client: pg.Client | null = null
  let closed = false
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  let reconnecting: Promise<void> = Promise.resolve()

  const tell = (signal: LiveSignal) => {
    for (const listener of [...listeners]) {
      try {
        listener(signal)
      } catch (error) {
        log.error({ err: error, event: signal.type }, 'A listener of live events failed.')
      }
    }
  }

  const wake = () => {
    for (const listener of [...woken]) listener()
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({
      ...connection,
      // Not enumerable in a pool's options, hence named.
      password: connection.password,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: answerMs,
      application_name: 'rationale-live',
    })
    // Set before connecting: a client whose connection fails emits, and an unheard `error` ends the process.
    next.on('error', () => lost(next))
    next.on('end', () => lost(next))
    next.on('notification', (message) => {
      if (message.channel === happeningChannel) wake()
      const event = message.channel === liveChannel ? parseLiveEvent(message.payload ?? '') : null
      if (event) tell(event)
    })
    try {
      await next.connect()
      await next.query(`listen ${liveChannel}`)
      await next.query(`listen ${happeningChannel}`)
    } catch (error) {
      void next.end().catch(() => {})
      throw error
    }
    if (closed) return void (await next.end())
    client = next
    failures = 0
    beat()
  }

  /** A cut cable says nothing: only a question that stays unanswered shows it. */
  function beat(): void {
    timer = setTimeout(() => {
      const asked = client
      if (!asked) return
      asked.query('select 1').then(
        () => asked === client && beat(),
        () => lost(asked),
      )
    }, heartbeatMs)
    timer.unref()
  }

  function lost(which: pg.Client): void {
    if (closed || which !== client) return
    client = null
    clearTimeout(timer)
    void which.end().catch(() => {})
    log.warn('The connection for live events was lost; reconnecting.')
    retry()
  }

  function retry(): void {
    if (closed) return
    const waitMs = Math.min(maxBackOffMs, backOffMs * 2 ** failures)
    failures += 1
    timer = setTimeout(() => {
      reconnecting = connect().then(
        () => {
          if (closed) return
          log.info('Live events are heard again.')
          tell({ type: 'resync' })
          wake()
        },
        () => retry(),
      )
    }, waitMs)
    timer.unref()
  }

  await connect()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onHappening(listener) {
      woken.add(listener)
      return () => void woken.delete(listener)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      listeners.clear()
      woken.clear()
      const last = client
      client = null
      await reconnecting
      await last?.end().catch(() => {})
    },
  }
}
