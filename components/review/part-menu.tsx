import type { MenuParts } from '../shell/menu-button'
import { AnchoredMenu, MenuItem } from '../ui/menu'

export type PartAct = 'release' | 'step_aside' | 'hand_over'

export interface PartMenuProps extends MenuParts {
  /** It is the part of whoever looks, and still to be played. */
  readonly isMe: boolean
  /** This person may release them. */
  readonly releasable: boolean
  readonly onAct: (act: PartAct) => void
}

/** What can be done about somebody's part in a review. */
export function PartMenu({ isMe, releasable, onAct, ...parts }: PartMenuProps) {
  return (
    <AnchoredMenu {...parts}>
      {isMe && <MenuItem onSelect={() => onAct('hand_over')}>Hand over…</MenuItem>}
      {isMe && <MenuItem onSelect={() => onAct('step_aside')}>Step aside…</MenuItem>}
      {releasable && <MenuItem onSelect={() => onAct('release')}>Release…</MenuItem>}
    </AnchoredMenu>
  )
}
