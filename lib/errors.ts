/**
 * The closed table of what can go wrong between a client and the server.
 *
 * Each code has an HTTP status, a websocket close code where sockets meet it, whether the same request may
 * succeed later without being changed, and one sentence for the person. Details for the operator go to the
 * log, never into the sentence. Close codes 4400-4499 are permanent: y-websocket 3 does not retry them.
 */
export interface ErrorEntry {
  /** HTTP status of an answer with this code. */
  readonly status: number
  /** Websocket close code, where a socket can end this way. */
  readonly close?: number
  /** True when the very same request may succeed later. */
  readonly retry: boolean
  /** Shown to people: what happened, and what to do. */
  readonly sentence: string
}

const table = {
  invalid: {
    status: 400,
    close: 4400,
    retry: false,
    sentence: 'Something in this request is not as it should be. Correct it and try again.',
  },
  unauthenticated: {
    status: 401,
    close: 4401,
    retry: false,
    sentence: 'Your sign-in has ended. Sign in again to go on.',
  },
  forbidden: {
    status: 403,
    close: 4403,
    retry: false,
    sentence: 'You may not do this. Ask the owner of the document for access.',
  },
  bad_origin: {
    status: 403,
    retry: false,
    sentence: 'This request came from another site and was refused.',
  },
  not_found: {
    status: 404,
    close: 4404,
    retry: false,
    sentence: 'There is nothing here, or it is not shared with you. Ask its owner to add you.',
  },
  method_not_allowed: { status: 405, retry: false, sentence: 'This address does not answer that method.' },
  conflict: {
    status: 409,
    retry: false,
    sentence: 'Somebody changed this at the same moment. Look at it again, then decide.',
  },
  transition: {
    status: 409,
    retry: false,
    sentence: 'A document does not move from this status to that one. Look at its status again.',
  },
  not_approvable: {
    status: 409,
    retry: false,
    sentence: 'Something is missing before this document can be approved. The review bar says what.',
  },
  replayed: {
    status: 409,
    retry: false,
    sentence: 'This verdict was given already. Start a new review to give another.',
  },
  suggestion_stale: {
    status: 409,
    retry: false,
    sentence: 'The text that this suggestion changes is another one now. Suggest it anew.',
  },
  not_asked: {
    status: 403,
    retry: false,
    sentence: 'You were not asked to review this document. An editor can ask you.',
  },
  own_document: {
    status: 403,
    retry: false,
    sentence: 'Its authors do not approve a document here. Ask somebody else.',
  },
  not_resolver: {
    status: 403,
    retry: false,
    sentence: 'You may not resolve this thread. Its author can, or an editor.',
  },
  foreign_anchor: {
    status: 400,
    retry: false,
    sentence: 'This names a place in another document, or text that has not been saved yet.',
  },
  stale: {
    status: 412,
    retry: false,
    sentence: 'The document has changed since you read it. Read it again and repeat your change.',
  },
  too_large: {
    status: 413,
    close: 4413,
    retry: false,
    sentence: 'This is larger than Rationale accepts. Split it into smaller parts.',
  },
  unsupported_media: {
    status: 415,
    retry: false,
    sentence: 'This kind of file cannot be read here. Import a Markdown file (.md).',
  },
  wrong_host: {
    status: 421,
    retry: false,
    sentence: 'This server does not answer to that host name. Its operator can set PUBLIC_URL.',
  },
  schema: {
    status: 422,
    retry: false,
    sentence: 'This content has parts that a document cannot hold.',
  },
  rate_limited: {
    status: 429,
    close: 4529,
    retry: true,
    sentence: 'That was too much at once. Wait a moment, then try again.',
  },
  internal: {
    status: 500,
    retry: true,
    sentence: 'Something failed on the server. Nothing was changed; try again.',
  },
  unavailable: {
    status: 503,
    close: 1013,
    retry: true,
    sentence: 'The server cannot reach its database just now. What you typed is kept; it will try again.',
  },
  overloaded: {
    status: 503,
    close: 4503,
    retry: true,
    sentence: 'Too many people are here at once. Try again in a minute.',
  },
  restarting: {
    status: 503,
    close: 1012,
    retry: true,
    sentence: 'The server is restarting. What you typed is kept on this device.',
  },
  timeout: {
    status: 408,
    close: 4508,
    retry: true,
    sentence: 'This took too long and was stopped. Nothing was changed; try again.',
  },
  access_changed: {
    status: 403,
    close: 4205,
    retry: true,
    sentence: 'Your access to this document has changed.',
  },
  outdated: {
    status: 426,
    close: 4426,
    retry: false,
    sentence: 'Rationale has been updated. Reload the page to go on; what you typed is kept.',
  },
  read_only: {
    status: 403,
    close: 4400,
    retry: false,
    sentence: 'You may read this document, not change it. Your change was not taken.',
  },
  not_yours: {
    status: 403,
    close: 4400,
    retry: false,
    sentence: "A change was sent under somebody else's name and was refused.",
  },
  bad_frame: {
    status: 400,
    close: 1007,
    retry: false,
    sentence: 'The connection carried something that is no message of ours and was closed.',
  },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof table

/** The entry of a code. */
export const errorEntry = (code: ErrorCode): ErrorEntry => table[code]

export const errorCodes = Object.keys(table) as ErrorCode[]

/** The body of every failed answer over HTTP. */
export interface ErrorBody {
  readonly error: { readonly code: ErrorCode; readonly message: string; readonly requestId: string }
}

/**
 * A failure with a public face. `message` is the sentence for the person (the table's unless a more exact
 * one is given); `detail` is for the operator's log alone and must hold neither content nor secrets.
 */
export class PublicError extends Error {
  override readonly name = 'PublicError'
  readonly code: ErrorCode
  readonly detail: string | undefined

  constructor(code: ErrorCode, options: { sentence?: string; detail?: string; cause?: unknown } = {}) {
    super(options.sentence ?? table[code].sentence, { cause: options.cause })
    this.code = code
    this.detail = options.detail
  }
}
