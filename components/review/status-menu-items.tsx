import {
  Archive,
  CheckCheck,
  CircleCheckBig,
  FileOutput,
  History,
  Hourglass,
  RotateCcw,
  Undo2,
  Users,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { Status } from '../../lib/document'
import type { MenuParts } from '../shell/menu-button'
import { AnchoredMenu, MenuItem, MenuSeparator } from '../ui/menu'
import type { ReviewDesk } from './review-desk'

export interface StatusItems {
  readonly status: Status
  readonly desk: ReviewDesk
  /** This person may move it. */
  readonly mayMove: boolean
  /** Whether a final comment period runs; null: this is no time for one. */
  readonly finalPeriod: boolean | null
  readonly onEndFinalPeriod: () => void
  /** Where it can go from here, for this person. */
  readonly arrows: readonly Status[]
  /** It has been moved before. */
  readonly hasLog: boolean
}

export function StatusMenuItems(props: StatusItems & MenuParts) {
  const { status, desk, mayMove, finalPeriod, onEndFinalPeriod, arrows, hasLog, anchor, onClose } = props
  return (
    <AnchoredMenu anchor={anchor} onClose={onClose} align="start">
      {arrows.map((to) => {
        const { words, icon } = arrowOf(status, to)
        return (
          <MenuItem
            key={to}
            icon={icon}
            onSelect={() =>
              desk.open(status === 'draft' && to === 'in_review' ? { kind: 'request' } : { kind: 'move', to })
            }
          >
            {words}
          </MenuItem>
        )
      })}
      {mayMove && finalPeriod !== null && (
        <MenuItem
          icon={<Hourglass size={15} />}
          onSelect={finalPeriod ? onEndFinalPeriod : () => desk.open({ kind: 'final_period' })}
        >
          {finalPeriod ? 'Call off the final comment period' : 'Final comment period…'}
        </MenuItem>
      )}
      {arrows.length > 0 && hasLog && <MenuSeparator />}
      {hasLog && (
        <MenuItem icon={<History size={15} />} onSelect={() => desk.open({ kind: 'log' })}>
          How it got here
        </MenuItem>
      )}
    </AnchoredMenu>
  )
}

function arrowOf(from: Status, to: Status): { words: string; icon: ReactNode } {
  switch (to) {
    case 'draft':
      return { words: 'Back to draft…', icon: <Undo2 size={15} /> }
    case 'in_review':
      return from === 'draft'
        ? { words: 'Request review…', icon: <Users size={15} /> }
        : { words: 'Re-open…', icon: <RotateCcw size={15} /> }
    case 'approved':
      return { words: 'Approve…', icon: <CircleCheckBig size={15} /> }
    case 'implemented':
      return { words: 'Mark as implemented…', icon: <CheckCheck size={15} /> }
    case 'superseded':
      return { words: 'Superseded by…', icon: <FileOutput size={15} /> }
    case 'abandoned':
      return { words: 'Abandon…', icon: <Archive size={15} /> }
  }
}
