import { encodeUtf8 } from 'lib0/string'
import { type PersonId, parseBlockId } from '../id'

/** Who somebody is, as the server stamps it on their presence; what the client says about it is dropped. */
export interface PresenceUser {
  readonly id: PersonId
  readonly name: string
  /** `#rrggbb`. */
  readonly color: string
  readonly picture: string | null
}

/** What the others are told of one person in the document. */
export interface PresenceState {
  readonly user: PresenceUser
  /** Selection as y-tiptap puts it. Null: none, or of somebody who may not write. */
  readonly cursor: Cursor | null
  /** Heading id of the section that they are in. */
  readonly sectionId: string | null
}

/** Both ends as `Y.relativePositionToJSON` writes them. */
export interface Cursor {
  readonly anchor: RelativePosition
  readonly head: RelativePosition
}

export interface RelativePosition {
  readonly type: StructId | null
  readonly tname: string | null
  readonly item: StructId | null
  readonly assoc: number
}

interface StructId {
  readonly client: number
  readonly clock: number
}

/** The one root that a position may name (CONTRACT: `content`). */
const bodyRoot = 'content'

/** A state may have this many bytes (UTF-8). */
export const maxStateBytes = 4096

/**
 * What of a client's state is passed on: cursor and section, each rebuilt field by field, under the user that
 * the server knows. A cursor is handed to y-tiptap in every other browser: one of another shape throws there.
 *
 * @returns null when the text is no state at all.
 */
export function cleanState(
  text: string,
  by: { user: PresenceUser; mayWrite: boolean },
): PresenceState | null {
  const state = parseObject(text)
  if (state === null) return null
  return {
    user: by.user,
    // Only those who may write have carets.
    cursor: by.mayWrite ? cursorOf(state.cursor) : null,
    sectionId: typeof state.sectionId === 'string' ? parseBlockId(state.sectionId) : null,
  }
}

type Fields = Readonly<Record<string, unknown>>

const asObject = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null

function parseObject(text: string): Fields | null {
  if (text.length > maxStateBytes || encodeUtf8(text).length > maxStateBytes) return null
  try {
    return asObject(JSON.parse(text))
  } catch {
    return null
  }
}

function cursorOf(value: unknown): Cursor | null {
  const cursor = asObject(value)
  const anchor = cursor && positionOf(cursor.anchor)
  const head = cursor && positionOf(cursor.head)
  return anchor && head ? { anchor, head } : null
}

function positionOf(value: unknown): RelativePosition | null {
  const position = asObject(value)
  if (position === null) return null
  const type = idOf(position.type)
  const item = idOf(position.item)
  const tname = typeof position.tname === 'string' ? position.tname : null
  // A position is in something: yjs throws at one that names nothing.
  if (type === null && item === null && tname !== bodyRoot) return null
  return { type, tname: tname === bodyRoot ? tname : null, item, assoc: position.assoc === -1 ? -1 : 0 }
}

function idOf(value: unknown): StructId | null {
  const id = asObject(value)
  if (id === null) return null
  const { client, clock } = id
  return isCount(client) && isCount(clock) ? { client, clock } : null
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
