import { z } from 'zod'
import { idParam, ofDocument, page, paging, type Route } from './api-route'
import { decisionStates } from './content/attribute'
import { person } from './person'

/** A decision block of a document that the caller may read, as the saved text had it when it last rested. */
export const decision = z.object({
  blockId: z.string(),
  text: z.string(),
  state: z.enum(decisionStates),
  /** `YYYY-MM-DD`; null: not said. */
  day: z.string().nullable(),
  deciders: z.string().nullable(),
  section: z.string().nullable(),
  /** When it was first seen in the text. */
  notedAt: z.iso.datetime(),
  document: ofDocument,
})
export type DecisionAnswer = z.infer<typeof decision>

/** The routes of what is gathered from texts: decisions, and who is named; part of the table in `api.ts`. */
export const decisionRoutes = {
  listDecisions: {
    method: 'GET',
    path: '/decisions',
    scope: 'read',
    summary: 'Decisions of documents I may read, the newest first; seconds behind the text',
    query: z.strictObject({
      state: z.enum(decisionStates).optional(),
      /** Beginnings of words of the decision, its deciders, or its document’s title. */
      q: z.string().max(200).optional(),
      ...paging,
    }),
    output: page(decision),
    status: 200,
  },
  getDecisionRecord: {
    method: 'GET',
    path: '/documents/{id}/decisions/{blockId}',
    scope: 'read',
    summary: 'One decision of the saved text as an architecture decision record in Markdown',
    clock: true,
    params: idParam.extend({ blockId: z.string() }),
    produces: ['text/markdown'],
    output: z.unknown(),
    status: 200,
  },
  listNamed: {
    method: 'GET',
    path: '/documents/{id}/named',
    scope: 'read',
    summary: 'People whom the text names or has named, and who can read it; seconds behind the text',
    params: idParam,
    output: z.object({ items: z.array(person) }),
    status: 200,
  },
} as const satisfies Record<string, Route>
