import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const file = 'bench.json'

/** Writes parts of `bench.json`; what another part of the benchmark wrote there stays. */
export function writeResult(parts: Readonly<Record<string, unknown>>): void {
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {}
  writeFileSync(file, `${JSON.stringify({ ...before, ...parts }, null, 2)}\n`)
}
