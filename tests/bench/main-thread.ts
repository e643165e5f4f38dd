import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from '@playwright/test'

/** One event of a trace of Chromium (the Trace Event Format); times in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  /** Processor time of the thread. */
  readonly tdur?: number
  readonly args?: { readonly data?: { readonly type?: string }; readonly name?: string }
}

/** What a page's main thread did while it was traced. All in ms. */
export interface MainThread {
  /** Processor time of all tasks from each key going down to the end of the frame that painted it. */
  readonly perKeystroke: readonly number[]
  /** The part of it that is script, with the layouts that script waits for: what is ours and not the browser's. */
  readonly scriptPerKeystroke: readonly number[]
  /** Each task that took longer than a frame. */
  readonly lateTasks: readonly number[]
  /** Script within one task, of each task that had any: a long one is a page that does not answer. */
  readonly scriptPerTask: readonly number[]
  /** Share of the time in which it worked, 0 to 1. */
  readonly busy: number
}

const frameMs = 1000 / 60

/** @param keepAt where the trace is kept, compressed, to be opened in a browser's own tools. */
export async function traced(
  browser: Browser,
  page: Page,
  keepAt: string,
  run: () => Promise<void>,
): Promise<MainThread> {
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel', '__metadata'],
  })
  await run()
  const text = (await browser.stopTracing()).toString()
  mkdirSync(dirname(keepAt), { recursive: true })
  writeFileSync(keepAt, gzipSync(text))
  const trace = JSON.parse(text) as { traceEvents: TraceEvent[] }
  return readTrace(trace.traceEvents)
}

function readTrace(all: readonly TraceEvent[]): MainThread {
  const keys = all.filter(({ name, args }) => name === 'EventDispatch' && args?.data?.type === 'keydown')
  const [first] = keys
  if (!first) throw new Error('no key was pressed while the page was traced')
  const ours = all
    .filter(({ pid, tid, ph }) => pid === first.pid && tid === first.tid && ph === 'X')
    .sort((a, b) => a.ts - b.ts)
  const tasks = ours.filter(({ name }) => name === 'RunTask')
  const commits = ours.filter(({ name }) => name === 'Commit')
  const scripts = outermost(ours.filter(({ name }) => isScript(name)))
  const perKeystroke: number[] = []
  const scriptPerKeystroke: number[] = []
  for (const key of keys) {
    const painted = commits.find(({ ts }) => ts > key.ts)
    if (!painted) continue
    const [from, to] = [taskOf(tasks, key.ts)?.ts ?? key.ts, painted.ts]
    const within = (events: readonly TraceEvent[]) =>
      events.filter(({ ts }) => ts >= from && ts <= to).reduce((sum, event) => sum + workMs(event), 0)
    perKeystroke.push(within(tasks))
    scriptPerKeystroke.push(within(scripts))
  }
  const last = ours.at(-1) ?? first
  const spanMs = (last.ts - (ours[0]?.ts ?? 0)) / 1000
  return {
    perKeystroke,
    scriptPerKeystroke,
    scriptPerTask: scriptPerTask(tasks, scripts),
    lateTasks: tasks.map(({ dur = 0 }) => dur / 1000).filter((ms) => ms > frameMs),
    busy: tasks.reduce((sum, task) => sum + workMs(task), 0) / spanMs,
  }
}

/** Both in order of time; a script lies within the task that runs it. */
function scriptPerTask(tasks: readonly TraceEvent[], scripts: readonly TraceEvent[]): number[] {
  const sums: number[] = []
  let next = 0
  for (const { ts, dur = 0 } of tasks) {
    while ((scripts[next]?.ts ?? Infinity) < ts) next += 1
    let sum = 0
    for (; (scripts[next]?.ts ?? Infinity) <= ts + dur; next += 1) sum += workMs(scripts[next] as TraceEvent)
    if (sum > 0) sums.push(sum)
  }
  return sums
}

const workMs = ({ tdur, dur = 0 }: TraceEvent): number => (tdur ?? dur) / 1000

/** Event listeners, timers, frames, observers and promises; not the events themselves, which end with what the browser does. */
const isScript = (name: string): boolean => ['FunctionCall', 'RunMicrotasks', 'EvaluateScript'].includes(name)

/** Without those that lie within another one. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let end = 0
  return events.filter(({ ts, dur = 0 }) => {
    if (ts < end) return false
    end = ts + dur
    return true
  })
}

/** The task that runs at a time. */
const taskOf = (tasks: readonly TraceEvent[], at: number): TraceEvent | undefined =>
  tasks.findLast(({ ts, dur = 0 }) => ts <= at && at <= ts + dur)
