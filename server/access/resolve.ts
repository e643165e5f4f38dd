import { type Ability, abilitiesOf, type Phase, phases, type Role, roles } from '../../lib/access'
import type { DocumentId } from '../../lib/id'
import type { Principal } from '../auth/authenticate'
import { constantOf } from '../db/constant'
import type { Queryable } from '../db/open'

/** What one principal may do with one document. Never empty: who may do nothing has no access at all. */
export interface Access {
  readonly documentId: DocumentId
  readonly role: Role
  readonly abilities: ReadonlySet<Ability>
  readonly phase: Phase
  /** The fence that updates are accepted under (`document.write_epoch`). */
  readonly writeEpoch: bigint
  /** The highest version of the content schema that the body uses. */
  readonly schemaVersion: number
}

interface Row {
  phase: Phase
  write_epoch: string
  schema_version: number
  role: Role
}

/** `phaseOf` of lib/document.ts, where access may not look; a test compares the two over every status. */
const phase = `case when d.binned_at is not null then 'binned'
  when d.status in ('draft', 'in_review') then 'open' else 'locked' end`

/**
 * True for a document that is in the bin, or is no more: that somebody may not know of it any longer says nothing
 * about their role then.
 */
export async function isPutAway(db: Queryable, documentId: DocumentId): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from document where id = $1 and binned_at is null', [
    documentId,
  ])
  return rowCount === 0
}

/**
 * The only judge, for pages, API and sockets alike. Null: there is no such document, or the principal may
 * not know of it; the two are not told apart.
 */
export async function resolveAccess(
  db: Queryable,
  principal: Pick<Principal, 'personId' | 'scope'>,
  documentId: DocumentId,
): Promise<Access | null> {
  const { rows } = await db.query<Row>({
    // By name, since everything asks it: a connection parses and plans it once.
    name: 'access',
    text: `select ${phase} as phase, d.write_epoch, d.schema_version, a.role
       from document d
       join document_access a on a.document_id = d.id and a.person_id = $2
      where d.id = $1`,
    values: [documentId, principal.personId],
  })
  const row = rows[0]
  if (!row) return null
  const abilities = abilitiesOf({ role: row.role, scope: principal.scope, phase: row.phase })
  if (abilities.size === 0) return null
  return {
    documentId,
    role: constantOf(roles, row.role),
    abilities,
    phase: constantOf(phases, row.phase),
    writeEpoch: BigInt(row.write_epoch),
    schemaVersion: row.schema_version,
  }
}
