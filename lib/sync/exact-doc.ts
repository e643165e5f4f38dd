import * as Y from 'yjs'

/**
 * A Y.Doc that holds what it was told and nothing else.
 *
 * After formatted text arrives, Yjs (13.6, `cleanupYTextAfterTransaction`) deletes format marks that it finds
 * redundant, as a change of its own. In a document that does not pass its changes on (a server's, a reader's)
 * that makes a state which nobody else has: somebody else's deletion of the same mark is then nothing new there,
 * is neither stored nor passed on, and words are bold on one page and not on another. Where every copy does it,
 * two may each delete the mark that the other one kept. It saves a few bytes, and we do without.
 */
export function exactDoc(options: ConstructorParameters<typeof Y.Doc>[0] = {}): Y.Doc {
  const doc = new Y.Doc(options)
  // The event comes after the observers, which ask for the cleaning, and before it.
  doc.on('afterTransaction', (transaction) => {
    transaction._needFormattingCleanup = false
  })
  return doc
}
