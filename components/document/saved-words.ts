import type { SavedState } from '../sync/saved-state'
import type { SessionState } from '../sync/session-state'

export interface SavedWords {
  /** In the bar. */
  readonly label: string
  /** In the bar where there is little room. */
  readonly short: string
  readonly tone: 'good' | 'busy' | 'warning' | 'quiet'
  /** Behind the click: what happened, what is safe. */
  readonly reason: string
  /** Trying again at once can help. */
  readonly canRetry: boolean
}

const changes = (count: number): string => (count === 1 ? '1 change' : `${count} changes`)

/** What the page says about where the words are, and why. */
export function savedWords(saved: SavedState, state: SessionState, mayComment = false): SavedWords {
  switch (saved.kind) {
    case 'read_only':
      if (mayComment) {
        return {
          label: 'Commenting',
          short: 'Commenting',
          tone: 'quiet',
          reason:
            'You may comment on this document, not change its text. Its owner can give you another role.',
          canRetry: false,
        }
      }
      return {
        label: 'Read-only',
        short: 'Read-only',
        tone: 'quiet',
        reason: 'You may read this document, not change it. Its owner can give you another role.',
        canRetry: false,
      }
    case 'connecting':
      return {
        label: 'Connecting…',
        short: 'Connecting…',
        tone: 'busy',
        reason: 'The page is asking the server what is new.',
        canRetry: false,
      }
    case 'saved':
      return {
        label: 'Saved',
        short: 'Saved',
        tone: 'good',
        reason: 'Everything that you wrote is stored on the server.',
        canRetry: false,
      }
    case 'saving':
      return {
        label: 'Saving…',
        short: 'Saving…',
        tone: 'busy',
        reason: 'Your last words are on their way to the server.',
        canRetry: false,
      }
    case 'paused':
      return {
        label: saved.kept ? 'Saving paused, your text is kept' : 'Saving paused',
        short: 'Saving paused',
        tone: 'warning',
        reason: `The server has not stored your last ${changes(saved.changes)} yet. It goes on trying by itself. ${where(saved.kept)}`,
        canRetry: false,
      }
    case 'offline': {
      const some = saved.changes > 0
      return {
        label: some
          ? saved.kept
            ? `Offline, ${changes(saved.changes)} kept on this device`
            : `Offline, ${changes(saved.changes)} not saved`
          : 'Offline',
        short: some ? `Offline, ${saved.changes}` : 'Offline',
        tone: 'warning',
        reason: `${why(state)} ${some ? where(saved.kept) : 'You can go on writing.'}`,
        canRetry: state.kind === 'offline',
      }
    }
  }
}

const where = (kept: boolean): string =>
  kept
    ? 'What you wrote is kept on this device, through a reload too, and is sent as soon as it can be.'
    : 'This browser keeps nothing for the page: leave it open until it says Saved.'

function why(state: SessionState): string {
  switch (state.kind) {
    case 'signed_out':
      return 'Your sign-in has ended; sign in again to send what you wrote.'
    case 'outdated':
      return 'Rationale has been updated; reload the page to go on.'
    case 'offline':
      return {
        network: 'The server cannot be reached just now; the page tries again by itself.',
        restarting: 'The server is restarting; the page comes back by itself.',
        unavailable: 'The server cannot reach its database just now; the page tries again by itself.',
        overloaded: 'Too many people are here at once; the page tries again by itself.',
        slow_down: 'That was too much at once; the page goes on in a moment.',
      }[state.why]
    default:
      return 'The page is connecting.'
  }
}
