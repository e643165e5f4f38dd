import type { SectionAnswer } from '../../lib/api-section'
import { PublicError } from '../../lib/errors'
import { parsePersonId } from '../../lib/id'
import { normaliseReason, reasonMax, type SayableState } from '../../lib/section'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import type { OnDocumentOptions } from '../http/endpoint'
import { emit } from '../live/outbox'
import { loadCovering } from './clock'
import { answerOf, readSaid, returnsOf, type SavedSection, statesOfSaid } from './section-outline'
import { moveSection, type SaidState, writeSectionOwner, writeSectionState } from './section-store'

/** Beside the text, of a section that its caller sees: nobody's typing waits, and the saved text has what they saw. */
export const onSection = {
  hold: 'shared',
  before: ({ db, access, request }) =>
    loadCovering(db, access.documentId, request.headers.get('x-document-clock')),
} satisfies OnDocumentOptions

interface SaidInput {
  readonly sectionId: string
  readonly state?: SayableState | undefined
  readonly ownerId?: string | null | undefined
  readonly notApplicableReason?: string | undefined
  readonly now: number
}

/**
 * Says what a section is, or who looks after it. Where two say it at once, the later one counts, and both are told.
 *
 * @param tx a transaction that holds the document.
 * @throws PublicError `not_found` for a section that is not in the saved text; `invalid` for a state that it cannot
 *   have, a reason that is missing or none, or an owner who may not read the document.
 */
export async function updateSection(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: SaidInput,
): Promise<SectionAnswer> {
  const { documentId } = access
  const sections = await readSaid(tx, documentId, null)
  const section = sectionIn(sections.outline, input.sectionId)
  if (input.state !== 'not_applicable' && input.notApplicableReason !== undefined) {
    throw refused('A reason belongs to the state `not_applicable`. Give both, or neither.')
  }
  if (input.state === undefined && input.ownerId === undefined) {
    throw refused('Say a state or an owner: there is nothing to change in this request.')
  }
  if (input.state !== undefined) {
    if (statesOfSaid(sections).get(section.id)?.holds) {
      throw refused('This section only holds others and has their state. Say it of those.')
    }
    await writeSectionState(tx, documentId, section.id, saidOf(principal, section, input, input.state))
  }
  if (input.ownerId !== undefined) {
    const ownerId = input.ownerId === null ? null : parsePersonId(input.ownerId)
    if (input.ownerId !== null && !(ownerId && (await mayRead(tx, documentId, ownerId)))) {
      throw refused('Who looks after a section must be able to read the document. Share it with them first.')
    }
    await writeSectionOwner(tx, documentId, section.id, ownerId)
  }
  await emit(tx, { type: 'sections.changed', documentId })
  return answerFor(tx, access, section.id)
}

/**
 * Gives a section that was typed again what is known of the one that was deleted. Its threads are no part of it: who
 * knows of threads moves them in the same transaction.
 *
 * @param tx a transaction that holds the document.
 * @throws PublicError `not_found` for a section that is not in the saved text; `conflict` when it does not stand for
 *   that one (any more).
 */
export async function returnSection(
  tx: Queryable,
  access: Access,
  input: { sectionId: string; from: string },
): Promise<void> {
  const { documentId } = access
  // Two who do it at once for two headings would write one row twice: the second waits, and is told.
  await tx.query('select 1 from document_section where document_id = $1 and heading_id = $2 for update', [
    documentId,
    input.from,
  ])
  const sections = await readSaid(tx, documentId, null)
  const section = sectionIn(sections.outline, input.sectionId)
  if (returnsOf(sections).get(section.id) !== input.from) {
    throw new PublicError('conflict', {
      sentence: 'This section does not stand for that one any more. Look at the outline again.',
    })
  }
  await moveSection(tx, documentId, input.from, section.id)
  await emit(tx, { type: 'sections.changed', documentId })
}

/** One section as it is answered. */
export async function answerFor(db: Queryable, access: Access, sectionId: string): Promise<SectionAnswer> {
  const found = answerOf(await readSaid(db, access.documentId, null)).find(({ id }) => id === sectionId)
  if (!found) throw noSection()
  return found
}

function saidOf(
  principal: Principal,
  section: SavedSection,
  input: SaidInput,
  state: SayableState,
): SaidState | null {
  const by = { by: principal.personId, at: new Date(input.now) }
  switch (state) {
    case 'writing':
      return null
    case 'ready':
      if (section.empty) {
        throw refused('Nothing is written in this section yet. Write it, or say that it does not apply.')
      }
      return { state, reason: null, digest: section.digest, ...by }
    case 'not_applicable': {
      const reason = normaliseReason(input.notApplicableReason ?? '')
      if (reason === null) {
        throw refused(`Say why it does not apply, in one sentence of at most ${reasonMax} characters.`)
      }
      return { state, reason, digest: null, ...by }
    }
  }
}

function sectionIn(outline: readonly SavedSection[], sectionId: string): SavedSection {
  const found = outline.find(({ id, level }) => id === sectionId && level > 0)
  if (!found) throw noSection()
  return found
}

async function mayRead(tx: Queryable, documentId: string, personId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select 1 from document_access a join person p on p.id = a.person_id
      where a.document_id = $1 and a.person_id = $2 and a.role is not null and p.suspended_at is null`,
    [documentId, personId],
  )
  return rowCount === 1
}

const noSection = () =>
  new PublicError('not_found', {
    sentence: 'There is no such section in the text as it is saved. Read its outline again.',
  })
const refused = (sentence: string) => new PublicError('invalid', { sentence })
