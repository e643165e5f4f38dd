import { z } from 'zod'
import type { Route } from './api-route'
import { person } from './person'
import { versionReasons } from './version'

export const version = z.object({
  id: z.uuid(),
  documentId: z.uuid(),
  /** Counts within the document, from 1. */
  number: z.int().positive(),
  /** What somebody called it; null: nothing. */
  name: z.string().nullable(),
  reason: z.enum(versionReasons),
  /** SHA-256 of its canonical content, 64 hexadecimal digits: equal exactly where the text says the same. */
  hash: z.string(),
  createdAt: z.iso.datetime(),
  /** Who caused it to be frozen; null: the server. */
  createdBy: person.nullable(),
  /** Who wrote since the version before it. */
  contributors: z.array(person),
})
export type VersionAnswer = z.infer<typeof version>

/** The routes of versions; part of the table in `api.ts`. */
export const versionRoutes = {} as const satisfies Record<string, Route>
