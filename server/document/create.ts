import { randomUUID } from 'node:crypto'
import type { DocumentAnswer } from '../../lib/api'
import { schemaVersion } from '../../lib/content/schema'
import { seedUpdate } from '../../lib/content/seed'
import {
  type SectionKeys,
  templateByKey,
  templateDocument,
  templates,
} from '../../lib/content/template/template'
import { PublicError } from '../../lib/errors'
import type { DocumentId, PersonId } from '../../lib/id'
import { writeRole } from '../access/store'
import type { Queryable } from '../db/open'
import { newBlockId } from '../import/new-block-id'
import { emit } from '../live/outbox'
import { drawNumber, insertDocument, insertSections, readDocument } from './store'
import { checkedTitle, titleSearchKey } from './title'
import { seedBody, serverClientId } from './update-log'

export interface NewBody {
  /** Its first update (`seedUpdate`), under its writer's client id. */
  readonly seed: Uint8Array
  readonly templateKey: string
  readonly sections: SectionKeys
  /** Its Markdown begins with the title as a heading. Default: it does not. */
  readonly titleHeading?: boolean
}

/**
 * Makes a document on a template.
 *
 * @param tx a transaction.
 * @throws PublicError `invalid` for a title that cannot be one, or a template that does not exist.
 */
export async function createDocument(
  tx: Queryable,
  ownerId: PersonId,
  input: { title: string; templateKey: string; now: number },
): Promise<DocumentAnswer> {
  const title = checkedTitle(input.title)
  const made = templateDocument(input.templateKey, newBlockId)
  if (!made) {
    const known = templates.map((template) => `"${template.key}"`).join(', ')
    throw new PublicError('invalid', { sentence: `There is no such template. Choose one of ${known}.` })
  }
  const number = await drawNumber(tx)
  const writer = { personId: null, clientId: serverClientId }
  const id = await insertWithBody(tx, {
    title,
    body: {
      seed: seedUpdate(made.content, serverClientId),
      sections: made.sections,
      templateKey: input.templateKey,
    },
    ownerId,
    number,
    writer,
    now: input.now,
  })
  return answerNew(tx, ownerId, id)
}

/**
 * Makes a document of a body that came from elsewhere, under its importer's name.
 *
 * @param tx a transaction.
 */
export async function createFromBody(
  tx: Queryable,
  ownerId: PersonId,
  input: { title: string; body: NewBody; clientId: number; now: number },
): Promise<DocumentAnswer> {
  const number = await drawNumber(tx)
  const writer = { personId: ownerId, clientId: input.clientId }
  const id = await insertWithBody(tx, { ...input, ownerId, number, writer })
  return answerNew(tx, ownerId, id)
}

/** The rows of a new document, its owner's role, and its body: seeded once, as a stored update. */
export async function insertWithBody(
  tx: Queryable,
  input: {
    title: string
    body: NewBody
    ownerId: PersonId
    /** Null: the sample. */
    number: number | null
    writer: { personId: PersonId | null; clientId: number }
    now: number
  },
): Promise<DocumentId> {
  const { body, title, ownerId, number } = input
  const id = randomUUID() as DocumentId
  const prefix = templateByKey(body.templateKey)?.prefix ?? ''
  await insertDocument(tx, {
    id,
    prefix,
    number,
    title,
    searchKey: titleSearchKey(title, prefix, number),
    templateKey: body.templateKey,
    titleHeading: body.titleHeading ?? false,
    ownerId,
    schemaVersion,
    now: new Date(input.now),
  })
  await writeRole(tx, { documentId: id, personId: ownerId, role: 'owner', addedBy: null })
  await insertSections(tx, id, body.sections)
  await seedBody(tx, id, body.seed, input.writer)
  await emit(tx, { type: 'document.changed', documentId: id })
  return id
}

async function answerNew(tx: Queryable, personId: PersonId, id: DocumentId): Promise<DocumentAnswer> {
  const made = await readDocument(tx, personId, id)
  if (!made) throw new Error('A document that was just made is not there.')
  return made
}
