import { listed } from '../../lib/listed'

interface ChangeNewsClock {
  /** In ms; never set back. */
  now(): number
}

/** Others' changes are told at most this often. In ms. */
const tellEveryMs = 10_000
/** The same of the same person is not told again while they go on, and for so long afterwards. In ms. */
const forgetAfterMs = 60_000
/** Nobody is told anything who typed a moment ago. In ms. */
const quietMs = 3_000

/**
 * What a page says aloud of others who write in its person's section: in one sentence, seldom, and never while that
 * person types.
 */
export class ChangeNews {
  readonly #now: () => number
  /** When each was last heard writing where. */
  readonly #heard = new Map<string, number>()
  #waiting = new Set<string>()
  #section: string | null = null
  #lastToldMs = Number.NEGATIVE_INFINITY
  #typedMs = Number.NEGATIVE_INFINITY

  constructor({ now }: ChangeNewsClock) {
    this.#now = now
  }

  /** This person typed. */
  typed(): void {
    this.#typedMs = this.#now()
  }

  /** Somebody wrote in this section, which this person is in. */
  wrote(name: string, section: string): void {
    const nowMs = this.#now()
    if (section !== this.#section) {
      this.#section = section
      this.#waiting = new Set()
    }
    const key = `${name}\n${section}`
    const heardMs = this.#heard.get(key)
    if (heardMs === undefined || nowMs - heardMs >= forgetAfterMs) this.#waiting.add(name)
    this.#heard.set(key, nowMs)
  }

  /** In how many ms there may be something to say; null: nothing waits. */
  get dueInMs(): number | null {
    if (this.#waiting.size === 0) return null
    return Math.max(0, this.#lastToldMs + tellEveryMs - this.#now(), this.#typedMs + quietMs - this.#now())
  }

  /** @param nameOf a section in words; null: it is not there any more. @returns null: there is nothing to say now. */
  say(nameOf: (section: string) => string | null): string | null {
    if (this.dueInMs !== 0 || this.#section === null) return null
    const section = nameOf(this.#section)
    const names = [...this.#waiting]
    this.#waiting = new Set()
    if (section === null) return null
    this.#lastToldMs = this.#now()
    return `${listed(names)} ${names.length === 1 ? 'is' : 'are'} writing in ${section}.`
  }
}
