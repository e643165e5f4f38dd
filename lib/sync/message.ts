import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { type LiveEvent, parseLiveEvent } from '../live'

/**
 * The only place that knows the bytes of the document's socket. Every encoder stands beside its decoder; the
 * grammar is written out in PROTOCOL.md. Numbers 0 to 3 are y-websocket's and y-protocols', unchanged, so
 * that stock clients 1.5, 2 and 3 work (https://github.com/yjs/y-protocols/blob/master/PROTOCOL.md).
 *
 * A decoder answers null for bytes that are no message of ours and never throws: what comes from the wire is
 * somebody else's, and a thrown error would look like a fault of the server.
 */
export const messageNumber = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  saved: 100,
  refused: 101,
  live: 110,
} as const

/** The second number of a sync message. */
export const syncNumber = { step1: 0, step2: 1, update: 2 } as const

/** Why an update was refused. Each is also a code of `lib/errors.ts`. */
export const refusalCodes = ['read_only', 'too_large', 'invalid', 'not_yours'] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** What a client may ask for with `?caps=saved,live`; without it only y-websocket's own messages are sent. */
export const capabilities = ['saved', 'live'] as const
export type Capability = (typeof capabilities)[number]

/** Capabilities named in the text of `?caps=`; unknown ones are ignored, so that newer pages may ask for more. */
export const parseCapabilities = (text: string | null): ReadonlySet<Capability> => {
  const asked = new Set((text ?? '').split(','))
  return capabilitySets[
    capabilities.reduce((sum, name, bit) => sum + (asked.has(name) ? 1 << bit : 0), 0)
  ] as ReadonlySet<Capability>
}

/** All that there are, made once: every socket keeps one. Bit n of the index: the nth capability is in it. */
const capabilitySets = Array.from(
  { length: 1 << capabilities.length },
  (_, index): ReadonlySet<Capability> => new Set(capabilities.filter((_name, bit) => index & (1 << bit))),
)

/** One person's state in an awareness message. */
export interface AwarenessEntry {
  /** Awareness id; stock clients use their Y.Doc's client id. */
  readonly id: number
  readonly clock: number
  /** JSON text; `null` removes the state. */
  readonly state: string
}

/** The text of a removed state. */
export const removedState = 'null'

/** Yjs and awareness ids are unsigned 32-bit integers (lib0 `random.uint32`). */
export const maxId = 0xffff_ffff

const limits = {
  /** A state vector has one pair of numbers per client that ever wrote: 1 MiB is some 100,000 of them. */
  stateVectorBytes: 1024 * 1024,
  /** Stock clients re-send everybody's states; a document has 500 sockets by default. */
  awarenessEntries: 10_000,
} as const

/** What a client may send. `echo` parts of an awareness frame are told apart later, in the room. */
export type ClientMessage =
  | { readonly type: 'step1'; readonly stateVector: Uint8Array }
  | { readonly type: 'step2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly entries: readonly AwarenessEntry[] }
  | { readonly type: 'queryAwareness' }

/** What the server may send. */
export type ServerMessage =
  | { readonly type: 'step1'; readonly stateVector: Uint8Array }
  | { readonly type: 'step2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly entries: readonly AwarenessEntry[] }
  | { readonly type: 'saved'; readonly through: number }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  /** `event` is null when it is one that this version does not know. */
  | { readonly type: 'live'; readonly event: LiveEvent | null }

export interface Refusal {
  /** One-based number of the refused update message on this connection. */
  readonly message: number
  readonly code: RefusalCode
}

// -- sync -----------------------------------------------------------------------------------------------

const encodeSync = (step: number, body: Uint8Array): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageNumber.sync)
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, body)
  return encoding.toUint8Array(encoder)
}

export const encodeStep1 = (stateVector: Uint8Array): Uint8Array => encodeSync(syncNumber.step1, stateVector)
export const encodeStep2 = (update: Uint8Array): Uint8Array => encodeSync(syncNumber.step2, update)
export const encodeUpdate = (update: Uint8Array): Uint8Array => encodeSync(syncNumber.update, update)

type SyncMessage = Extract<ClientMessage, { type: 'step1' | 'step2' | 'update' }>

const readSync = (decoder: decoding.Decoder): SyncMessage | null => {
  const step = decoding.readVarUint(decoder)
  const body = decoding.readVarUint8Array(decoder)
  switch (step) {
    case syncNumber.step1:
      return body.length > limits.stateVectorBytes ? null : { type: 'step1', stateVector: body }
    case syncNumber.step2:
      return { type: 'step2', update: body }
    case syncNumber.update:
      return { type: 'update', update: body }
    default:
      return null
  }
}

/**
 * True for a frame that counts as an update message: a sync update or a step 2. Those are what `saved`
 * numbers, from 1, per connection and in the order sent; a client counts its own with this.
 */
