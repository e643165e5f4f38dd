import { z } from 'zod'
import { idParam, type Route } from './api-route'
import { thread } from './api-thread'

const ofAuthor = z.uuid()

/** The routes of suggestions, which are threads; part of the table in `api.ts`. */
export const suggestionRoutes = {
  acceptSuggestion: {
    method: 'POST',
    path: '/threads/{id}/accept',
    scope: 'write',
    summary: 'Put a suggestion into the text, as a change by whoever proposed it',
    params: idParam,
    output: thread,
    status: 200,
  },
  declineSuggestion: {
    method: 'POST',
    path: '/threads/{id}/decline',
    scope: 'comment',
    summary: 'Decline a suggestion with a reason, or take back one’s own',
    params: idParam,
    body: z.strictObject({ reason: z.string().optional() }),
    output: thread,
    status: 200,
  },
  acceptSuggestions: {
    method: 'POST',
    path: '/documents/{id}/suggestions/accept',
    scope: 'write',
    summary: 'Put all open suggestions of one person into the text, as one change',
    params: idParam,
    body: z.strictObject({ authorId: ofAuthor }),
    output: z.object({
      /** Threads whose suggestion is in the text now. */
      accepted: z.array(z.uuid()),
      /** Threads that stay open: their text is another one by now, or another of these has changed it. */
      stale: z.array(z.uuid()),
    }),
    status: 200,
  },
  declineSuggestions: {
    method: 'POST',
    path: '/documents/{id}/suggestions/decline',
    scope: 'comment',
    summary: 'Decline all open suggestions of one person',
    params: idParam,
    body: z.strictObject({ authorId: ofAuthor, reason: z.string().optional() }),
    output: z.object({ declined: z.array(z.uuid()) }),
    status: 200,
  },
} as const satisfies Record<string, Route>
