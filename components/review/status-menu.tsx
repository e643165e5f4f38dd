import { ChevronDown } from 'lucide-react'
import { useId } from 'react'
import { statusNames, transitions } from '../../lib/document'
import { toneOf } from '../home/document-words'
import { MenuButton } from '../shell/menu-button'
import { StatusPill } from '../ui/status-pill'
import type { StatusItems } from './status-menu-items'

const load = () => import('./status-menu-items').then((part) => part.StatusMenuItems)

/** The state of the document, with how it got there and, for whoever may move it, where it can go from here. */
export function StatusMenu(props: Omit<StatusItems, 'arrows' | 'hasLog'>) {
  const { status, mayMove } = props
  const id = useId()
  const pill = <StatusPill tone={toneOf[status]}>{statusNames[status]}</StatusPill>
  const arrows = mayMove ? transitions[status] : []
  // A draft may be one that was never moved.
  const hasLog = status !== 'draft'
  if (arrows.length === 0 && !hasLog) return pill
  return (
    <MenuButton load={load} items={{ ...props, arrows, hasLog }}>
      {(parts) => (
        <button
          type="button"
          {...parts}
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
      )}
    </MenuButton>
  )
}
