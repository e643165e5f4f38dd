import type { SectionState } from './document'

/** What an editor may say of a section; `writing` takes back what was said. */
export const sayableStates = ['writing', 'ready', 'not_applicable'] as const
export type SayableState = (typeof sayableStates)[number]

/** Of a reason, in UTF-16 units, after trimming. */
export const reasonMax = 500

/** What was said last. `digest`: of the text that was called ready. */
export interface SaidOfSection {
  readonly state: 'ready' | 'not_applicable'
  readonly digest: string | null
}

/** A section as far as its state goes. */
export interface StatedSection {
  readonly id: string
  /** Index of the section that it stands in; null: at the top. */
  readonly parent: number | null
  readonly hasSubsections: boolean
  /** Its own text is blank. */
  readonly empty: boolean
  readonly scopeEmpty: boolean
}

export interface StateInput<Section extends StatedSection> {
  /** In document order. */
  readonly sections: readonly Section[]
  /** The template asks for text in it; false for a heading of the author's own. */
  readonly isAsked: (section: Section) => boolean
  /** The template has it. */
  readonly isOfTemplate: (section: Section) => boolean
  readonly said: (section: Section) => SaidOfSection | null
  /** Of its own text as it is now; asked only where it was called ready. */
  readonly digest: (section: Section) => string
}

export interface StateOfSection {
  readonly state: SectionState
  /** It only holds others: it says what they say together, and nothing is said of it alone. */
  readonly holds: boolean
  /** It counts towards completeness. */
  readonly counts: boolean
}

/**
 * The states of all sections. Empty and *changed since ready* come from the text, the others from what was said. A
 * heading with headings below it for which no template asks for text has the state of what it holds.
 */
export function statesOf<Section extends StatedSection>(
  input: StateInput<Section>,
): ReadonlyMap<string, StateOfSection> {
  const { sections } = input
  const below = new Map<number, SectionState[]>()
  const states = new Map<string, StateOfSection>()
  for (let index = sections.length - 1; index >= 0; index -= 1) {
    const section = sections[index]
    if (!section) continue
    const holds = section.hasSubsections && !input.isAsked(section)
    const state = holds ? together(below.get(index) ?? [], section) : stateOf(section, input)
    states.set(section.id, { state, holds, counts: !holds && input.isOfTemplate(section) })
    if (section.parent === null) continue
    const siblings = below.get(section.parent)
    if (siblings) siblings.push(state)
    else below.set(section.parent, [state])
  }
  return states
}

function stateOf<Section extends StatedSection>(section: Section, input: StateInput<Section>): SectionState {
  const said = input.said(section)
  if (said?.state === 'not_applicable') return 'not_applicable'
  // Nothing is there to be ready; an undo brings text and state back.
  if (section.empty) return 'empty'
  if (said === null) return 'writing'
  return said.digest === input.digest(section) ? 'ready' : 'changed_since_ready'
}

function together(below: readonly SectionState[], { scopeEmpty }: StatedSection): SectionState {
  if (below.length > 0) {
    if (below.every((state) => state === 'not_applicable')) return 'not_applicable'
    const done = below.every((state) => state === 'ready' || state === 'not_applicable')
    if (done) return 'ready'
    if (below.every((state) => state !== 'writing' && state !== 'empty')) return 'changed_since_ready'
  }
  return scopeEmpty ? 'empty' : 'writing'
}

export interface Completeness {
  readonly ready: number
  readonly of: number
}

/** How many of the sections that count are ready or do not apply. */
export function completenessOf(states: Iterable<Pick<StateOfSection, 'state' | 'counts'>>): Completeness {
  let ready = 0
  let of = 0
  for (const { state, counts } of states) {
    if (!counts) continue
    of += 1
    if (state === 'ready' || state === 'not_applicable') ready += 1
  }
  return { ready, of }
}

/**
 * A reason as it is stored: composed, one line, no white space around it. Null when nothing remains, it is too long,
 * or it holds control characters or halves of characters.
 */
export function normaliseReason(text: string): string | null {
  const reason = text.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (reason === '' || reason.length > reasonMax) return null
  return /[\p{Cc}\p{Cs}]/u.test(reason) ? null : reason
}
