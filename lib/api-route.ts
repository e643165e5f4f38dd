import { z } from 'zod'
import type { Scope } from './access'
import { statuses } from './document'

/** One route of `/api/v1`: what it takes, what it answers, and what a credential needs for it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`. */
  readonly path: string
  /** The least scope that a credential needs. */
  readonly scope: Scope
  readonly summary: string
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  /** JSON body. Absent: none is read, or the route reads a stream of its own (`consumes`). */
  readonly body?: z.ZodType
  /** True: answers without a credential as well. Default false. */
  readonly public?: boolean
  /** True: takes `Idempotency-Key`; a repeated call gets the first call's answer. Default false. */
  readonly creates?: boolean
  /** What a call takes of what a person may ask for, in ordinary calls. Default 1. */
  readonly cost?: number
  /** True: takes `X-Document-Clock` and waits until the log covers it. Default false. */
  readonly clock?: boolean
  /** Media types that the route reads itself. */
  readonly consumes?: readonly string[]
  /** Media types that the route answers itself instead of JSON. */
  readonly produces?: readonly string[]
  readonly output: z.ZodType
  readonly status: 200 | 201 | 204
}

/** A page of a list, with where it goes on. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const paging = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}
/** The document of something that is listed across documents. */
export const ofDocument = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  title: z.string(),
  status: z.enum(statuses),
})
export const idParam = z.object({ id: z.string() })
export const none = z.undefined()
