import { z } from 'zod'

/**
 * What-changed events. They say that something is different and where to look, never what it now is: whoever
 * hears one asks the API, which judges anew. A parser that meets an event it does not know drops it, so that
 * an older page survives a newer server.
 */
const documentId = z.uuid()
const personId = z.uuid()

export const liveEvent = z.discriminatedUnion('type', [
  /** Title, status, owner or bin state of a document changed. */
  z.object({ type: z.literal('document.changed'), documentId }),
  /** Updates were appended to the log by something other than a socket of this process. */
  z.object({ type: z.literal('document.appended'), documentId }),
  /** Section keys or section states changed. */
  z.object({ type: z.literal('sections.changed'), documentId }),
  /** Roles changed. Without `personId`: everybody on the document is judged anew. */
  z.object({ type: z.literal('access.changed'), documentId, personId: personId.optional() }),
  /** A person's credential ended. Without `credentialId`: all of that person's. */
  z.object({ type: z.literal('credential.ended'), personId, credentialId: z.string().optional() }),
  /** Commits of this document's text stand still (`paused`), or run again. Said by the socket's server alone. */
  z.object({ type: z.literal('saving.changed'), documentId, paused: z.boolean() }),
])

export type LiveEvent = z.infer<typeof liveEvent>

/** The event in a JSON text, or null when it is none that this version knows. */
export function parseLiveEvent(text: string): LiveEvent | null {
  try {
    return liveEvent.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
