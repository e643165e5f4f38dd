import type { DocumentId, PersonId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { type VersionName, versionJson } from './record'

/** What somebody marked as read last; null: nothing. */
export async function readSeen(
  db: Queryable,
  documentId: DocumentId,
  personId: PersonId,
): Promise<VersionName | null> {
  const { rows } = await db.query<{ version: VersionName }>(
    `select ${versionJson('n')} as version from review_seen s join document_version n on n.id = s.version_id
      where s.document_id = $1 and s.person_id = $2`,
    [documentId, personId],
  )
  return rows[0]?.version ?? null
}

export async function writeSeen(
  tx: Queryable,
  seen: { documentId: DocumentId; personId: PersonId; versionId: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into review_seen (document_id, person_id, version_id, at) values ($1, $2, $3, $4)
     on conflict (document_id, person_id) do update set version_id = excluded.version_id, at = excluded.at`,
    [seen.documentId, seen.personId, seen.versionId, seen.at],
  )
}
