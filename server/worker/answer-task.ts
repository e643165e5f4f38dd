import { parentPort, type TransferListItem, workerData } from 'node:worker_threads'

/** What a worker says: `begun` when its program is loaded, then its answer, once. */
export type WorkerMessage<Answer> = 'begun' | { readonly answer: Answer }

/**
 * The whole life of a worker thread: reads its task, answers once, ends. Whatever it does to memory or time
 * ends with it.
 *
 * @param run must answer its errors: they lose their class on the way between threads.
 * @param moved what of an answer is handed over instead of being copied.
 */
export function answerTask<Task, Answer>(
  run: (task: Task) => Answer,
  moved: (answer: Answer) => TransferListItem[] = () => [],
): void {
  // The clock of the time limit starts here: loading the program is not the task's fault.
  parentPort?.postMessage('begun' satisfies WorkerMessage<Answer>)
  const answer = run(workerData as Task)
  parentPort?.postMessage({ answer } satisfies WorkerMessage<Answer>, moved(answer))
}
