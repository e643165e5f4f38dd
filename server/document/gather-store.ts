import type { LoggedDecision } from '../../lib/content/decision-log'
import type { DocumentId, PersonId } from '../../lib/id'
import { searchKey } from '../../lib/search'
import type { Queryable } from '../db/open'
import { storable } from '../db/storable'
import { mayHold } from './stored-elements'

/** Whether there is anything to gather from a text, or something of it to take away. */
export async function mayHoldSomething(db: Queryable, documentId: DocumentId): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from document_decision where document_id = $1 limit 1', [
    documentId,
  ])
  return rowCount === 1 || mayHold(db, documentId, ['decision', 'mention'])
}

const storableOrNull = (text: string | null): string | null => text && storable(text)

/** Makes the log of a document say what its text says; what is as it was is not written. */
export async function writeDecisions(
  tx: Queryable,
  documentId: DocumentId,
  decisions: readonly LoggedDecision[],
  at: Date,
): Promise<void> {
  await tx.query('delete from document_decision where document_id = $1 and block_id <> all ($2::text[])', [
    documentId,
    decisions.map(({ blockId }) => blockId),
  ])
  if (decisions.length === 0) return
  await tx.query(
    `insert into document_decision as was
       (document_id, block_id, position, text, state, day, deciders, section, search_key, noted_at)
     select $1, block_id, position, text, state, day, deciders, section, search_key, $2
       from jsonb_to_recordset($3::jsonb) as given
         (block_id text, position int, text text, state text, day date, deciders text, section text, search_key text)
     on conflict (document_id, block_id) do update
        set position = excluded.position, text = excluded.text, state = excluded.state, day = excluded.day,
            deciders = excluded.deciders, section = excluded.section, search_key = excluded.search_key
      where (was.position, was.text, was.state, was.day, was.deciders, was.section) is distinct from
            (excluded.position, excluded.text, excluded.state, excluded.day, excluded.deciders, excluded.section)`,
    [
      documentId,
      at,
      JSON.stringify(
        decisions.map(({ blockId, text, state, day, deciders, section }, position) => ({
          block_id: blockId,
          position,
          text: storable(text),
          state,
          day,
          deciders: storableOrNull(deciders),
          section: storableOrNull(section),
          search_key: searchKey(`${text} ${deciders ?? ''}`),
        })),
      ),
    ],
  )
}

/**
 * Writes down who is named where, of those who can read the document now.
 *
 * @returns those who were not named in that block before. Who cannot read it is asked about again next time.
 */
export async function writeNamed(
  tx: Queryable,
  documentId: DocumentId,
  named: readonly { readonly blockId: string; readonly personId: PersonId }[],
  at: Date,
): Promise<{ blockId: string; personId: PersonId }[]> {
  if (named.length === 0) return []
  const { rows } = await tx.query<{ blockId: string; personId: PersonId }>(
    `insert into document_mention (document_id, block_id, person_id, noted_at)
     select $1, given.block_id, given.person_id, $4
       from unnest($2::text[], $3::uuid[]) as given (block_id, person_id)
       join person p on p.id = given.person_id and p.suspended_at is null
       join document_access a on a.document_id = $1 and a.person_id = given.person_id
     on conflict do nothing returning block_id as "blockId", person_id as "personId"`,
    [documentId, named.map(({ blockId }) => blockId), named.map(({ personId }) => personId), at],
  )
  return rows
}
