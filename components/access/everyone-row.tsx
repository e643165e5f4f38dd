'use client'

import { Building2 } from 'lucide-react'
import { Select } from '../ui/select'
import { Spinner } from '../ui/spinner'
import { type EveryonesRole, givenRoles, roleWords } from './role-words'

export interface EveryoneRowProps {
  /** What everyone has; null: nothing. */
  role: EveryonesRole
  /** False: it is shown, and cannot be changed here. */
  canChange: boolean
  busy: boolean
  onRole: (role: EveryonesRole) => void
}

const choices = [
  { value: 'none', label: 'No access', note: 'Only the people named' },
  ...[...givenRoles].reverse().map((value) => ({
    value,
    label: roleWords[value].name,
    note: roleWords[value].meaning,
  })),
] as const

/** What all who are here may do with the document, beside the people named. */
export function EveryoneRow({ role, canChange, busy, onRole }: EveryoneRowProps) {
  const value = role ?? 'none'
  return (
    <div className="flex min-h-12 items-center gap-3 py-1" aria-busy={busy || undefined}>
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-items-center rounded-full bg-sunk text-ink-2"
      >
        <Building2 size={15} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block font-[550] text-s">Everyone in the workspace</span>
        <span className="block text-ink-3 text-xs">All but guests</span>
      </span>
      {busy && <Spinner className="text-ink-3" />}
      {canChange ? (
        <Select
          look="quiet"
          label="Role of everyone in the workspace"
          value={value}
          onChange={(next: (typeof choices)[number]['value']) =>
            next !== value && onRole(next === 'none' ? null : next)
          }
          options={choices}
        />
      ) : (
        <span className="pr-2 text-ink-2 text-s">{role ? roleWords[role].name : 'No access'}</span>
      )}
    </div>
  )
}
