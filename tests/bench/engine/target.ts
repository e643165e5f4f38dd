import { type Dialect, dialects, type ServerName } from './dialect'
import { patientCall } from './patient-call'
import { treeCpuUs, type Used, used } from './process-cost'

/** The server that is measured, as its process is told to the generator's. */
export interface TargetPlace {
  readonly name: ServerName
  readonly port: number
  readonly probePath: string
  /** Postmaster of its database; null: it has none. */
  readonly databasePid: number | null
  /** Documents that are there and empty, for this run alone. */
  readonly documents: readonly string[]
  /** Personal tokens of the five built-in people; empty where nobody asks who one is. */
  readonly tokens: readonly string[]
}

/** What one document and one person are at a server. */
export interface Seat {
  readonly document: string
  readonly ticket: string
}

export class Target {
  readonly name: ServerName
  readonly port: number
  readonly dialect: Dialect
  readonly documents: readonly string[]
  readonly #place: TargetPlace
  readonly #tickets = new Map<string, { readonly ticket: string; readonly at: number }>()

  constructor(place: TargetPlace) {
    this.#place = place
    this.name = place.name
    this.port = place.port
    this.dialect = dialects[place.name]
    this.documents = place.documents
  }

  get hasDatabase(): boolean {
    return this.#place.databasePid !== null
  }

  /** A pass for person `who` (counted round) to document `index`. */
  async seat(index: number, who: number): Promise<Seat> {
    const document = this.documents[index]
    if (document === undefined) throw new Error(`There are ${this.documents.length} documents, not ${index}.`)
    const { tokens } = this.#place
    if (tokens.length === 0) return { document, ticket: '' }
    const token = tokens[who % tokens.length] ?? ''
    const key = `${document} ${token}`
    const known = this.#tickets.get(key)
    // Good for a minute; half of it is left to come in.
    if (known && performance.now() - known.at < 30_000) return { document, ticket: known.ticket }
    const ticket = await this.#ask(document, token)
    this.#tickets.set(key, { ticket, at: performance.now() })
    return { document, ticket }
  }

  async #ask(document: string, token: string): Promise<string> {
    const origin = `http://localhost:${this.port}`
    const path = `/documents/${document}/ticket`
    return (await patientCall<{ ticket: string }>(origin, token, 'POST', path)).ticket
  }

  used(question: 'look' | 'gc' = 'look'): Promise<Used> {
    return used(this.#place.probePath, question)
  }

  /** Microseconds of processor time of the database so far. */
  databaseCpuUs(): number {
    return this.#place.databasePid === null ? 0 : treeCpuUs(this.#place.databasePid)
  }
}
