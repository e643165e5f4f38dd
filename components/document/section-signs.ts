import type { SectionAnswer } from '../../lib/api-section'
import { type SectionState, sectionStateNames } from '../../lib/document'
import type { Person } from '../../lib/person'

/** What is known of a section beside its text, as it is drawn. */
export interface SectionSign {
  readonly state: SectionState
  /** It counts towards completeness. */
  readonly counts: boolean
  /** It only holds others: nothing is said of it alone. */
  readonly holds: boolean
  /** Why it does not apply. */
  readonly reason: string | null
  /** Who said the state; null: it follows from the text. */
  readonly by: string | null
  readonly owner: Person | null
  /** Heading id of the deleted section that it may have been typed again for. */
  readonly returnOf: string | null
}

export type SectionSigns = ReadonlyMap<string, SectionSign>

/** From what the server knows, with a state that somebody derived. */
export function signOf(
  known: SectionAnswer | undefined,
  derived: Pick<SectionSign, 'state' | 'counts' | 'holds'>,
): SectionSign {
  return {
    state: derived.state,
    counts: derived.counts,
    holds: derived.holds,
    reason: known?.said?.reason ?? null,
    by: known?.said?.by.name ?? null,
    owner: known?.owner ?? null,
    returnOf: known?.returnOf ?? null,
  }
}

/** As the server reads the saved text: until the body is there. */
export const signsOfAnswer = (sections: readonly SectionAnswer[]): SectionSigns =>
  new Map(sections.map((section) => [section.id, signOf(section, { ...section, holds: false })]))

/** True where nothing that is drawn differs: what draws them need not look. */
export function sameSigns(before: SectionSigns, after: SectionSigns): boolean {
  if (before.size !== after.size) return false
  for (const [id, sign] of after) {
    const old = before.get(id)
    if (!old || (Object.keys(sign) as (keyof SectionSign)[]).some((key) => !isSame(old[key], sign[key]))) {
      return false
    }
  }
  return true
}

const isSame = (a: SectionSign[keyof SectionSign], b: SectionSign[keyof SectionSign]): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && a?.id === b?.id && a?.name === b?.name)

/** All that a sign stands for, in words. */
export function signWords({ state, by, reason, owner }: SectionSign): string {
  const said = state === 'not_applicable' ? `Does not apply: ${reason}` : sectionStateNames[state]
  const who = by !== null && state !== 'empty' && state !== 'writing' ? `, said by ${by}` : ''
  return `${said}${who}${owner ? `. ${owner.name} looks after it` : ''}`
}
