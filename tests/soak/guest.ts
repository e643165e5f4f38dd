import { pause } from '../../server/db/pause'
import { call } from '../faults/call'
import { Writer } from '../faults/writer'
import type { ChaosProxy } from '../support/chaos-proxy'
import type { Random } from '../support/random'

/** Where guests come to. */
export interface House {
  readonly origin: string
  readonly documents: readonly string[]
  /** Tokens of those who may write all of them. */
  readonly tokens: readonly string[]
  /** A network of which guests vanish. */
  readonly line: () => Promise<ChaosProxy>
  readonly chance: Random
}

/** What somebody wrote, and what they were told is safe. */
export interface Trace {
  readonly name: string
  readonly documentId: string
  readonly typed: number
  readonly acknowledged: number
}

const waysToLeave = ['properly', 'cut off', 'vanished'] as const

/**
 * One person's visit: joins a document, shows where they are, types, comments perhaps, is cut off and comes back
 * perhaps, and leaves in one of three ways.
 */
export async function visit(name: string, house: House): Promise<Trace> {
  const { chance, origin } = house
  const documentId = chance.pick(house.documents)
  const token = chance.pick(house.tokens)
  const way = chance.pick(waysToLeave)
  const line = way === 'vanished' ? await house.line() : null
  const over = line === null ? origin : `http://localhost:${line.port}`
  const writer = new Writer(name, { origin: over, documentId, token, host: new URL(origin).host })
  await Promise.race([writer.ready(), pause(10_000)])
  writer.provider.awareness.setLocalState({ sectionId: name })
  const isTyping = writer.text.doc !== null && chance.between(1, 3) > 1
  for (let beats = chance.between(5, 60); beats > 0; beats -= 1) {
    if (isTyping) for (let n = chance.between(1, 4); n > 0; n -= 1) writer.type()
    const dice = chance.between(1, 100)
    if (dice <= 20) writer.provider.awareness.setLocalState({ sectionId: `${name}-${beats}` })
    if (dice === 21) writer.provider.ws?.close()
    if (dice === 22) {
      // The document as a whole: words may be gone by the time it is read.
      await call(origin, token, 'POST', `/documents/${documentId}/threads`, { body: `By ${name}.` })
    }
    await pause(chance.between(50, 250))
  }
  if (way === 'cut off') {
    writer.provider.shouldConnect = false
    ;(writer.provider.ws as { terminate?: () => void } | null)?.terminate?.()
  }
  line?.silence()
  writer.leave()
  const { typed, acknowledged } = writer
  writer.doc.destroy()
  if (line !== null) {
    // Nobody tells the server: it finds out by what stays away.
    await pause(8_000)
    await line.close()
  }
  return { name, documentId, typed, acknowledged }
}
