import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import * as Y from 'yjs'
import type { SectionAnswer } from '../../lib/api'
import { exportMarkdown } from '../../lib/content/markdown-export'
import { type OutlineSection, outlineOf } from '../../lib/content/outline'
import { readBody } from '../../lib/content/read-body'
import { templateByKey } from '../../lib/content/template'
import type { Status } from '../../lib/document'
import { PublicError } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import { type Page, type PageQuery, pageOf } from '../../lib/page'
import type { Access } from '../access/resolve'
import { digest } from '../auth/secret'
import type { Queryable } from '../db/open'
import { madeCovering } from './clock'
import { Kept } from './kept'
import { readSections } from './store'
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

interface MadeOutline {
  readonly outline: readonly OutlineSection[]
  readonly stateVector: Uint8Array
}

/** Outlines that were asked for lately: every opening of a page asks, and one of 1 MB takes a third of a second. */
const outlines = new Kept<MadeOutline>({
  maxBytes: 4_000_000,
  bytesOf: ({ outline, stateVector }) =>
    stateVector.length + outline.reduce((sum, { title }) => sum + 300 + 2 * title.length, 0),
})

/** @param head for Markdown, which begins with it; null: JSON. */
async function makeContent(db: Queryable, documentId: DocumentId, head: Head | null): Promise<MadeContent> {
  const { update } = await loadBody(db, documentId)
  const doc = readBody(update)
  const body = head === null ? JSON.stringify(doc.toJSON()) : markdownOf(doc, head)
  return {
    body,
    mediaType: head === null ? 'application/json' : 'text/markdown; charset=utf-8',
    etag: `"${digest(body).subarray(0, 16).toString('hex')}"`,
    stateVector: Y.encodeStateVectorFromUpdate(update),
  }
}

const markdownOf = (doc: ProseMirrorNode, { title, status, template_key, title_heading }: Head): string =>
  exportMarkdown(doc, { title, status, templateKey: template_key, titleHeading: title_heading })

/** A page of the outline. */
export async function listSections(
  db: Queryable,
  access: Access,
  { clock, ...query }: PageQuery & { clock: string | null },
): Promise<Page<SectionAnswer>> {
  return pageOf(await readOutline(db, access, { clock }), query, ({ id }) => id)
}

/**
 * The outline. A section that only holds others (it has sub-headings, and the template asks for nothing in
 * it) is empty when they are.
 */
export async function readOutline(
  db: Queryable,
  access: Access,
  input: { clock: string | null },
): Promise<SectionAnswer[]> {
  const { documentId } = access
  const { outline } = await madeCovering(db, documentId, input.clock, (mark) =>
    outlines.get(JSON.stringify([documentId, mark]), () => makeOutline(db, documentId)),
  )
  const { template_key } = await headOf(db, access)
  const keys = await readSections(db, access.documentId)
  const template = templateByKey(template_key)
  const asksFor = (key: string | null) =>
    template?.sections.find((section) => section.key === key)?.guidance != null
  return outline.map((section): SectionAnswer => {
    const templateSection = keys.get(section.id) ?? null
    const holdsOthers = section.hasSubsections && !asksFor(templateSection)
    return {
      id: section.id,
      title: section.title,
      level: section.level,
      number: section.number,
      state: (holdsOthers ? section.scopeEmpty : section.empty) ? 'empty' : 'writing',
      ownerId: null,
      open: 0,
      blocking: 0,
      templateSection,
    }
  })
}

async function makeOutline(db: Queryable, documentId: DocumentId): Promise<MadeOutline> {
  const { update } = await loadBody(db, documentId)
  return { outline: outlineOf(readBody(update)), stateVector: Y.encodeStateVectorFromUpdate(update) }
}

async function headOf(db: Queryable, access: Access): Promise<Head> {
  const { rows } = await db.query<Head>(
    'select title, status, template_key, title_heading from document where id = $1',
    [access.documentId],
  )
  if (!rows[0]) throw new PublicError('not_found')
  return rows[0]
}
