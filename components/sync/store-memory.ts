import { SavedVector } from './saved-vector'
import type { StoreMemory } from './session-ports'

/** What stands in a store is as old as the page that wrote it: anything unexpected is "nothing known". */
export function asMemory(value: unknown): StoreMemory {
  if (typeof value !== 'object' || value === null) return mergedMemory([])
  const given = value as { changes?: unknown; saved?: unknown; clients?: unknown }
  const changes = isCount(given.changes) ? given.changes : 0
  const saved = given.saved instanceof Uint8Array ? given.saved : null
  if (Array.isArray(given.clients)) return { changes, saved, clients: given.clients.filter(isCount) }
  // An earlier release noted no clients, and one count for all pages, so that none counted proves nothing.
  return { changes, saved, clients: changes > 0 || saved !== null ? null : [] }
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

/** What several pages knew, as one: each was right about what is committed. */
export function mergedMemory(memories: readonly StoreMemory[]): StoreMemory {
  const saved = new SavedVector()
  for (const memory of memories) saved.merge(new SavedVector(memory.saved).clocks)
  return {
    changes: memories.reduce((sum, memory) => sum + memory.changes, 0),
    saved: memories.some((memory) => memory.saved !== null) ? saved.encode() : null,
    clients: memories.some((memory) => memory.clients === null)
      ? null
      : [...new Set(memories.flatMap((memory) => memory.clients ?? []))],
  }
}

/** True while the store may hold words that the server does not. */
export const hasUnsaved = ({ changes, clients }: StoreMemory): boolean => changes > 0 || clients === null
