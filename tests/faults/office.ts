import type { Pool } from 'pg'
import type { DocumentId, PersonId } from '../../lib/id'
import { issueToken } from '../../server/auth/token'
import { makeDocument, makePerson } from '../sync/documents'
import type { Place } from './agreement'
import { Writer } from './writer'

interface Person {
  readonly name: string
  readonly id: PersonId
  readonly token: string
}

/** Two people who write numbered words in documents of one server, whose database the test holds as well. */
export class Office {
  readonly #pool: Pool
  readonly #origin: string
  readonly #people: readonly Person[]

  private constructor(pool: Pool, origin: string, people: readonly Person[]) {
    this.#pool = pool
    this.#origin = origin
    this.#people = people
  }

  static async open(pool: Pool, origin: string): Promise<Office> {
    const people = ['ada', 'grace'].map(async (name): Promise<Person> => {
      const id = await makePerson(pool, name)
      return { name, id, token: (await issueToken(pool, { personId: id, scope: 'write', name })).token }
    })
    return new Office(pool, origin, await Promise.all(people))
  }

  /** Of the first of them, who owns every document. */
  get token(): string {
    return this.#people[0]?.token ?? ''
  }

  /** A document of both. */
  async document(): Promise<Place> {
    const [owner, ...members] = this.#people.map(({ id }) => id)
    const documentId: DocumentId = await makeDocument(
      this.#pool,
      owner as PersonId,
      members.map((id) => [id, 'editor'] as const),
    )
    return { documentId, origins: [this.#origin], token: this.token, pool: this.#pool }
  }

  /** A new page of one of them, which is there when it resolves. @param words what its words begin with. */
  async writer(name: string, { documentId }: Place, words = name): Promise<Writer> {
    const token = this.#people.find((person) => person.name === name)?.token ?? ''
    const writer = new Writer(words, { origin: this.#origin, documentId, token })
    await writer.ready()
    return writer
  }

  writers(place: Place): Promise<Writer[]> {
    return Promise.all(this.#people.map(({ name }) => this.writer(name, place)))
  }
}
