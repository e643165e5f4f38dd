import type { CarriedRun } from '../../lib/content/copy-block'

/** Origin of the change that puts one's own words into a block that somebody else moved. One's own undo takes it back. */
export const carriedWords = 'carried words'

/** Origin of the change that keeps others' words where one's own undo would take them away. */
export const keptWords = 'kept words'

/** Origin of a move of sections. */
export const movedBlocks = 'moved blocks'

/** Under this name such a change remembers where characters stand now: `CarriedRun[]`. */
export const carriedPlaces = 'carried places'
export type CarriedPlaces = readonly CarriedRun[]

/** Under this name a change that came from the server remembers the updates that it was made of: `Uint8Array[]`. */
export const receivedUpdates = 'received updates'
