'use client'

import { Ellipsis } from 'lucide-react'
import type { DocumentAnswer } from '../../lib/api'
import { iconButtonClass } from '../ui/icon-button-class'
import type { RowTarget } from './row-target'

export interface RowMenuButtonProps {
  document: DocumentAnswer
  open: boolean
  /** Null: the menu is to close. */
  onMenu: (target: RowTarget | null) => void
}

/** Asks for a row's menu: one menu serves all rows. */
export function RowMenuButton({ document, open, onMenu }: RowMenuButtonProps) {
  return (
    <button
      type="button"
      aria-label={`More about ${document.title}`}
      aria-haspopup="menu"
      aria-expanded={open}
      onClick={(event) => onMenu(open ? null : { document, button: event.currentTarget })}
      className={`relative z-10 justify-self-end ${iconButtonClass()}`}
    >
      <Ellipsis size={17} aria-hidden="true" />
    </button>
  )
}
