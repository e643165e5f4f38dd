import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type * as Y from 'yjs'

const folder = join(process.env.CORPUS_DIR ?? join(import.meta.dirname, '../../../shared/corpus'), 'traces')

/** `[position, deleted, inserted]`, in UTF-16 units as Yjs counts them. */
export type Patch = readonly [number, number, string]

/** Real typing, recorded (github.com/josephg/editing-traces). */
export interface Trace {
  readonly endContent: string
  readonly txns: readonly {
    readonly patches: readonly Patch[]
    /** In a concurrent trace: which transactions this one has seen the last of, and who made it. */
    readonly parents?: readonly number[]
    readonly agent?: number
  }[]
}

const pathOf = (name: string) => join(folder, `${name}.json.gz`)

export const traceIsMissing = (name: string): boolean => !existsSync(pathOf(name))

export const readTrace = (name: string): Trace =>
  JSON.parse(gunzipSync(readFileSync(pathOf(name))).toString()) as Trace

export function replay(text: Y.XmlText, patches: readonly Patch[]): void {
  for (const [position, deleted, inserted] of patches) {
    if (deleted > 0) text.delete(position, deleted)
    if (inserted !== '') text.insert(position, inserted)
  }
}
