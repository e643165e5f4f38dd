import type { ErrorCode } from '../../lib/errors'
import type { Delivery } from './delivery'
import type { PresenceMember } from './presence'

/** What a room needs of a connection. */
export interface Member extends PresenceMember {
  /** The fence under which what it writes is accepted. */
  readonly writeEpoch: bigint
  readonly hearsLive: boolean
  readonly delivery: Delivery<Member>
  /** Everything up to this position is committed. */
  committed(position: number): void
  /** Ends the connection. */
  end(code: ErrorCode): void
}
