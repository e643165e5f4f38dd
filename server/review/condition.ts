import { scopeOf } from '../../lib/content/substance'
import type { DocumentId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { freezeVersion } from '../version/freeze'
import type { ConditionRow, VerdictRow } from './record'
import { versionText } from './text'
import { writeConfirmed } from './verdict-store'

/**
 * A condition is met: the sections that hold it are approved as they are now. To change them until then was what it
 * asked for; to change them from now on is a change like any other.
 */
export async function confirmCondition(
  tx: Queryable,
  documentId: DocumentId,
  verdict: VerdictRow,
  { sectionId, isOnSection }: ConditionRow,
  now: number,
): Promise<void> {
  if (sectionId === null) return
  const version = await freezeVersion(tx, { documentId, reason: 'review', by: null, now })
  const under = isOnSection ? scopeOf(await versionText(tx, version.id).doc(), [sectionId]) : []
  const sectionIds = [...new Set([sectionId, ...under])]
  await writeConfirmed(tx, verdict.id, { sectionIds, versionId: version.id })
}
