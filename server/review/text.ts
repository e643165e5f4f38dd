import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import {
  changesInSubstance,
  type SectionChange,
  type SectionSubstance,
  substancesOf,
} from '../../lib/content/substance'
import type { DocumentId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { Kept } from '../document/kept'
import { bodyOfHead, bodyOfVersion } from '../version/body'

/** A text that a review speaks of: a version, or the saved text as it was when it was asked for. */
export interface Text {
  /** Differs wherever the text does. */
  readonly key: string
  doc(): Promise<ProseMirrorNode>
}

/**
 * What was asked for lately. A page asks for its review whenever something changes in it; to compare two texts of
 * 1 MB takes a fifth of a second, in which nobody else is answered.
 */
const differences = new Kept<readonly SectionChange[]>({
  maxBytes: 4_000_000,
  bytesOf: (changes) => 200 + changes.reduce((sum, { title }) => sum + 150 + 2 * title.length, 0),
})
const substances = new Kept<readonly SectionSubstance[]>({
  maxBytes: 16_000_000,
  bytesOf: (sections) => sections.reduce((sum, { substance }) => sum + 300 + 2 * substance.length, 0),
})

/** Saved texts have no id: each body that was read gets a number. */
const numbers = new WeakMap<object, number>()
let last = 0

/** The text as it is saved, with its hash. */
export async function headText(db: Queryable, documentId: DocumentId): Promise<Text & { hash: string }> {
  const body = await bodyOfHead(db, documentId)
  const number = numbers.get(body) ?? ++last
  numbers.set(body, number)
  return { key: `saved ${number}`, hash: body.hash, doc: async () => body.doc }
}

export const versionText = (db: Queryable, versionId: string): Text => ({
  key: versionId,
  doc: async () => (await bodyOfVersion(db, versionId)).doc,
})

/** Sections that differ in substance. @param scope as `changesInSubstance` takes it. */
export function changesBetween(
  before: Text,
  after: Text,
  scope: readonly string[] | null,
): Promise<readonly SectionChange[]> {
  if (before.key === after.key) return Promise.resolve([])
  return differences.get(JSON.stringify([before.key, after.key, scope]), async () =>
    changesInSubstance(await before.doc(), await after.doc(), scope),
  )
}

/** What each section says, in the order of the text. */
export const substancesIn = (text: Text): Promise<readonly SectionSubstance[]> =>
  substances.get(text.key, async () => substancesOf(await text.doc()))

/** Of one section; null: it is not there. */
export const substanceIn = async (text: Text, sectionId: string): Promise<string | null> =>
  (await substancesIn(text)).find((section) => section.sectionId === sectionId)?.substance ?? null
