'use client'

import { useState } from 'react'
import { abilitiesOf, type Role } from '../../lib/access'
import { FetchError } from '../shell/fetch-error'
import { Banner } from '../ui/banner'
import { Dialog } from '../ui/dialog'
import { Select } from '../ui/select'
import { Skeleton } from '../ui/skeleton'
import { MemberRow } from './member-row'
import { PersonPicker } from './person-picker'
import { roleWords } from './role-words'
import { useMembers } from './use-members'

export interface MembersDialogProps {
  documentId: string
  open: boolean
  onOpenChange: (open: boolean) => void
}

const given = ['editor', 'viewer'] as const satisfies readonly Role[]

/** Who may read and write a document; its owner adds people by name, changes roles, takes them away. */
export function MembersDialog({ documentId, open, onOpenChange }: MembersDialogProps) {
  const { me, list, query, busyId, wrong, add, setRole, remove } = useMembers(documentId, open)
  const [role, setNewRole] = useState<Role>('editor')
  const mine = list.find((member) => member.person.id === me?.id)?.role ?? null
  const mayShare = abilitiesOf({ role: mine, scope: 'admin', phase: 'open' }).has('share')
  const owners = list.filter((member) => member.role === 'owner').length

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={mayShare ? 'People and roles' : 'Who has access'}
      description={
        mayShare
          ? 'Only the people listed here can open this document.'
          : 'Its owner adds people and changes roles.'
      }
    >
      <div className="flex flex-col gap-3">
        {mayShare && (
          <div className="flex items-start gap-2">
            <PersonPicker
              taken={new Set(list.map((member) => member.person.id))}
              disabled={busyId !== null}
              onPick={(person) => void add(person, role)}
            />
            <div className="w-28 shrink-0">
              <Select
                label="Role of whom you add"
                value={role}
                onChange={setNewRole}
                options={given.map((value) => ({
                  value,
                  label: roleWords[value].name,
                  note: roleWords[value].meaning,
                }))}
              />
            </div>
          </div>
        )}
        {wrong && <Banner kind="error">{wrong}</Banner>}
        {query.isError && (
          <FetchError error={query.error} what="The list of people" onRetry={() => void query.refetch()} />
        )}
        {query.isPending ? (
          <PeopleSkeleton />
        ) : (
          <ul aria-label="People" className="flex flex-col">
            {list.map((member) => (
              <MemberRow
                key={member.person.id}
                member={member}
                isMe={member.person.id === me?.id}
                choices={
                  mayShare && !(member.role === 'owner' && owners === 1) ? choicesFor(member.role) : null
                }
                busy={busyId === member.person.id}
                onRole={(next) => void setRole(member.person, next)}
                onRemove={() => void remove(member.person)}
              />
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  )
}

/** What can be chosen, and what the person has, even where it is no longer offered. */
const choicesFor = (present: Role): Role[] => [
  ...(given as readonly Role[]),
  ...((given as readonly Role[]).includes(present) ? [] : [present]),
]

function PeopleSkeleton() {
  return (
    <div role="status" aria-label="The people are loading" className="flex flex-col">
      {['w-32', 'w-40'].map((width) => (
        <div key={width} className="flex min-h-12 items-center gap-3">
          <Skeleton className="size-7 rounded-full" />
          <Skeleton className={`h-4 ${width}`} />
        </div>
      ))}
    </div>
  )
}
