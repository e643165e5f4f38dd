import * as Y from 'yjs'
import type { SectionAnswer } from '../../lib/api-section'
import { type Beginning, beginningOf } from '../../lib/content/beginning'
import { comparableTitle } from '../../lib/content/markdown/recognise'
import { type OutlineSection, outlineOf, preambleId } from '../../lib/content/outline'
import { readBody } from '../../lib/content/read-body'
import { digestOfSection } from '../../lib/content/section-digest'
import { templateByKey } from '../../lib/content/template/template'
import type { Template } from '../../lib/content/template/template-shape'
import { PublicError } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import { type Page, type PageQuery, pageOf } from '../../lib/page'
import { statesOf } from '../../lib/section'
import type { Access } from '../access/resolve'
import type { Queryable } from '../db/open'
import { madeCovering } from './clock'
import { Kept } from './kept'
import { readSectionStates, type SectionStateRow } from './section-store'
import { readSections } from './store'
import { loadBody } from './update-log'

/** A section of the saved text, with what its own words say. */
export interface SavedSection extends OutlineSection {
  readonly digest: string
}

interface Made {
  readonly outline: readonly SavedSection[]
  readonly beginning: Beginning
  readonly stateVector: Uint8Array
}

/** Of texts that were asked for lately: every opening of a page asks, and one of 1 MB takes a third of a second. */
const madeOfTexts = new Kept<Made>({
  maxBytes: 12_000_000,
  bytesOf: ({ outline, beginning, stateVector }) =>
    stateVector.length +
    outline.reduce((sum, { title }) => sum + 350 + 2 * title.length, 0) +
    4 * beginning.size,
})

/** A page of the outline. */
export async function listSections(
  db: Queryable,
  access: Access,
  { clock, ...query }: PageQuery & { clock: string | null },
): Promise<Page<SectionAnswer>> {
  return pageOf(await readOutline(db, access, { clock }), query, ({ id }) => id)
}

/**
 * The outline, with what was said of each section, and what follows from it. Open threads are not counted here.
 *
 * @param input.clock `X-Document-Clock`: what the text must contain at least.
 */
export async function readOutline(
  db: Queryable,
  access: Access,
  input: { clock: string | null },
): Promise<SectionAnswer[]> {
  return answerOf(await readSaid(db, access.documentId, input.clock))
}

/** A document's sections, and what is known of each. */
export interface SaidSections {
  readonly outline: readonly SavedSection[]
  readonly template: Template | null
  /** Key of the template's section by heading id; headings that are gone are among them. */
  readonly keys: ReadonlyMap<string, string>
  readonly said: ReadonlyMap<string, SectionStateRow>
}

export const readSaid = async (
  db: Queryable,
  documentId: DocumentId,
  clock: string | null,
): Promise<SaidSections> => saidOf(db, documentId, await madeOf(db, documentId, clock))

async function saidOf(db: Queryable, documentId: DocumentId, { outline }: Made): Promise<SaidSections> {
  const { rows } = await db.query<{ template_key: string }>(
    'select template_key from document where id = $1',
    [documentId],
  )
  if (!rows[0]) throw new PublicError('not_found')
  return {
    outline,
    template: templateByKey(rows[0].template_key),
    keys: await readSections(db, documentId),
    said: await readSectionStates(db, documentId),
  }
}

/** What a page begins with: the outline and how the text begins, of one and the same text. */
export async function readOpening(
  db: Queryable,
  { documentId }: Access,
): Promise<{ sections: SectionAnswer[]; beginning: Beginning }> {
  const made = await madeOf(db, documentId, null)
  return { sections: answerOf(await saidOf(db, documentId, made)), beginning: made.beginning }
}

const madeOf = (db: Queryable, documentId: DocumentId, clock: string | null): Promise<Made> =>
  madeCovering(db, documentId, clock, (mark) =>
    madeOfTexts.get(JSON.stringify([documentId, mark]), () => make(db, documentId)),
  )

async function make(db: Queryable, documentId: DocumentId): Promise<Made> {
  const { update } = await loadBody(db, documentId)
  const doc = readBody(update)
  return {
    outline: outlineOf(doc).map((section) => ({ ...section, digest: digestOfSection(doc, section) })),
    beginning: beginningOf(doc),
    stateVector: Y.encodeStateVectorFromUpdate(update),
  }
}

/** What follows for each section from its text and from what was said. */
export const statesOfSaid = ({ outline, template, keys, said }: SaidSections) =>
  statesOf({
    sections: outline,
    isAsked: ({ id }) => template?.sections.find((section) => section.key === keys.get(id))?.guidance != null,
    isOfTemplate: ({ id }) => keys.has(id),
    said: ({ id }) => {
      const row = said.get(id)
      return row?.state ? { state: row.state, digest: row.digest } : null
    },
    digest: (section) => section.digest,
  })

export function answerOf(sections: SaidSections): SectionAnswer[] {
  const { outline, keys, said } = sections
  const states = statesOfSaid(sections)
  const returns = returnsOf(sections)
  return outline.map(({ id, title, level, number }): SectionAnswer => {
    const row = said.get(id)
    const { state, counts } = states.get(id) ?? { state: 'writing' as const, counts: false }
    return {
      id,
      title,
      level,
      number,
      state,
      counts,
      said:
        row?.state && row.sayer && row.said_at
          ? {
              state: row.state,
              reason: row.reason,
              digest: row.digest,
              by: row.sayer,
              at: row.said_at.toISOString(),
            }
          : null,
      ownerId: row?.owner?.id ?? null,
      owner: row?.owner ?? null,
      open: 0,
      blocking: 0,
      templateSection: keys.get(id) ?? null,
      returnOf: returns.get(id) ?? null,
    }
  })
}

/**
 * Headings that stand where none of the template does, by the title of one that is gone, or has no title left: by
 * their id, the id of the one that they may have been typed for again.
 */
export function returnsOf({ outline, template, keys }: SaidSections): ReadonlyMap<string, string> {
  const returns = new Map<string, string>()
  const there = new Set(outline.flatMap(({ id, title }) => (title.trim() === '' ? [] : [id])))
  const gone = new Map<string, string>()
  for (const [id, key] of keys) {
    const title = template?.sections.find((section) => section.key === key)?.title
    if (!there.has(id) && title !== undefined) gone.set(comparableTitle(title), id)
  }
  if (gone.size === 0) return returns
  for (const { id, title } of outline) {
    const from = id === preambleId || keys.has(id) ? undefined : gone.get(comparableTitle(title))
    if (from === undefined) continue
    returns.set(id, from)
    // The first one of its name alone.
    gone.delete(comparableTitle(title))
  }
  return returns
}
