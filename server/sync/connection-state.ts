import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Exchange } from './exchange'
import type { Room } from './room'

/** Where a connection stands. What a state does not need, it does not have. */
export type ConnectionState =
  /** Being judged, or waiting for its document; what it sends waits with it. */
  | {
      readonly kind: 'waiting'
      readonly frames: Uint8Array[]
      readonly stopDeadline: () => void
      /** Known as soon as it is judged. */
      principal: Principal | null
      /** It has sent a bad frame, which counts once it is known whose. */
      isBad: boolean
      /** Something about who may be here has changed since it was judged. */
      isStale: boolean
    }
  | {
      readonly kind: 'live'
      readonly room: Room
      readonly exchange: Exchange
      readonly principal: Principal
      access: Access
      /** When its credential ends, in ms since the epoch; null: never. */
      expiresAt: number | null
      /** When it was judged last, or is to be counted as judged, by `Timers.elapsed`. */
      judgedAt: number
      judging: 'no' | 'yes' | 'yes, and once more'
    }
  | { readonly kind: 'ended' }

export type LiveState = Extract<ConnectionState, { kind: 'live' }>
