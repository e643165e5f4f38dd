import type { Route } from './api-route'

/** The routes of sections that change something; part of the table in `api.ts`. */
export const sectionRoutes = {} as const satisfies Record<string, Route>
