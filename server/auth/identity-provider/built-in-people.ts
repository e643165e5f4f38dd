/** Somebody whom the built-in provider lets in with one click. */
export interface BuiltInPerson {
  /** The subject that it vouches for, and what `--token-for` takes. */
  readonly subject: string
  readonly name: string
  readonly email: string
  readonly admin: boolean
}

export const builtInPeople: readonly BuiltInPerson[] = [
  { subject: 'ada', name: 'Ada Lovelace', email: 'ada@example.com', admin: true },
  { subject: 'grace', name: 'Grace Hopper', email: 'grace@example.com', admin: false },
  { subject: 'linus', name: 'Linus Torvalds', email: 'linus@example.com', admin: false },
  { subject: 'margaret', name: 'Margaret Hamilton', email: 'margaret@example.com', admin: false },
  { subject: 'edsger', name: 'Edsger Dijkstra', email: 'edsger@example.com', admin: false },
]

export const findBuiltInPerson = (subject: string): BuiltInPerson | null =>
  builtInPeople.find((person) => person.subject === subject) ?? null
