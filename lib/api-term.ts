import { z } from 'zod'
import { ofDocument, page, paging, type Route } from './api-route'

/** A word with a meaning of its own, as the glossary of a document that the caller may read said it when it last rested. */
export const term = z.object({
  /** Place among the terms of its document: with the document's id it names this entry. */
  position: z.int().nonnegative(),
  term: z.string(),
  meaning: z.string(),
  document: ofDocument,
})
export type TermAnswer = z.infer<typeof term>

/** The routes of the company's list of terms; part of the table in `api.ts`. */
export const termRoutes = {
  listTerms: {
    method: 'GET',
    path: '/terms',
    scope: 'read',
    summary: 'Terms from glossaries of documents I may read, by their names; a minute behind the text',
    query: z.strictObject({
      /** Beginnings of words of the term or its meaning. */
      q: z.string().max(200).optional(),
      /** This term alone, in exact case. */
      name: z.string().max(200).optional(),
      ...paging,
      // It holds the last term.
      cursor: z.string().max(500).optional(),
    }),
    output: page(term),
    status: 200,
  },
} as const satisfies Record<string, Route>
