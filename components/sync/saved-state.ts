import type { SessionState } from './session-state'

/** What the page says about where the words are. *Saved* means: committed by the server. */
export type SavedState =
  | { readonly kind: 'read_only' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  /** `kept`: false when this browser gave us no place to keep them. */
  | { readonly kind: 'offline'; readonly changes: number; readonly kept: boolean }
  | { readonly kind: 'paused'; readonly changes: number; readonly kept: boolean }

/** From when on an acknowledgement that does not come is said to be late. */
export const pausedAfterMs = 5_000

export const sameSaved = (a: SavedState, b: SavedState): boolean =>
  a.kind === b.kind && (!('changes' in a) || ('changes' in b && a.changes === b.changes && a.kept === b.kept))

export interface SavedInput {
  readonly state: SessionState
  readonly canWrite: boolean
  /** Changes not known to be committed. */
  readonly pending: number
  /** The server has answered for everything sent on this connection. */
  readonly settled: boolean
  readonly waitingSinceMs: number | null
  /** The server has said that it cannot store anything just now. */
  readonly stalled: boolean
  /** The local store works. */
  readonly kept: boolean
  readonly nowMs: number
}

export function savedState(input: SavedInput): SavedState {
  const { state, pending, kept, canWrite } = input
  if (!canWrite) return { kind: 'read_only' }
  if (state.kind === 'live') {
    const waited = input.waitingSinceMs === null ? 0 : input.nowMs - input.waitingSinceMs
    if (pending > 0) {
      const late = input.stalled || waited >= pausedAfterMs
      return late ? { kind: 'paused', changes: pending, kept } : { kind: 'saving' }
    }
    // Between opening and the first acknowledgement nothing is known yet.
    return input.settled ? { kind: 'saved' } : { kind: 'connecting' }
  }
  if (state.kind === 'loading' || state.kind === 'connecting') {
    return pending > 0 ? { kind: 'offline', changes: pending, kept } : { kind: 'connecting' }
  }
  return { kind: 'offline', changes: pending, kept }
}
