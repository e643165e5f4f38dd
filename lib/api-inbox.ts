import type { Route } from './api-route'

/** The routes of the inbox; part of the table in `api.ts`. */
export const inboxRoutes = {} as const satisfies Record<string, Route>
