import type { DocumentId } from '../../../lib/id'
import { readSaid } from '../../../server/document/section-outline'
import type { World } from '../world'
import type { Matrix } from './on-document'

const gone = 'the-heading-that-is-gone'

async function sectionOf(world: World, { documentId }: { documentId: string }) {
  const { outline } = await readSaid(world.db, documentId as DocumentId, null)
  const found = outline.find(({ title }) => title === 'Rationale')
  if (!found) throw new Error('no such section')
  return { sectionId: found.id }
}

/** The heading is there again under another id than the one that the template's section has. */
async function typedAgain(world: World, made: { documentId: string }) {
  await world.db.query(
    "update document_section set heading_id = $2 where document_id = $1 and template_section = 'rationale'",
    [made.documentId, gone],
  )
  return sectionOf(world, made)
}

export const onSections: Matrix = {
  updateSection: {
    ability: 'edit_properties',
    path: sectionOf,
    input: () => ({ body: { state: 'not_applicable', notApplicableReason: 'It is about something else.' } }),
  },
  returnSection: { ability: 'edit_properties', path: typedAgain, input: () => ({ body: { from: gone } }) },
}
