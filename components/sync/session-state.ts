import type { RefusalCode } from '../../lib/sync/message'

/** Where a document's connection stands. Each state owns the fields that only it has. */
export type SessionState =
  /** The local store is being read; nothing is sent before that. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** Tries again by itself. */
  | { readonly kind: 'offline'; readonly sinceMs: number; readonly why: OfflineReason }
  /** The session has ended; typing goes on, nothing is sent until somebody signs in. */
  | { readonly kind: 'signed_out' }
  /** Somebody else is signed in now: nothing of the first person is shown or sent. */
  | { readonly kind: 'other_person'; readonly name: string }
  | { readonly kind: 'no_access' }
  | { readonly kind: 'gone' }
  /** The page is older (or newer) than the server: reload. */
  | { readonly kind: 'outdated' }
  /** Refused again and again: only a reload can help. */
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'closed' }

export type OfflineReason = 'network' | 'restarting' | 'unavailable' | 'overloaded' | 'slow_down'

export type CloseMeaning =
  | { readonly kind: 'retry'; readonly why: OfflineReason }
  | { readonly kind: 'access_changed' }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'no_access' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'outdated' }
  | { readonly kind: 'refused'; readonly code: RefusalCode }

/**
 * What a closed socket means. Null: the connection was lost without a word.
 * A refusal (`101`) that came before the close wins over the code: a proxy may swallow the latter.
 */
export function closeMeaning(code: number | null, refused: RefusalCode | null): CloseMeaning {
  if (refused !== null) return { kind: 'refused', code: refused }
  switch (code) {
    case 4205:
      return { kind: 'access_changed' }
    case 4401:
      return { kind: 'signed_out' }
    case 4403:
      return { kind: 'no_access' }
    case 4404:
      return { kind: 'gone' }
    case 4426:
      return { kind: 'outdated' }
    case 4400:
      return { kind: 'refused', code: 'invalid' }
    case 4413:
      return { kind: 'refused', code: 'too_large' }
    case 1012:
      return { kind: 'retry', why: 'restarting' }
    case 1013:
      return { kind: 'retry', why: 'unavailable' }
    case 4503:
      return { kind: 'retry', why: 'overloaded' }
    case 4529:
      return { kind: 'retry', why: 'slow_down' }
    default:
      return { kind: 'retry', why: 'network' }
  }
}

/** The first wait and the longest: a restarted server is back within a second or two. */
const firstWaitMs = 200
const longestWaitMs: Record<OfflineReason, number> = {
  network: 2_000,
  restarting: 1_000,
  unavailable: 2_000,
  overloaded: 10_000,
  slow_down: 5_000,
}

/**
 * How long to wait before the next attempt, in ms: doubled from 200 ms up to a low cap, give or take a
 * quarter, so that everybody does not come back in the same millisecond.
 *
 * @param attempt Attempts that failed since the last success, 0 for the first.
 * @param chance A number from 0 (included) to 1.
 */
export function waitBeforeRetryMs(why: OfflineReason, attempt: number, chance: number): number {
  const crowded = why === 'overloaded' || why === 'slow_down'
  const base = crowded ? 2_000 : firstWaitMs
  const wait = Math.min(base * 2 ** Math.min(attempt, 10), longestWaitMs[why])
  return Math.round(wait * (0.75 + chance / 2))
}

/** True while words typed here may still reach the server without a reload. */
export const mayStillSend = (state: SessionState): boolean =>
  state.kind === 'loading' ||
  state.kind === 'connecting' ||
  state.kind === 'live' ||
  state.kind === 'offline' ||
  state.kind === 'signed_out'

/** True while the text may be shown. Exhaustive: a new state must say so for itself. */
export function showsText(state: SessionState): boolean {
  switch (state.kind) {
    case 'loading':
    case 'connecting':
    case 'live':
    case 'offline':
    case 'signed_out':
    case 'outdated':
      return true
    case 'other_person':
    case 'no_access':
    case 'gone':
    case 'refused':
    case 'closed':
      return false
    default:
      return state satisfies never
  }
}
