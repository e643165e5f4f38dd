import { seedUpdate } from '../../lib/content/seed'
import { sampleDocument } from '../../lib/content/template/sample'
import type { DocumentId, PersonId } from '../../lib/id'
import { readRole, writeRole } from '../access/store'
import type { Queryable } from '../db/open'
import { newBlockId } from '../import/new-block-id'
import { emit } from '../live/outbox'
import { insertWithBody } from './create'
import { serverClientId } from './update-log'

/** Where it is kept that there is a sample, and which document it is. */
const settingKey = 'sample_document'

/**
 * Gives a newcomer the sample document: the first one ever becomes its owner, everybody later an editor, so
 * that two people who try Rationale out meet in it. Once it is in the bin, newcomers no longer get it.
 *
 * @param tx a transaction in which no other newcomer is given it (`upsertPerson` holds a lock).
 */
export async function giveSample(tx: Queryable, personId: PersonId): Promise<void> {
  const { rows } = await tx.query<{ id: DocumentId; binned: boolean }>(
    `select d.id, d.binned_at is not null as binned
       from setting s join document d on d.id::text = s.value where s.key = $1`,
    [settingKey],
  )
  const sample = rows[0]
  if (!sample) return makeSample(tx, personId)
  if (sample.binned || (await readRole(tx, sample.id, personId))) return
  await writeRole(tx, { documentId: sample.id, personId, role: 'editor', addedBy: null })
  await emit(tx, { type: 'access.changed', documentId: sample.id, personId })
}

async function makeSample(tx: Queryable, ownerId: PersonId): Promise<void> {
  const body = sampleDocument(newBlockId)
  const { rows } = await tx.query<{ now: Date }>('select now()')
  const id = await insertWithBody(tx, {
    title: body.title,
    body: { ...body, seed: seedUpdate(body.content, serverClientId) },
    ownerId,
    number: null,
    writer: { personId: null, clientId: serverClientId },
    now: rows[0]?.now.getTime() ?? Date.now(),
  })
  await tx.query('insert into setting (key, value) values ($1, $2)', [settingKey, id])
}
