import { z } from 'zod'

/** A person as everybody sees them. */
export const person = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  /** `#rrggbb`, the same everywhere this person appears. */
  color: z.string(),
  picture: z.string().nullable(),
})
export type Person = z.infer<typeof person>
