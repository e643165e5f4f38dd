/**
 * What-changed events. They say that something is different and where to look, never what it now is: whoever
 * hears one asks the API, which judges anew. A parser that meets an event it does not know drops it, so that
 * an older page survives a newer server.
 *
 * Parsed by hand: this file travels to the browser with the document's socket, and zod would be 90 KB of it.
 */
export type LiveEvent =
  /** Title, status, owner or bin state of a document changed. */
  | { readonly type: 'document.changed'; readonly documentId: string }
  /** Updates were appended to the log by something other than a socket of this process. */
  | { readonly type: 'document.appended'; readonly documentId: string }
  /** Section keys or section states changed. */
  | { readonly type: 'sections.changed'; readonly documentId: string }
  /** A thread of the document was started, changed or removed. Without `threadId`: any of them may have been. */
  | { readonly type: 'thread.changed'; readonly documentId: string; readonly threadId?: string | undefined }
  /** A version was frozen, named, or put back. */
  | { readonly type: 'version.changed'; readonly documentId: string }
  /** Reviewers, verdicts, the status or what of it is said: the review is to be read anew. */
  | { readonly type: 'review.changed'; readonly documentId: string }
  /** What waits on somebody changed. Said to that person alone. */
  | { readonly type: 'inbox.changed'; readonly personId: string }
  /** Roles changed. Without `personId`: everybody on the document is judged anew. */
  | { readonly type: 'access.changed'; readonly documentId: string; readonly personId?: string | undefined }
  /** A person's credential ended. Without `credentialId`: all of that person's. */
  | {
      readonly type: 'credential.ended'
      readonly personId: string
      readonly credentialId?: string | undefined
    }
  /** Commits of this document's text stand still, or run again. Said to sockets by their server alone. */
  | { readonly type: 'saving.changed'; readonly documentId: string; readonly paused: boolean }
  /** How a document's stored text fares. Said to sockets by their server alone, on coming in and when it changes. */
  | ({ readonly type: 'body.changed'; readonly documentId: string } & BodyCondition)

export interface BodyCondition {
  /** `full`: it takes no text any more, from anybody. */
  readonly size: BodySize
  /** From when it is full, in bytes as it is stored. */
  readonly limitBytes: number
  /** A stored copy of it was damaged; its text was put together from the log, and is whole. */
  readonly damaged: boolean
}

export const bodySizes = ['usual', 'large', 'full'] as const
export type BodySize = (typeof bodySizes)[number]
const isBodySize = (value: unknown): value is BodySize => bodySizes.includes(value as BodySize)

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value)

/** The event in a JSON text, or null when it is none that this version knows. */
export function parseLiveEvent(text: string): LiveEvent | null {
  try {
    return asEvent(JSON.parse(text))
  } catch {
    return null
  }
}

function asEvent(value: unknown): LiveEvent | null {
  if (typeof value !== 'object' || value === null) return null
  const { type, documentId, threadId, personId, credentialId, paused } = value as Record<string, unknown>
  switch (type) {
    case 'document.changed':
    case 'document.appended':
    case 'sections.changed':
    case 'version.changed':
    case 'review.changed':
      return isId(documentId) ? { type, documentId } : null
    case 'inbox.changed':
      return isId(personId) ? { type, personId } : null
    case 'thread.changed':
      if (!isId(documentId)) return null
      if (threadId === undefined) return { type, documentId }
      return isId(threadId) ? { type, documentId, threadId } : null
    case 'access.changed':
      if (!isId(documentId)) return null
      if (personId === undefined) return { type, documentId }
      return isId(personId) ? { type, documentId, personId } : null
    case 'credential.ended':
      if (!isId(personId)) return null
      if (credentialId === undefined) return { type, personId }
      return typeof credentialId === 'string' ? { type, personId, credentialId } : null
    case 'saving.changed':
      return isId(documentId) && typeof paused === 'boolean' ? { type, documentId, paused } : null
    case 'body.changed': {
      const { size, limitBytes, damaged } = value as Record<string, unknown>
      if (!isId(documentId) || !isBodySize(size) || typeof damaged !== 'boolean') return null
      return typeof limitBytes === 'number' ? { type, documentId, size, limitBytes, damaged } : null
    }
    default:
      return null
  }
}
