import type { DocumentId, PersonId } from '../../../lib/id'
import { transaction } from '../../../server/db/open'
import { freezeVersion } from '../../../server/version/freeze'
import type { World } from '../world'
import type { Matrix } from './on-document'

type Made = { documentId: string; authorId: PersonId }

/** The text never changes here: it is one version throughout. */
const aVersion = async (world: World, { documentId, authorId }: Made): Promise<string> => {
  const given = {
    documentId: documentId as DocumentId,
    reason: 'burst',
    by: authorId,
    now: Date.now(),
  } as const
  return (await transaction(world.db, (tx) => freezeVersion(tx, given))).id
}

export const onVersions: Matrix = {
  listVersions: { ability: 'read' },
  createVersion: { ability: 'keep_versions', input: () => ({ body: { name: 'A name' } }) },
  getVersion: { ability: 'read', id: aVersion },
  updateVersion: { ability: 'keep_versions', id: aVersion, input: () => ({ body: { name: 'Another' } }) },
  compareVersions: {
    ability: 'read',
    query: async (world, made) => ({ from: await aVersion(world, made), to: 'head' }),
  },
  restoreVersion: { ability: 'write', id: aVersion },
}
