import type { FindAnswer, FindTask } from './find-worker'

/** How long a regular expression may take over everything that it has not looked through yet, in ms. */
const patienceMs = 500
/** How long the thread itself may take to begin, in ms: a file is fetched for it the first time. */
const beginMs = 5_000

/**
 * Has a regular expression run in a thread of its own, which ends when it takes too long.
 *
 * @returns null: it took too long, or was given up.
 * @throws Error where there is no such thread.
 */
export function runFind(task: FindTask, signal: AbortSignal): Promise<FindAnswer | null> {
  const worker = new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' })
  return new Promise<FindAnswer | null>((resolve, reject) => {
    let timer = setTimeout(() => end(null), beginMs)
    const stop = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      worker.terminate()
    }
    const end = (answer: FindAnswer | null) => {
      stop()
      resolve(answer)
    }
    const giveUp = () => end(null)
    signal.addEventListener('abort', giveUp)
    let begun = false
    worker.onmessage = ({ data }: MessageEvent<FindAnswer>) => {
      if (begun) return end(data)
      // It answered to nothing: it runs, and its time counts from now.
      begun = true
      clearTimeout(timer)
      timer = setTimeout(() => end(null), patienceMs)
      worker.postMessage(task)
    }
    worker.onerror = (event) => {
      stop()
      reject(new Error(event.message || 'The thread of the search could not be begun.'))
    }
    worker.postMessage({ ...task, texts: [] } satisfies FindTask)
  })
}
