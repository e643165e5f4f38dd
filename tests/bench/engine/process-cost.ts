import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'

/** What a server process has used, as it says itself (`process-probe.mjs`). */
export interface Used {
  /** User and system time, in microseconds. */
  readonly cpuUs: number
  /** Bytes. */
  readonly rss: number
  readonly heapUsed: number
  /** Outside the heap, for objects in it: buffers and what belongs to sockets. */
  readonly external: number
  /** Sockets, timers and the like that the process has, by kind. */
  readonly resources: Readonly<Record<string, number>>
}

export function used(
  probePath: string,
  question: 'look' | 'gc' | `snapshot ${string}` = 'look',
): Promise<Used> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(probePath)
    socket.setEncoding('utf8')
    socket.on('data', (text) => {
      answer += text
    })
    socket.on('error', reject)
    socket.on('end', () => resolve(JSON.parse(answer) as Used))
    socket.write(question)
  })
}

/** Linux counts processor time in ticks of a hundredth of a second (`getconf CLK_TCK`). */
const usPerTick = 10_000

/**
 * Processor time of a process and of its children, those that have ended included, in microseconds.
 * 0: there is no such process, or the machine has no /proc.
 */
export function treeCpuUs(pid: number): number {
  const own = ticksOf(pid)
  if (own === null) return 0
  let ticks = own.ticks + own.endedChildren
  for (const name of readdirSync('/proc')) {
    const child = /^\d+$/.test(name) ? ticksOf(Number(name)) : null
    if (child?.parent === pid) ticks += child.ticks
  }
  return ticks * usPerTick
}

function ticksOf(pid: number): { ticks: number; endedChildren: number; parent: number } | null {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return null
  }
  // The name stands in parentheses and may hold anything; fields are counted from behind it (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3])
  return { parent: field(4), ticks: field(14) + field(15), endedChildren: field(16) + field(17) }
}
