import type { Logger } from 'pino'
import type { Phase, Reach } from '../failpoint'

/** The life of the process: what was started, and how it ends. */
export interface Life {
  /**
   * Runs one part of the start, and remembers how to stop what it started. An end that is asked for meanwhile
   * waits for it: nothing is left running that nobody knows.
   *
   * @throws Ending when the process is ending.
   */
  begin<T>(name: Phase, start: () => Promise<T> | T, stop?: (started: T) => Promise<void> | void): Promise<T>
  ending(): boolean
  /** Stops everything, the last first. Idempotent; resolves when all is stopped or the time is up. */
  end(): Promise<void>
}

export class Ending extends Error {
  override readonly name = 'Ending'
}

/** Everything must have stopped after this; CONTRACT promises 10 s. */
const limitMs = 9_500

/**
 * SIGTERM and SIGINT end the process with code 0 once everything has stopped. A terminal's Ctrl-C arrives up
 * to three times (from npm, from the shell, from the terminal): once is enough.
 */
export function openLife(log: Logger, reach: Reach): Life {
  const stops: { name: string; stop: () => Promise<void> | void }[] = []
  let pending: Promise<unknown> = Promise.resolve()
  let ended: Promise<void> | undefined

  const end = () => {
    ended ??= Promise.race([stopAll(), after(limitMs)])
    return ended
  }
  async function stopAll(): Promise<void> {
    await pending.catch(() => {})
    for (const { name, stop } of stops.reverse()) {
      try {
        await stop()
      } catch (error) {
        log.error({ err: error, part: name }, 'A part did not stop as it should.')
      }
    }
  }
  const leave = (signal: NodeJS.Signals) => {
    if (!ended) log.info({ signal }, 'Ending.')
    void end().then(() => process.exit(0))
  }
  // In place of the launcher's listeners, which only exit. SIGHUP: the terminal went away.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.removeAllListeners(signal).on(signal, leave)
  }
  process.on('unhandledRejection', (error) =>
    log.error({ err: error }, 'Something failed that nobody waited for.'),
  )
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'An unexpected failure; ending.')
    void end().then(() => process.exit(1))
  })

  return {
    begin: async (name, start, stop) => {
      if (ended) throw new Ending()
      const starting = (async () => {
        await reach(`start: before ${name}`)
        const started = await start()
        if (stop) stops.push({ name, stop: () => stop(started) })
        await reach(`start: after ${name}`)
        return started
      })()
      // Parts may start side by side: an end waits for all of them.
      pending = Promise.allSettled([pending, starting])
      return starting
    },
    ending: () => ended !== undefined,
    end,
  }
}

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
