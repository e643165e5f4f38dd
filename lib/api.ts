import { z } from 'zod'
import { roles, scopes } from './access'
import { attachmentRoutes } from './api-attachment'
import { decisionRoutes } from './api-decision'
import { inboxRoutes } from './api-inbox'
import { reviewRoutes } from './api-review-routes'
import { idParam, none, page, paging, type Route } from './api-route'
import { section, sectionRoutes } from './api-section'
import { suggestionRoutes } from './api-suggestion'
import { termRoutes } from './api-term'
import { threadRoutes } from './api-thread'
import { versionRoutes } from './api-version'
import { statuses } from './document'
import { person } from './person'

/**
 * Every HTTP route of `/api/v1`: the one list that routes, the browser's client, the OpenAPI file and the
 * authorization tests read. Paths carry `{name}` parameters; inputs are parsed before a command sees them.
 */

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
  /** A newer release has written its text, with what this one may not know: here it is only read. */
  fromNewerRelease: z.boolean(),
})
export type DocumentAnswer = z.infer<typeof document>

/** PostgreSQL has no year 0. */
const moment = z.iso.datetime().refine((text) => Date.parse(text) >= Date.parse('0001-01-01T00:00:00Z'))

export const loss = z.object({
  /** One-based line of the source; 0 when the loss is of the whole file. */
  line: z.int().nonnegative(),
  what: z.string(),
})
export type Loss = z.infer<typeof loss>

/** A person with a role, or everyone of the workspace (`person` is null then). */
export const member = z.object({
  person: person.nullable(),
  group: z.literal('everyone').nullable(),
  role: z.enum(roles),
})
export type MemberAnswer = z.infer<typeof member>

export const ticket = z.object({ ticket: z.string(), expiresAt: z.iso.datetime() })

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
      /** A person's id, or `me`: who is asked to review it. */
      reviewer: z.string().max(64).optional(),
      /** Words of the title. */
      q: z.string().max(200).optional(),
      updatedSince: moment.optional(),
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
  getNumberedDocument: {
    method: 'GET',
    path: '/documents/numbered/{number}',
    scope: 'read',
    summary: 'The document that a short address means: `42` or `TDD-0042`',
    params: z.object({ number: z.string() }),
    output: document,
    status: 200,
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
    query: z.strictObject({
      format: z.enum(['markdown', 'json']).default('markdown'),
      /** Markdown alone: behind the text, what was said about it and who signed it off. */
      appendix: z.enum(['threads']).optional(),
    }),
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
    query: z.strictObject(paging),
    output: page(section),
    status: 200,
  },
  listMembers: {
    method: 'GET',
    path: '/documents/{id}/members',
    scope: 'read',
    summary: 'Who has which role',
    params: idParam,
    query: z.strictObject(paging),
    output: page(member),
    status: 200,
  },
  getMember: {
    method: 'GET',
    path: '/documents/{id}/members/{userOrGroup}',
    scope: 'read',
    summary: "The role that a person was given, or everyone's (`everyone`)",
    params: idParam.extend({ userOrGroup: z.string() }),
    output: member,
    status: 200,
  },
  putMember: {
    method: 'PUT',
    path: '/documents/{id}/members/{userOrGroup}',
    scope: 'admin',
    summary: 'Give a person a role, or everyone in the workspace (`everyone`; never owner)',
    params: idParam.extend({ userOrGroup: z.string() }),
    body: z.strictObject({ role: z.enum(roles) }),
    output: member,
    status: 200,
  },
  deleteMember: {
    method: 'DELETE',
    path: '/documents/{id}/members/{userOrGroup}',
    scope: 'admin',
    summary: "Take a person's role away, or everyone's",
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
  ...sectionRoutes,
  ...attachmentRoutes,
  ...termRoutes,
  ...versionRoutes,
  ...decisionRoutes,
  ...threadRoutes,
  ...suggestionRoutes,
  ...reviewRoutes,
  ...inboxRoutes,
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
