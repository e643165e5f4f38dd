import type { PersonId } from '../../lib/id'
import type { Mark, PresenceSaid, RelayedPresence } from './relay'

/**
 * What nodes say to one another over Redis: a line of words, and bytes behind it. The line of `update` is put
 * together by the script that knows both ids of the stream (`relay-link.ts`).
 *
 *   update <node> <id before> <id>   a Yjs update that is committed. Without bytes: it is in the log
 *   plain <node>                     the same, and in no stream
 *   log <node>                       something is in the log that could not be said here
 *   mark <node>                      deletes (32 bytes), state vector
 *   presence <node> <clock> some     JSON [[id, person, state or null]]; `all`: nobody else is there
 *   who <node>                       who is here?
 *   alive <node>   bye <node>        to everybody, in no document's channel
 */
export type RelayMessage =
  | {
      readonly kind: 'update'
      readonly node: string
      readonly before: string
      readonly id: string
      readonly update: Uint8Array
    }
  | { readonly kind: 'plain'; readonly node: string; readonly update: Uint8Array }
  | { readonly kind: 'log' | 'who' | 'alive' | 'bye'; readonly node: string }
  | { readonly kind: 'mark'; readonly node: string; readonly mark: Mark }
  | ({
      readonly kind: 'presence'
      readonly node: string
      readonly states: readonly RelayedPresence[]
    } & PresenceSaid)

const deletesBytes = 32
const newline = 0x0a

export function encodeRelay(message: Exclude<RelayMessage, { kind: 'update' }>): Buffer {
  const { kind, node } = message
  switch (message.kind) {
    case 'plain':
      return framed(`${kind} ${node}`, message.update)
    case 'mark':
      return framed(`${kind} ${node}`, message.mark.deletes, message.mark.stateVector)
    case 'presence': {
      const states = message.states.map(({ id, personId, state }) => [id, personId, state])
      const extent = message.isAll ? 'all' : 'some'
      return framed(`${kind} ${node} ${message.clock} ${extent}`, Buffer.from(JSON.stringify(states)))
    }
    default:
      return framed(`${kind} ${node}`)
  }
}

/** Null: no message of ours, or one of another version. */
export function decodeRelay(bytes: Buffer): RelayMessage | null {
  const end = bytes.indexOf(newline)
  if (end === -1) return null
  const [kind, node, ...words] = bytes.subarray(0, end).toString().split(' ')
  const body = bytes.subarray(end + 1)
  if (node === undefined) return null
  switch (kind) {
    case 'update': {
      const [before, id] = words
      return before === undefined || id === undefined ? null : { kind, node, before, id, update: body }
    }
    case 'plain':
      return { kind, node, update: body }
    case 'mark': {
      if (body.length <= deletesBytes) return null
      const mark = { deletes: body.subarray(0, deletesBytes), stateVector: body.subarray(deletesBytes) }
      return { kind, node, mark }
    }
    case 'presence': {
      const states = statesIn(body)
      const clock = Number(words[0])
      if (states === null || !Number.isSafeInteger(clock)) return null
      return { kind, node, clock, states, isAll: words[1] === 'all' }
    }
    case 'log':
    case 'who':
    case 'alive':
    case 'bye':
      return { kind, node }
    default:
      return null
  }
}

const framed = (words: string, ...parts: Uint8Array[]): Buffer =>
  Buffer.concat([Buffer.from(`${words}\n`), ...parts])

function statesIn(body: Buffer): RelayedPresence[] | null {
  try {
    const states = JSON.parse(body.toString()) as [number, PersonId, string | null][]
    return states.map(([id, personId, state]) => ({ id, personId, state }))
  } catch {
    return null
  }
}