export const isUpdateMessage = (frame: Uint8Array): boolean =>
  frame[0] === messageNumber.sync && (frame[1] === syncNumber.step2 || frame[1] === syncNumber.update)

// -- awareness ------------------------------------------------------------------------------------------

/** Awareness states, in y-protocols' form. An empty list is the keep-alive: valid, and changes nothing. */
export const encodeAwareness = (entries: readonly AwarenessEntry[]): Uint8Array => {
  const body = encoding.createEncoder()
  encoding.writeVarUint(body, entries.length)
  for (const { id, clock, state } of entries) {
    encoding.writeVarUint(body, id)
    encoding.writeVarUint(body, clock)
    encoding.writeVarString(body, state)
  }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageNumber.awareness)
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body))
  return encoding.toUint8Array(encoder)
}

const readAwareness = (decoder: decoding.Decoder): readonly AwarenessEntry[] | null => {
  const body = decoding.createDecoder(decoding.readVarUint8Array(decoder))
  const count = decoding.readVarUint(body)
  if (count > limits.awarenessEntries) return null
  const entries: AwarenessEntry[] = []
  for (let i = 0; i < count; i++) {
    const id = decoding.readVarUint(body)
    const clock = decoding.readVarUint(body)
    const state = decoding.readVarString(body)
    if (id > maxId) return null
    entries.push({ id, clock, state })
  }
  return decoding.hasContent(body) ? null : entries
}

export const encodeQueryAwareness = (): Uint8Array => Uint8Array.of(messageNumber.queryAwareness)

// -- our own: saved, refused, live ------------------------------------------------------------------------

/** The first `through` update messages of this connection are committed. Cumulative. */
export const encodeSaved = (through: number): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageNumber.saved)
  encoding.writeVarUint(encoder, through)
  return encoding.toUint8Array(encoder)
}

/** The body of `saved`, for `provider.messageHandlers[100]`: the decoder stands behind the number. */
export const readSaved = (decoder: decoding.Decoder): number => decoding.readVarUint(decoder)

/** Update message `message` was refused, and the connection ends. */
export const encodeRefused = ({ message, code }: Refusal): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageNumber.refused)
  encoding.writeVarUint(encoder, message)
  encoding.writeVarString(encoder, code)
  return encoding.toUint8Array(encoder)
}

/** The body of `refused`, for `provider.messageHandlers[101]`. A code of a newer server reads as `invalid`. */
export const readRefused = (decoder: decoding.Decoder): Refusal => {
  const message = decoding.readVarUint(decoder)
  const code = decoding.readVarString(decoder)
  return { message, code: refusalCodes.find((known) => known === code) ?? 'invalid' }
}

export const encodeLive = (event: LiveEvent): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageNumber.live)
  encoding.writeVarString(encoder, JSON.stringify(event))
  return encoding.toUint8Array(encoder)
}

/** The body of `live`, for `provider.messageHandlers[110]`. Null: an event that this version does not know. */
export const readLive = (decoder: decoding.Decoder): LiveEvent | null =>
  parseLiveEvent(decoding.readVarString(decoder))

// -- whole frames -----------------------------------------------------------------------------------------

/** Runs a reader over a whole frame: one message and nothing behind it. */
const whole = <Message>(
  frame: Uint8Array,
  read: (decoder: decoding.Decoder, number: number) => Message | null,
): Message | null => {
  try {
    const decoder = decoding.createDecoder(frame)
    const message = read(decoder, decoding.readVarUint(decoder))
    return decoding.hasContent(decoder) ? null : message
  } catch {
    // lib0 throws at the end of the array and for integers beyond 2^53.
    return null
  }
}

/** The message in a frame from a client, or null when it holds none, or more than one. */
export const decodeClientMessage = (frame: Uint8Array): ClientMessage | null =>
  whole<ClientMessage>(frame, (decoder, number) => {
    switch (number) {
      case messageNumber.sync:
        return readSync(decoder)
      case messageNumber.awareness: {
        const entries = readAwareness(decoder)
        return entries && { type: 'awareness', entries }
      }
      case messageNumber.queryAwareness:
        return { type: 'queryAwareness' }
      default:
        // `auth` is the server's to send, and so are our own numbers.
        return null
    }
  })

/** The message in a frame from the server, for programs and tests that do not use a provider. */
export const decodeServerMessage = (frame: Uint8Array): ServerMessage | null =>
  whole<ServerMessage>(frame, (decoder, number) => {
    switch (number) {
      case messageNumber.sync:
        return readSync(decoder)
      case messageNumber.awareness: {
        const entries = readAwareness(decoder)
        return entries && { type: 'awareness', entries }
      }
      case messageNumber.saved:
        return { type: 'saved', through: readSaved(decoder) }
      case messageNumber.refused:
        return { type: 'refused', refusal: readRefused(decoder) }
      case messageNumber.live:
        return { type: 'live', event: readLive(decoder) }
      default:
        return null
    }
  })
