import { tokensOf, Writer } from './writer'

/**
 * The witnesses, in a process of their own: what attackers cost the tests' process must not look like what they
 * cost the server. Driven by `witnesses.ts`.
 */
const typingEveryMs = 100

/** Where they type, and a credential for each by name. */
export interface Order {
  readonly origin: string
  readonly documentId: string
  readonly tokens: Readonly<Record<string, string>>
}

export type Answer =
  | { readonly kind: 'ready'; readonly clientIds: readonly number[] }
  /** All that was typed is committed. `echoesMs`: from a token being typed to its standing at another witness. */
  | {
      readonly kind: 'finished'
      readonly typed: Readonly<Record<string, number>>
      readonly echoesMs: readonly number[]
    }

const answer = (message: Answer) => void process.send?.(message)

process.once('message', async (order: Order) => {
  const writers = Object.entries(order.tokens).map(([name, token]) => new Writer(name, { ...order, token }))
  await Promise.all(writers.map((writer) => writer.ready()))
  const typedAt = new Map<string, number>()
  const echoesMs: number[] = []
  for (const reader of writers) {
    reader.doc.on('update', (_update: unknown, origin: unknown) => {
      if (origin !== reader.provider) return
      const now = performance.now()
      for (const writer of writers) {
        if (writer === reader) continue
        const waiting = (n: number) => typedAt.get(`${reader.name} ${writer.name} ${n}`)
        const last = tokensOf(writer.name, endOf(reader, writer.name)).at(-1) ?? -1
        for (let n = last, at = waiting(n); at !== undefined; n -= 1, at = waiting(n)) {
          echoesMs.push(now - at)
          typedAt.delete(`${reader.name} ${writer.name} ${n}`)
        }
      }
    })
  }
  const typing = setInterval(() => {
    for (const writer of writers) {
      const now = performance.now()
      for (const reader of writers) typedAt.set(`${reader.name} ${writer.name} ${writer.typed}`, now)
      writer.type()
    }
  }, typingEveryMs)
  process.once('message', async () => {
    clearInterval(typing)
    await Promise.all(writers.map((writer) => writer.until(() => writer.acknowledged === writer.typed)))
    answer({
      kind: 'finished',
      typed: Object.fromEntries(writers.map((writer) => [writer.name, writer.typed])),
      echoesMs,
    })
    for (const writer of writers) writer.leave()
  })
  answer({ kind: 'ready', clientIds: writers.map((writer) => writer.doc.clientID) })
})

/** The end of one writer's paragraph in the copy of another. */
function endOf(reader: Writer, name: string): string {
  for (const block of reader.doc.getXmlFragment('content').toArray()) {
    if ('getAttribute' in block && block.getAttribute('id') === `writer-${name}`)
      return block.toString().slice(-500)
  }
  return ''
}
