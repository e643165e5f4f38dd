import type { ComparisonAnswer } from '../../lib/api-version'
import type { RedlineBlock } from '../../lib/content/redline/redline'
import { redlineOf } from '../../lib/content/redline/redline-build'
import { PublicError } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import type { Person } from '../../lib/person'
import { head } from '../../lib/version'
import { personJson } from '../access/person'
import type { Queryable } from '../db/open'
import { loadCovering } from '../document/clock'
import { type Body, bodyOfHead, bodyOfVersion } from './body'
import { versionOf } from './read'
import { presentVersion } from './store'

/**
 * How one text of a document became another: the one place where a comparison is made.
 *
 * @param input.from a version's id. @param input.to a version's id, or `head`.
 * @param input.clock `X-Document-Clock`: what the saved text must contain at least.
 * @throws PublicError `not_found` for what is no version of the document; VersionDamaged.
 */
export async function compareVersions(
  db: Queryable,
  documentId: DocumentId,
  input: { from: string; to: string; clock: string | null },
): Promise<ComparisonAnswer> {
  if (input.from === head) {
    throw new PublicError('invalid', { sentence: 'A comparison begins at a version: give its id as `from`.' })
  }
  const from = await textOf(db, documentId, input.from, input.clock)
  const to = await textOf(db, documentId, input.to, input.clock)
  const { sections } = redlineOf(from.body, to.body)
  return {
    from: { version: from.version, hash: from.body.hash },
    to: { version: to.version, hash: to.body.hash },
    people: await readPeople(db, authorsIn(sections.flatMap(({ blocks }) => blocks))),
    sections: sections.map((section) => ({ ...section, blocks: [...section.blocks] })),
  }
}

async function textOf(
  db: Queryable,
  documentId: DocumentId,
  which: string,
  clock: string | null,
): Promise<{ version: ReturnType<typeof presentVersion> | null; body: Body }> {
  if (which !== head) {
    const row = await versionOf(db, documentId, which)
    return { version: presentVersion(row), body: await bodyOfVersion(db, row.id) }
  }
  if (clock !== null) await loadCovering(db, documentId, clock)
  return { version: null, body: await bodyOfHead(db, documentId) }
}

function authorsIn(blocks: readonly RedlineBlock[], found = new Set<string>()): ReadonlySet<string> {
  for (const { inline, blocks: inner } of blocks) {
    for (const { author } of inline ?? []) if (author !== null) found.add(author)
    authorsIn(inner ?? [], found)
  }
  return found
}

async function readPeople(db: Queryable, ids: ReadonlySet<string>): Promise<Person[]> {
  if (ids.size === 0) return []
  const { rows } = await db.query<{ person: Person }>(
    `select ${personJson('p')} as person from person p where p.id = any ($1::uuid[]) order by p.name, p.id`,
    [[...ids]],
  )
  return rows.map(({ person }) => person)
}
