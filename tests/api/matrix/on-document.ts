import type { Ability } from '../../../lib/access'
import type { RouteName } from '../../../lib/api'
import type { PersonId } from '../../../lib/id'
import type { Input, World } from '../world'

/** What a route of a document needs, and how it is called. */
export interface OnDocument {
  readonly ability: Ability
  readonly input?: (world: World) => Input
  /** Where `{id}` is a part of the document: makes one for this call, by the caller where that matters. */
  readonly id?: (world: World, made: { documentId: string; authorId: PersonId }) => Promise<string>
  /** Where the path names another part beside `{id}`: makes one for this call. */
  readonly path?: (
    world: World,
    made: { documentId: string; authorId: PersonId },
  ) => Promise<Record<string, string>>
  /** Where the query names a part of the document: makes one for this call. */
  readonly query?: (
    world: World,
    made: { documentId: string; authorId: PersonId },
  ) => Promise<Record<string, string>>
}

export type Matrix = Partial<Record<RouteName, OnDocument>>
