import { z } from 'zod'
import { idParam, type Route } from './api-route'
import { sectionStates } from './document'
import { person } from './person'
import { sayableStates } from './section'

export const section = z.object({
  /** The heading's block id; `preamble` for text before the first heading. */
  id: z.string(),
  title: z.string(),
  /** Heading level 1 to 6; 0 for the preamble. */
  level: z.int().min(0).max(6),
  /** `2.1`; empty for the preamble. */
  number: z.string(),
  state: z.enum(sectionStates),
  /** It counts towards completeness: the template has it, and asks for text in it. */
  counts: z.boolean(),
  /** What was said of it last; null: nothing. It stays said when the text changes: `state` is what follows. */
  said: z
    .object({
      state: z.enum(['ready', 'not_applicable']),
      /** Of `not_applicable`. */
      reason: z.string().nullable(),
      /** Of `ready`: the substance of its own text that was meant; another one now is another text. */
      digest: z.string().nullable(),
      by: person,
      at: z.iso.datetime(),
    })
    .nullable(),
  ownerId: z.uuid().nullable(),
  owner: person.nullable(),
  open: z.int().nonnegative(),
  blocking: z.int().nonnegative(),
  /** Which section of the template it is, if any. */
  templateSection: z.string().nullable(),
  /**
   * Heading id of a section of the template that is gone, and that this one may have been typed for again: it has
   * its title. What was said of the one can be given to the other.
   */
  returnOf: z.string().nullable(),
})
export type SectionAnswer = z.infer<typeof section>

/** The routes of sections that change something; part of the table in `api.ts`. */
export const sectionRoutes = {
  updateSection: {
    method: 'PATCH',
    path: '/documents/{id}/sections/{sectionId}',
    scope: 'write',
    summary: 'Say that a section is ready, being written or does not apply, or who looks after it',
    clock: true,
    params: idParam.extend({ sectionId: z.string() }),
    body: z.strictObject({
      state: z.enum(sayableStates).optional(),
      /** Somebody who may read the document; null: nobody in particular. */
      ownerId: z.uuid().nullable().optional(),
      /** With the state `not_applicable`, and with no other. */
      notApplicableReason: z.string().optional(),
    }),
    output: section,
    status: 200,
  },
  returnSection: {
    method: 'POST',
    path: '/documents/{id}/sections/{sectionId}/return',
    scope: 'write',
    summary: 'Give a section that was typed again what was said of the one that was deleted (`returnOf`)',
    clock: true,
    params: idParam.extend({ sectionId: z.string() }),
    body: z.strictObject({ from: z.string().max(200) }),
    output: section,
    status: 200,
  },
} as const satisfies Record<string, Route>
