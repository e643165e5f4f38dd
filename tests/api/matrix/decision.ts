import type { DocumentId } from '../../../lib/id'
import { decisionNode, say } from '../text-story'
import type { World } from '../world'
import type { onInboxSelf } from './inbox'
import type { Matrix } from './on-document'

/** Once for each document: every call asks for the same one. */
const written = new Set<string>()

async function decided(world: World, { documentId }: { documentId: string }) {
  if (!written.has(documentId)) {
    written.add(documentId)
    await say(world, documentId as DocumentId, 'grace', [decisionNode('decided', 'We take PostgreSQL.')], {
      behind: true,
    })
  }
  return { blockId: 'decided' }
}

export const onDecisions: Matrix = {
  getDecisionRecord: { ability: 'read', path: decided },
  listNamed: { ability: 'read' },
}

/** Routes about what the caller may see. */
export const onDecisionsSelf: typeof onInboxSelf = {
  listDecisions: {},
  listTerms: {},
  getNumberedDocument: async (world, name) => ({
    params: { number: (await world.document(name, 'A numbered one')).number ?? '' },
  }),
}
