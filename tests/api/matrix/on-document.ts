import type { Ability, Phase } from '../../../lib/access'
import type { RouteName } from '../../../lib/api'
import type { PersonId } from '../../../lib/id'
import type { Input, World } from '../world'

/** What a route of a document needs, and how it is called. */
export interface OnDocument {
  readonly ability: Ability
  /** Asked after `id`. */
  readonly input?: (world: World, callerId: PersonId) => Input
  /** What a phase makes of the call although its caller may do it. Default: it succeeds. */
  readonly refused?: Partial<Record<Phase, string>>
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
