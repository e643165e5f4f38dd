import { z } from 'zod'
import { roles, type Scope, scopes } from './access'
import { sectionStates, statuses } from './document'

/**
 * Every HTTP route of `/api/v1`: the one list that routes, the browser's client, the OpenAPI file and the
 * authorization tests read. Paths carry `{name}` parameters; inputs are parsed before a command sees them.
 */

export const person = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  /** `#rrggbb`, the same everywhere this person appears. */
  color: z.string(),
  picture: z.string().nullable(),
})
export type Person = z.infer<typeof person>

export const me = person.extend({
  workspaceRole: z.enum(['admin', 'member', 'guest']),
  scope: z.enum(scopes),
})
export type Me = z.infer<typeof me>

export const document = z.object({
  id: z.uuid(),
  /** `TDD-0042`; null for the sample document. */
  number: z.string().nullable(),
  title: z.string(),
  status: z.enum(statuses),
  templateKey: z.string(),
  owner: person,
  /** The caller's role. */
  role: z.enum(roles),
  /**
   * Number of the last update in the log of its body: rises with every stored change. It counts over all
   * documents, so that it is no count of this one's changes.
   */
  version: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** When it was moved to the bin; null: it is not there. */
  binnedAt: z.iso.datetime().nullable(),
})
export type DocumentAnswer = z.infer<typeof document>

export const loss = z.object({
  /** One-based line of the source; 0 when the loss is of the whole file. */
  line: z.int().nonnegative(),
  what: z.string(),
})
export type Loss = z.infer<typeof loss>

export const section = z.object({
  /** The heading's block id; `preamble` for text before the first heading. */
  id: z.string(),
  title: z.string(),
  /** Heading level 1 to 6; 0 for the preamble. */
  level: z.int().min(0).max(6),
  /** `2.1`; empty for the preamble. */
  number: z.string(),
  state: z.enum(sectionStates),
  ownerId: z.uuid().nullable(),
  open: z.int().nonnegative(),
  blocking: z.int().nonnegative(),
  /** Which section of the template it is, if any. */
  templateSection: z.string().nullable(),
})
export type SectionAnswer = z.infer<typeof section>

export const member = z.object({ person, role: z.enum(roles) })
export type MemberAnswer = z.infer<typeof member>

export const ticket = z.object({ ticket: z.string(), expiresAt: z.iso.datetime() })

const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

const paging = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}
const idParam = z.object({ id: z.string() })
const none = z.undefined()

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
  /** True: takes `X-Document-Clock` and waits until the log covers it. Default false. */
  readonly clock?: boolean
  /** Media types that the route reads itself. */
  readonly consumes?: readonly string[]
  /** Media types that the route answers itself instead of JSON. */
  readonly produces?: readonly string[]
  readonly output: z.ZodType
  readonly status: 200 | 201 | 204
}

export const routes = {
  getMe: { method: 'GET', path: '/me', scope: 'read', summary: 'Who I am', output: me, status: 200 },
  listUsers: {
    method: 'GET',
    path: '/users',
    scope: 'read',
    summary: 'People of the workspace whose name or address begins with `q`',
    query: z.strictObject({ q: z.string().max(200).default(''), ...paging }),
    output: page(person),
    status: 200,
  },
  listDocuments: {
    method: 'GET',
    path: '/documents',
    scope: 'read',
    summary: 'Documents I may read, newest change first',
    query: z.strictObject({
      status: z.enum(statuses).optional(),
      /** A person's id, or `me`. */
      owner: z.string().max(64).optional(),
      /** A person's id, or `me`. No document has reviewers yet, so that none is found. */
      reviewer: z.string().max(64).optional(),
      /** Words of the title. */
      q: z.string().max(200).optional(),
      updatedSince: z.iso.datetime().optional(),
      /** `true`: the bin instead. */
      binned: z.enum(['true', 'false']).optional(),
      ...paging,
    }),
    output: page(document),
    status: 200,
  },
  createDocument: {
    method: 'POST',
    path: '/documents',
    scope: 'write',
    summary: 'Make a document from a template',
    creates: true,
    body: z.strictObject({ title: z.string(), templateKey: z.string().default('technical-design-document') }),
    output: document,
    status: 201,
  },
  importDocument: {
    method: 'POST',
    path: '/documents/import',
    scope: 'write',
    summary: 'Make a document from a Markdown file',
    creates: true,
    consumes: ['text/markdown', 'multipart/form-data'],
    output: z.object({ document, losses: z.array(loss) }),
    status: 201,
  },
  getDocument: {
    method: 'GET',
    path: '/documents/{id}',
    scope: 'read',
    summary: 'One document',
    params: idParam,
    output: document,
    status: 200,
  },
  updateDocument: {
    method: 'PATCH',
    path: '/documents/{id}',
    scope: 'write',
    summary: 'Rename a document',
    params: idParam,
    body: z.strictObject({ title: z.string() }),
    output: document,
    status: 200,
  },
  deleteDocument: {
    method: 'DELETE',
    path: '/documents/{id}',
    scope: 'write',
    summary: 'Move a document to the bin',
    params: idParam,
    output: none,
    status: 204,
  },
  restoreDocument: {
    method: 'POST',
    path: '/documents/{id}/restore',
    scope: 'write',
    summary: 'Take a document out of the bin',
    params: idParam,
    output: document,
    status: 200,
  },
  getContent: {
    method: 'GET',
    path: '/documents/{id}/content',
    scope: 'read',
    summary: 'The body as Markdown or JSON, with an ETag',
    clock: true,
    params: idParam,
    query: z.strictObject({ format: z.enum(['markdown', 'json']).default('markdown') }),
    produces: ['text/markdown', 'application/json'],
    output: z.unknown(),
    status: 200,
  },
  listSections: {
    method: 'GET',
    path: '/documents/{id}/sections',
    scope: 'read',
    summary: 'The outline',
    clock: true,
    params: idParam,
    output: z.object({ items: z.array(section), nextCursor: z.null() }),
    status: 200,
  },
  listMembers: {
    method: 'GET',
    path: '/documents/{id}/members',
    scope: 'read',
    summary: 'Who has which role',
    params: idParam,
    output: z.object({ items: z.array(member), nextCursor: z.null() }),
    status: 200,
  },
  putMember: {
    method: 'PUT',
    path: '/documents/{id}/members/{userOrGroup}',
    scope: 'admin',
    summary: 'Give a person a role',
    params: idParam.extend({ userOrGroup: z.string() }),
    body: z.strictObject({ role: z.enum(roles) }),
    output: member,
    status: 200,
  },
  deleteMember: {
    method: 'DELETE',
    path: '/documents/{id}/members/{userOrGroup}',
    scope: 'admin',
    summary: "Take a person's role away",
    params: idParam.extend({ userOrGroup: z.string() }),
    output: none,
    status: 204,
  },
  createTicket: {
    method: 'POST',
    path: '/documents/{id}/ticket',
    scope: 'read',
    summary: "A ticket for the document's socket, good for 60 s",
    params: idParam,
    output: ticket,
    status: 201,
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    scope: 'read',
    summary: 'This list as OpenAPI 3.1',
    public: true,
    output: z.unknown(),
    status: 200,
  },
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof routes
