/** Somebody who has the document open now, other than the one who looks. */
export interface PresentPerson {
  readonly personId: string
  readonly name: string
  /** `#rrggbb`; drawn through `safeColor`. */
  readonly color: string
  /** The client whose caret can be gone to. */
  readonly clientId: number
  /** Block id of the heading of the section they are in; null: not known. */
  readonly sectionId: string | null
  /** They may write, and their caret stands somewhere. */
  readonly hasCaret: boolean
}

/**
 * Who is here, from the awareness states: each person once, whatever number of windows they have open, sorted
 * by name. What other clients say about themselves is checked, not believed: a state without a proper person
 * is not shown.
 */
export function presentPeople(
  states: ReadonlyMap<number, unknown>,
  self: { readonly clientId: number; readonly personId: string },
): PresentPerson[] {
  const people = new Map<string, PresentPerson>()
  for (const [clientId, state] of states) {
    const person = clientId === self.clientId ? null : personOf(clientId, state)
    if (person === null || person.personId === self.personId) continue
    const known = people.get(person.personId)
    if (known === undefined || (person.hasCaret && !known.hasCaret)) people.set(person.personId, person)
  }
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name, 'en') || a.clientId - b.clientId)
}

function personOf(clientId: number, state: unknown): PresentPerson | null {
  if (typeof state !== 'object' || state === null) return null
  const { user, cursor, sectionId } = state as Record<string, unknown>
  if (typeof user !== 'object' || user === null) return null
  const { id, name, color } = user as Record<string, unknown>
  if (typeof id !== 'string' || typeof name !== 'string' || name.trim() === '') return null
  return {
    personId: id,
    name: name.slice(0, 100),
    color: typeof color === 'string' ? color : '',
    clientId,
    sectionId: typeof sectionId === 'string' ? sectionId : null,
    hasCaret: typeof cursor === 'object' && cursor !== null,
  }
}

/** True when both say the same about the same people. */
export const samePeople = (before: readonly PresentPerson[], after: readonly PresentPerson[]): boolean =>
  before.length === after.length &&
  after.every((person, index) => {
    const old = before[index]
    return (
      old !== undefined &&
      (Object.keys(person) as (keyof PresentPerson)[]).every((key) => old[key] === person[key])
    )
  })
