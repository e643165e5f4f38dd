import { outlineOf } from '../../lib/content/outline'
import type { PersonId } from '../../lib/id'
import { digest } from '../auth/secret'
import { Kept } from '../document/kept'
import type { ReadMark } from './read-store'
import type { ReviewRecord } from './record'
import { substancesIn, type Text } from './text'

interface SectionPrint {
  readonly sectionId: string
  /** SHA-256 of its substance, hexadecimal. */
  readonly print: string
  readonly empty: boolean
}

const prints = new Kept<readonly SectionPrint[]>({
  maxBytes: 4_000_000,
  bytesOf: (sections) => 300 * sections.length,
})

/** SHA-256 of the substance of every section of a text. */
const printsOf = (text: Text): Promise<readonly SectionPrint[]> =>
  prints.get(text.key, async () => {
    const empty = new Map(outlineOf(await text.doc()).map((section) => [section.id, section.empty]))
    return (await substancesIn(text)).map(({ sectionId, substance }) => ({
      sectionId,
      print: digest(substance).toString('hex'),
      empty: empty.get(sectionId) ?? true,
    }))
  })

/** SHA-256 of a section's substance; null: it is not there. */
export async function printOf(text: Text, sectionId: string): Promise<Buffer | null> {
  const found = (await printsOf(text)).find((section) => section.sectionId === sectionId)
  return found ? Buffer.from(found.print, 'hex') : null
}

/**
 * Sections that each person has read as they are now, and those with content that no reviewer has. Where nobody is
 * asked to review, nobody has to read.
 */
export async function unreadSections(
  text: Text,
  stored: readonly ReadMark[],
  record: Pick<ReviewRecord, 'reviewers'>,
): Promise<{ marks: ReadonlyMap<PersonId, string[]>; unread: string[] }> {
  const reviewers = new Set(
    record.reviewers.filter(({ state }) => state === 'asked').map(({ person }) => person.id),
  )
  const marks = new Map<PersonId, string[]>()
  const unread: string[] = []
  if (stored.length === 0 && reviewers.size === 0) return { marks, unread }
  for (const { sectionId, print, empty } of await printsOf(text)) {
    const readers = stored.filter((mark) => mark.sectionId === sectionId && mark.print === print)
    for (const { personId } of readers) marks.set(personId, [...(marks.get(personId) ?? []), sectionId])
    const isRead = readers.some(({ personId }) => reviewers.has(personId))
    if (reviewers.size > 0 && !empty && !isRead) unread.push(sectionId)
  }
  return { marks, unread }
}
