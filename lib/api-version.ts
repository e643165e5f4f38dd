import { z } from 'zod'
import { idParam, page, paging, type Route } from './api-route'
import type { RedlineBlock } from './content/redline/redline'
import { person } from './person'
import { head, versionReasons } from './version'

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

/** A version, with what it says. */
const versionWithContent = version.extend({
  /** Its body: a ProseMirror document of the content schema, block ids included. */
  content: z.looseObject({ type: z.literal('doc') }),
})
export type VersionContentAnswer = z.infer<typeof versionWithContent>

/** One side of a comparison; null: the text as it is saved now, which is no version. */
const side = z.object({ version: version.nullable(), hash: z.string() })

const comparedSection = z.object({
  /** Heading id. */
  id: z.string(),
  title: z.string(),
  number: z.string(),
  level: z.int(),
  /** What became of it in substance; null: it says the same. */
  difference: z.enum(['changed', 'added', 'removed', 'moved']).nullable(),
  /** How many places in it differ. */
  changes: z.int().nonnegative(),
  /** As `content/redline.ts` has them. */
  blocks: z.array(z.custom<RedlineBlock>()),
})

const comparison = z.object({
  from: side,
  to: side,
  /** Everybody who is named as an author in it. */
  people: z.array(person),
  sections: z.array(comparedSection),
})
export type ComparisonAnswer = z.infer<typeof comparison>

/** The routes of versions; part of the table in `api.ts`. */
export const versionRoutes = {
  listVersions: {
    method: 'GET',
    path: '/documents/{id}/versions',
    scope: 'read',
    summary: 'Versions of a document, the newest first',
    params: idParam,
    query: z.strictObject(paging),
    output: page(version),
    status: 200,
  },
  createVersion: {
    method: 'POST',
    path: '/documents/{id}/versions',
    scope: 'write',
    summary: 'Keep the text as it is saved now; where the newest version says the same, that one is answered',
    creates: true,
    clock: true,
    params: idParam,
    body: z.strictObject({ name: z.string().optional() }),
    output: version,
    status: 201,
  },
  getVersion: {
    method: 'GET',
    path: '/versions/{id}',
    scope: 'read',
    summary: 'One version with its content',
    params: idParam,
    output: versionWithContent,
    status: 200,
  },
  updateVersion: {
    method: 'PATCH',
    path: '/versions/{id}',
    scope: 'write',
    summary: 'Name a version, or take its name away',
    params: idParam,
    body: z.strictObject({ name: z.string().nullable() }),
    output: version,
    status: 200,
  },
  restoreVersion: {
    method: 'POST',
    path: '/versions/{id}/restore',
    scope: 'write',
    summary: 'Put a version back, as a change on top; the text before it is kept as a version',
    clock: true,
    params: idParam,
    output: z.object({
      /** The text as it was before: putting it back undoes this. */
      before: version,
      restored: version,
      /** False: the text said the same already. */
      changed: z.boolean(),
    }),
    status: 200,
  },
  compareVersions: {
    method: 'GET',
    path: '/documents/{id}/compare',
    scope: 'read',
    summary: 'How one version became another, section by section',
    clock: true,
    params: idParam,
    query: z.strictObject({
      /** A version's id. */
      from: z.string().max(64),
      /** A version's id, or `head`: the text as it is saved now. */
      to: z.string().max(64).default(head),
    }),
    output: comparison,
    status: 200,
  },
} as const satisfies Record<string, Route>
