import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { exportMarkdown } from '../../lib/content/markdown/markdown-export'
import { readBody } from '../../lib/content/read-body'
import type { Status } from '../../lib/document'
import { PublicError } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import type { Access } from '../access/resolve'
import { digest } from '../auth/secret'
import type { Queryable } from '../db/open'
import { etagOf } from '../http/file'
import { madeCovering } from './clock'
import { Kept } from './kept'
import { loadBody } from './update-log'

export interface Content {
  readonly body: string
  readonly mediaType: string
  /** A strong ETag, quotes included: another one whenever a byte of the body differs. */
  readonly etag: string
}

interface Head {
  title: string
  status: Status
  template_key: string
  title_heading: boolean
}

type MadeContent = Content & { readonly stateVector: Uint8Array }

/**
 * Files that were asked for lately, at most 16 MB of them: making one of a document of 2 MB takes nearly half a
 * second, in which nobody else is served, and a program that looks for news asks again and again.
 */
const kept = new Kept<MadeContent>({
  maxBytes: 16_000_000,
  // A character outside Latin-1 makes all of a string's take two bytes.
  bytesOf: ({ body, stateVector }) => 2 * body.length + stateVector.length,
})

/**
 * A document's body as a file: Markdown as `exportMarkdown` writes it, or the ProseMirror document as JSON.
 *
 * @param input.clock `X-Document-Clock`: what the answer must contain at least.
 */
export async function readContent(
  db: Queryable,
  access: Access,
  { format, clock }: { format: 'markdown' | 'json'; clock: string | null },
): Promise<Content> {
  const { documentId } = access
  const head = format === 'json' ? null : await headOf(db, access)
  return madeCovering(db, documentId, clock, (mark) =>
    kept.get(JSON.stringify([documentId, mark, head]), () => makeContent(db, documentId, head)),
  )
}

/** @param head for Markdown, which begins with it; null: JSON. */
async function makeContent(db: Queryable, documentId: DocumentId, head: Head | null): Promise<MadeContent> {
  const { update } = await loadBody(db, documentId)
  const doc = readBody(update)
  const body = head === null ? JSON.stringify(doc.toJSON()) : markdownOf(doc, head)
  return {
    body,
    mediaType: head === null ? 'application/json' : 'text/markdown; charset=utf-8',
    etag: etagOf(digest(body)),
    stateVector: Y.encodeStateVectorFromUpdate(update),
  }
}

const markdownOf = (doc: ProseMirrorNode, { title, status, template_key, title_heading }: Head): string =>
  exportMarkdown(doc, { title, status, templateKey: template_key, titleHeading: title_heading })

async function headOf(db: Queryable, access: Access): Promise<Head> {
  const { rows } = await db.query<Head>(
    'select title, status, template_key, title_heading from document where id = $1',
    [access.documentId],
  )
  if (!rows[0]) throw new PublicError('not_found')
  return rows[0]
}
