import type { z } from 'zod'
import type { Ability } from '../../lib/access'
import type { RouteName, routes } from '../../lib/api'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import type { Runtime } from '../runtime'

type Routes = typeof routes
type Parsed<Name extends RouteName, Key extends string> =
  Routes[Name] extends Record<Key, infer Schema extends z.ZodType> ? z.output<Schema> : undefined

/** What a route's command is called with, parsed by the route's rules. */
export interface Call<Name extends RouteName> {
  readonly params: Parsed<Name, 'params'>
  readonly query: Parsed<Name, 'query'>
  readonly body: Parsed<Name, 'body'>
  /** For what a route reads or answers itself: its stream, its headers. */
  readonly request: Request
  readonly runtime: Runtime
  /** Milliseconds since the epoch. */
  readonly now: number
}

export type Output<Name extends RouteName> = z.input<Routes[Name]['output']>

/** An answer that is no JSON of the route's shape. */
export class RawAnswer {
  constructor(
    readonly body: string | ReadableStream<Uint8Array> | null,
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
  ) {}
}

/** A call whose types have been checked against its route, for the code that is the same for all routes. */
type AnyCall = Omit<Call<RouteName>, 'params' | 'query' | 'body'> & {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/**
 * How a route is answered. What differs is which database it works on and what must be allowed:
 * `open` anybody; `self` whoever is signed in; `read` a document, on the pool; `change` a document, in a
 * transaction that has locked it before it judges, once per Idempotency-Key where the route creates;
 * `create` in a transaction, once per Idempotency-Key.
 */
export type Endpoint =
  | { readonly kind: 'open'; readonly name: RouteName; run(call: AnyCall): Promise<unknown> }
  | {
      readonly kind: 'self'
      readonly name: RouteName
      run(call: AnyCall & { db: Queryable; principal: Principal }): Promise<unknown>
    }
  | {
      readonly kind: 'read' | 'change'
      readonly name: RouteName
      readonly ability: Ability
      readonly options?: OnDocumentOptions
      prepare?(
        call: AnyCall & { db: Queryable; principal: Principal; access: Access },
      ): Promise<Prepared<unknown>>
      run(
        call: AnyCall & { db: Queryable; principal: Principal; access: Access; prepared: unknown },
      ): Promise<unknown>
    }
  | {
      readonly kind: 'create'
      readonly name: RouteName
      prepare?(call: AnyCall & { db: Queryable; principal: Principal }): Promise<Prepared<unknown>>
      run(call: AnyCall & { db: Queryable; principal: Principal; prepared: unknown }): Promise<unknown>
    }

/**
 * Which document a path is about, where `{id}` names a part of one. Null: there is no such part, or none that the
 * reader may know of.
 */
export type DocumentOf = (db: Queryable, id: string, reader: PersonId) => Promise<DocumentId | null>

export type Hold = 'alone' | 'shared'
/** How it is held, where that depends on the part that the path names. */
export type HoldOf = (db: Queryable, id: string) => Promise<Hold>

export interface OnDocumentOptions {
  /** For a path whose `{id}` names a part of a document. Default: it names the document. */
  readonly of?: DocumentOf
  /**
   * How a change holds the document: `alone` (the default) keeps everything else out, commits of its text too;
   * `shared` keeps access and status as they were judged, for changes beside the text. A function says it for the
   * `{id}` of the path, and is asked again once the document is held.
   */
  readonly hold?: Hold | HoldOf
  /** Done before the transaction begins, for whoever has the ability: what may take a while holds nobody up. */
  readonly before?: (call: { db: Queryable; access: Access; request: Request }) => Promise<unknown>
}

/** Work that is done before the transaction, and SHA-256 of what it was done upon. */
export interface Prepared<Value> {
  readonly value: Value
  readonly fingerprint: Buffer
}

type Answer<Name extends RouteName> = Promise<Output<Name> | RawAnswer>

// Each function below ties a route's types to its command, and then forgets them: the one cast of each.

/** Answers anybody. */
export const open = <Name extends RouteName>(name: Name, run: (call: Call<Name>) => Answer<Name>): Endpoint =>
  ({ kind: 'open', name, run }) as Endpoint

/** Answers whoever is signed in, about themselves or what they may see. */
export const self = <Name extends RouteName>(
  name: Name,
  run: (call: Call<Name> & { db: Queryable; principal: Principal }) => Answer<Name>,
): Endpoint => ({ kind: 'self', name, run }) as Endpoint

type OnDocument<Name extends RouteName> = (
  call: Call<Name> & { db: Queryable; principal: Principal; access: Access },
) => Answer<Name>

/** Reads the document `{id}`, or the one that `{id}` is a part of, for whoever has the ability. */
export const read = <Name extends RouteName>(
  name: Name,
  ability: Ability,
  run: OnDocument<Name>,
  options?: Pick<OnDocumentOptions, 'of'>,
): Endpoint => ({ kind: 'read', name, ability, run, options }) as Endpoint

/** Changes a document in one transaction, for whoever has the ability at that moment. */
export const change = <Name extends RouteName>(
  name: Name,
  ability: Ability,
  run: OnDocument<Name>,
  options?: OnDocumentOptions,
): Endpoint => ({ kind: 'change', name, ability, run, options }) as Endpoint

/**
 * Changes a document by a body that the route reads itself: for whoever has the ability, before the transaction
 * begins, and then once more within it.
 */
export const changeFrom = <Name extends RouteName, Value>(
  name: Name,
  ability: Ability,
  prepare: (
    call: Call<Name> & { db: Queryable; principal: Principal; access: Access },
  ) => Promise<Prepared<Value>>,
  run: (
    call: Call<Name> & { db: Queryable; principal: Principal; access: Access; prepared: Value },
  ) => Answer<Name>,
  options?: Pick<OnDocumentOptions, 'of' | 'hold'>,
): Endpoint => ({ kind: 'change', name, ability, prepare, run, options }) as Endpoint

/** Makes something from a JSON body. */
export const create = <Name extends RouteName>(
  name: Name,
  run: (call: Call<Name> & { db: Queryable; principal: Principal }) => Answer<Name>,
): Endpoint => ({ kind: 'create', name, run }) as Endpoint

/** Makes something from a body that the route reads itself, before the transaction begins. */
export const createFrom = <Name extends RouteName, Value>(
  name: Name,
  prepare: (call: Call<Name> & { db: Queryable; principal: Principal }) => Promise<Prepared<Value>>,
  run: (call: Call<Name> & { db: Queryable; principal: Principal; prepared: Value }) => Answer<Name>,
): Endpoint => ({ kind: 'create', name, prepare, run }) as Endpoint
