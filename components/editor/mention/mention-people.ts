import type { Person } from '../../../lib/person'

/** Asks who the people are whom a document names. Those whom the caller is not told of are missing. */
export type AskPeople = () => Promise<readonly Person[]>

/** So often somebody is asked for who is not known, and waited in between, in ms: the server learns of a name only when it was saved. */
const mostAsked = 3
const againMs = 8_000

/**
 * How the people in the text are called and coloured now. A text holds the name that somebody had when they were
 * named; what is known here is drawn instead, and asked for once, when somebody is drawn who is not known.
 */
export class MentionPeople {
  readonly #ask: AskPeople
  readonly #known = new Map<string, Person>()
  readonly #drawn = new Map<string, Set<() => void>>()
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(ask: AskPeople) {
    this.#ask = ask
  }

  of(id: string): Person | null {
    return this.#known.get(id) ?? null
  }

  learn(people: readonly Person[]): void {
    for (const person of people) {
      this.#known.set(person.id, person)
      for (const draw of this.#drawn.get(person.id) ?? []) draw()
    }
  }

  /** @returns ends it. */
  watch(id: string, draw: () => void): () => void {
    const drawn = this.#drawn.get(id) ?? new Set()
    this.#drawn.set(id, drawn.add(draw))
    if (!this.#known.has(id)) this.#askSoon(0)
    return () => {
      drawn.delete(draw)
      if (drawn.size === 0) this.#drawn.delete(id)
    }
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#asked = mostAsked
  }

  #askSoon(ms: number): void {
    if (this.#timer !== null || this.#asked >= mostAsked) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#asked += 1
      this.#ask().then(
        (people) => {
          this.learn(people)
          if ([...this.#drawn.keys()].some((id) => !this.#known.has(id))) this.#askSoon(againMs)
        },
        // The names in the text are there all the same.
        () => {},
      )
    }, ms)
  }
}
