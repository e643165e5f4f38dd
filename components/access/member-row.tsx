'use client'

import { X } from 'lucide-react'
import type { Role } from '../../lib/access'
import { Avatar } from '../ui/avatar'
import { IconButton } from '../ui/icon-button'
import { Select } from '../ui/select'
import { roleWords } from './role-words'
import type { NamedMember } from './use-members'

export interface MemberRowProps {
  member: NamedMember
  isMe: boolean
  /** Roles that may be given; null: this person's role is shown and cannot be changed here. */
  choices: readonly Role[] | null
  busy: boolean
  onRole: (role: Role) => void
  onRemove: () => void
}

/** Somebody with a role on the document. */
export function MemberRow({ member, isMe, choices, busy, onRole, onRemove }: MemberRowProps) {
  const { person, role } = member
  return (
    <li className="flex min-h-12 items-center gap-3 py-1" aria-busy={busy || undefined}>
      <Avatar name={person.name} color={person.color} decorative />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-[550] text-s">
          {person.name}
          {isMe && <span className="font-normal text-ink-3"> (you)</span>}
        </span>
        {person.email && <span className="block truncate text-ink-3 text-xs">{person.email}</span>}
      </span>
      {choices ? (
        <>
          <Select
            look="quiet"
            label={`Role of ${person.name}`}
            value={role}
            onChange={(next: Role) => next !== role && onRole(next)}
            options={choices.map((value) => ({
              value,
              label: roleWords[value].name,
              note: roleWords[value].meaning,
            }))}
          />
          <IconButton label={`Remove ${person.name}`} size="s" busy={busy} onClick={onRemove}>
            <X size={15} />
          </IconButton>
        </>
      ) : (
        <span className="pr-2 text-ink-2 text-s">{roleWords[role].name}</span>
      )}
    </li>
  )
}
