import {
  Archive,
  CheckCheck,
  ChevronDown,
  CircleCheckBig,
  FileOutput,
  History,
  Hourglass,
  RotateCcw,
  Undo2,
  Users,
} from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { type Status, statusNames, transitions } from '../../lib/document'
import { toneOf } from '../home/document-words'
import { Menu, MenuItem, MenuSeparator } from '../ui/menu'
import { StatusPill } from '../ui/status-pill'
import type { ReviewDesk } from './review-desk'

export interface StatusMenuProps {
  readonly status: Status
  readonly desk: ReviewDesk
  /** This person may move it. */
  readonly mayMove: boolean
  /** Whether a final comment period runs; null: this is no time for one. */
  readonly finalPeriod: boolean | null
  readonly onEndFinalPeriod: () => void
}

/** The state of the document, with how it got there and, for whoever may move it, where it can go from here. */
export function StatusMenu({ status, desk, mayMove, finalPeriod, onEndFinalPeriod }: StatusMenuProps) {
  const id = useId()
  const pill = <StatusPill tone={toneOf[status]}>{statusNames[status]}</StatusPill>
  const arrows = mayMove ? transitions[status] : []
  // A draft may be one that was never moved.
  const hasLog = status !== 'draft'
  if (arrows.length === 0 && !hasLog) return pill
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={`Status: ${statusNames[status]}`}
          aria-describedby={id}
          className="group/status -my-1 inline-flex items-center rounded-full py-1 pointer-coarse:min-h-10"
        >
          {pill}
          <ChevronDown
            size={14}
            aria-hidden="true"
            className="ml-0.5 text-ink-3 transition-colors group-hover/status:text-ink"
          />
          <span id={id} className="sr-only">
            Opens where it can go from here, and how it got here.
          </span>
        </button>
      }
    >
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
    </Menu>
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
