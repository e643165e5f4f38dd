import type { RefusalCode } from '../../lib/sync/message'

/** An update message that is being presented, perhaps more than once. */
export interface Presented {
  readonly message: 'update' | 'step2'
  readonly update: Uint8Array
  /** When it came, by `Timers.elapsed`. */
  readonly since: number
  /** The log was read for it: what is foreign now was not in it. */
  logRead: boolean
}

/** What became of it. */
export type Receipt =
  /** Applied, passed on, and on its way to the log; `position` is where it stands there. */
  | { readonly kind: 'taken'; readonly position: number }
  /** Everything in it is here already, at `position` or before. */
  | { readonly kind: 'nothing_new'; readonly position: number }
  | { readonly kind: 'gap' }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly rule: string }
  /** Present it again then; nothing else of this connection may come before it. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  /** It cannot be decided now: the connection should come again later. */
  | { readonly kind: 'later' }
