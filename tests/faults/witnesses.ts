import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { ServerProcess } from '../support/server'
import type { Answer, Order } from './witness-process'

/** People who type on while somebody else misbehaves, and note how long their words take to reach each other. */
export class Witnesses {
  /** Under which they write. */
  readonly clientIds: readonly number[]
  readonly #process: ChildProcess

  private constructor(process: ChildProcess, clientIds: readonly number[]) {
    this.#process = process
    this.clientIds = clientIds
  }

  /** Resolves when all of them are in and type. */
  static async join(order: Order): Promise<Witnesses> {
    const process = fork(join(import.meta.dirname, 'witness-process.ts'), { execArgv: ['--import', 'tsx'] })
    process.send(order)
    const [ready] = (await once(process, 'message')) as [Extract<Answer, { kind: 'ready' }>]
    return new Witnesses(process, ready.clientIds)
  }

  /** They stop typing. Resolves when all of it is known to be committed, with how many tokens each has typed. */
  async finish(): Promise<{ typed: Readonly<Record<string, number>>; echoes: number; p95Ms: number }> {
    this.#process.send('finish')
    const [{ typed, echoesMs }] = (await once(this.#process, 'message')) as [
      Extract<Answer, { kind: 'finished' }>,
    ]
    const sorted = echoesMs.toSorted((a, b) => a - b)
    return { typed, echoes: sorted.length, p95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN }
  }

  leave(): void {
    this.#process.kill()
  }
}

/** Bytes that the server's process holds: what it uses of its heap and beside it, and what it has resident. */
export async function memoryOf(server: ServerProcess): Promise<{ usedMb: number; residentMb: number }> {
  const text = await (await fetch(`${server.origin}/metrics`)).text()
  const read = (name: string) => {
    const value = new RegExp(`^rationale_process_${name} (\\d+)`, 'm').exec(text)?.[1]
    if (value === undefined) throw new Error(`no ${name} in /metrics`)
    return Number(value) / 1e6
  }
  return {
    usedMb: read('heap_used_bytes') + read('external_bytes'),
    residentMb: read('resident_memory_bytes'),
  }
}
