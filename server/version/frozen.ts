import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type * as Y from 'yjs'
import { type AuthorRuns, writersOf } from '../../lib/content/authorship'
import type { DocumentJson } from '../../lib/content/document-json'
import { contentSchema, schemaVersion } from '../../lib/content/schema'
import type { PersonId } from '../../lib/id'

/** A body, and who wrote the characters of each of its blocks, by block id. Null: the server, or nobody knows. */
export interface Frozen {
  readonly doc: ProseMirrorNode
  readonly authors: ReadonlyMap<string, AuthorRuns<PersonId | null>>
}

/** As it is stored: people once, and of each block pairs of a person's index (-1: none) and how many UTF-16 units. */
interface Stored {
  readonly schemaVersion: number
  readonly body: DocumentJson
  readonly people: readonly PersonId[]
  readonly authors: Readonly<Record<string, readonly number[]>>
}

/** @param personOf whose a Yjs client id is. */
export const frozenOf = (
  doc: ProseMirrorNode,
  ydoc: Y.Doc,
  personOf: (clientId: number) => PersonId | null,
): Frozen => ({
  doc,
  authors: new Map(
    [...writersOf(ydoc)].map(([id, runs]) => [
      id,
      runs.map(({ author, length }) => ({ author: personOf(author), length })),
    ]),
  ),
})

export async function pack({ doc, authors }: Frozen): Promise<Buffer> {
  const people: PersonId[] = []
  const indexes = new Map<PersonId | null, number>([[null, -1]])
  const indexOf = (person: PersonId | null): number => {
    const known = indexes.get(person)
    if (known !== undefined || person === null) return known ?? -1
    indexes.set(person, people.length)
    return people.push(person) - 1
  }
  const runs = [...authors].map(([id, given]) => [
    id,
    given.flatMap(({ author, length }) => [indexOf(author), length]),
  ])
  const stored: Stored = {
    schemaVersion,
    body: doc.toJSON(),
    people,
    authors: Object.fromEntries(runs),
  }
  return promisify(deflate)(JSON.stringify(stored))
}

/** @throws Error for bytes that `pack` did not write. */
export async function unpack(data: Uint8Array): Promise<Frozen> {
  const stored: Stored = JSON.parse((await promisify(inflate)(data)).toString('utf8'))
  const runsOf = (pairs: readonly number[]): AuthorRuns<PersonId | null> =>
    pairs.flatMap((author, at) =>
      at % 2 === 0 ? [{ author: stored.people[author] ?? null, length: pairs[at + 1] ?? 0 }] : [],
    )
  return {
    doc: contentSchema.nodeFromJSON(stored.body),
    authors: new Map(Object.entries(stored.authors).map(([id, pairs]) => [id, runsOf(pairs)])),
  }
}
