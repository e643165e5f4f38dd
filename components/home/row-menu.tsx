'use client'

import { Pencil, Trash2, Users } from 'lucide-react'
import { useState } from 'react'
import { abilitiesOf } from '../../lib/access'
import type { DocumentAnswer } from '../../lib/api'
import { phaseOf } from '../../lib/document'
import { AnchoredMenu, MenuItem, MenuSeparator } from '../ui/menu'
import type { RowAction, RowTarget } from './row-target'

export interface RowMenuProps {
  /** Whose row was asked; null: closed. */
  target: RowTarget | null
  onAction: (action: RowAction, document: DocumentAnswer) => void
  onClose: (button: HTMLElement) => void
}

/** What may be done with a document without opening it; what this person may not do is not offered. */
export function RowMenu({ target, onAction, onClose }: RowMenuProps) {
  // The items stay while the menu fades away.
  const [last, setLast] = useState(target)
  if (target && target !== last) setLast(target)
  const document = (target ?? last)?.document
  if (!document) return null
  const may = abilitiesOf({
    role: document.role,
    scope: 'admin',
    phase: phaseOf({ status: document.status, binned: document.binnedAt !== null }),
  })
  return (
    <AnchoredMenu anchor={target?.button ?? null} onClose={onClose}>
      {may.has('edit_properties') && (
        <MenuItem icon={<Pencil size={15} />} onSelect={() => onAction('rename', document)}>
          Rename
        </MenuItem>
      )}
      <MenuItem icon={<Users size={15} />} onSelect={() => onAction('members', document)}>
        {may.has('share') ? 'People and roles' : 'Who has access'}
      </MenuItem>
      {may.has('delete') && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Trash2 size={15} />} danger onSelect={() => onAction('bin', document)}>
            Move to bin
          </MenuItem>
        </>
      )}
    </AnchoredMenu>
  )
}
