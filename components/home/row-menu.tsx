'use client'

import { Ellipsis, Pencil, Trash2, Users } from 'lucide-react'
import { abilitiesOf } from '../../lib/access'
import type { DocumentAnswer } from '../../lib/api'
import { phaseOf } from '../../lib/document'
import { IconButton } from '../ui/icon-button'
import { Menu, MenuItem, MenuSeparator } from '../ui/menu'
import { warm } from './lazy-dialogs'

export type RowAction = 'rename' | 'members' | 'bin'

export interface RowMenuProps {
  document: DocumentAnswer
  onAction: (action: RowAction, document: DocumentAnswer) => void
}

/** What may be done with a document without opening it; what this person may not do is not offered. */
export function RowMenu({ document, onAction }: RowMenuProps) {
  const may = abilitiesOf({
    role: document.role,
    scope: 'admin',
    phase: phaseOf({ status: document.status, binned: document.binnedAt !== null }),
  })
  return (
    <span className="relative z-10 justify-self-end">
      <Menu
        onOpenChange={(open) => open && warm('rename', 'members')}
        trigger={
          <IconButton label={`More about ${document.title}`} tooltip={false}>
            <Ellipsis size={17} />
          </IconButton>
        }
      >
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
      </Menu>
    </span>
  )
}
