'use client'

import { useEffect, useRef, useState } from 'react'
import { abilitiesOf, type Role } from '../../lib/access'
import { FetchError } from '../shell/fetch-error'
import { Banner } from '../ui/banner'
import { Dialog } from '../ui/dialog'
import { Select } from '../ui/select'
import { Skeleton } from '../ui/skeleton'
import { CopyLink } from './copy-link'
import { EveryoneRow } from './everyone-row'
import { MemberRow } from './member-row'
import { PersonPicker } from './person-picker'
import { givenRoles, roleWords, whoMayOpen } from './role-words'
import { everyone, useMembers } from './use-members'

export interface MembersDialogProps {
  documentId: string
  open: boolean
  onOpenChange: (open: boolean) => void
}

/**
 * Who may read, comment on and write a document; its owner adds people by name, changes roles, takes them
 * away, and says what everyone in the workspace may do.
 */
export function MembersDialog({ documentId, open, onOpenChange }: MembersDialogProps) {
  const members = useMembers(documentId, open)
  const { me, named, everyonesRole, query, busyId, wrong, put, remove, setEveryone } = members
  const [role, setNewRole] = useState<Role>('editor')
  const mine = named.find((member) => member.person.id === me?.id)?.role ?? null
  const mayShare = abilitiesOf({ role: mine, scope: 'admin', phase: 'open' }).has('share')
  const settled = query.data !== undefined && me !== undefined
  const owners = named.filter((member) => member.role === 'owner').length
  const picker = useRef<HTMLInputElement>(null)
  // The window opens before it is known who may share; on a phone the focus would call the keyboard up.
  useEffect(() => {
    if (open && mayShare && matchMedia('(pointer: fine)').matches) picker.current?.focus()
  }, [open, mayShare])

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={settled && !mayShare ? 'Who has access' : 'People and roles'}
      description={
        <span aria-live="polite">
          {query.data ? whoMayOpen(everyonesRole) : 'Who can open this document.'}
          {settled && !mayShare && ' Its owner adds people and changes roles.'}
        </span>
      }
      actions={<CopyLink documentId={documentId} />}
    >
      <div className="flex flex-col gap-3">
        {query.isPending && <Skeleton className="h-9" />}
        {mayShare && (
          <div className="flex items-start gap-2">
            <PersonPicker
              taken={new Set(named.map((member) => member.person.id))}
              input={picker}
              onPick={(person) => void put(person, role)}
            />
            <div className="w-36 shrink-0">
              <Select
                label="Role of whom you add"
                value={role}
                onChange={setNewRole}
                options={givenRoles.map((value) => ({
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
        {query.isPending && <PeopleSkeleton />}
        {query.data && (
          <div className="flex flex-col">
            <ul aria-label="People" className="flex flex-col">
              {named.map((member) => (
                <MemberRow
                  key={member.person.id}
                  member={member}
                  isMe={member.person.id === me?.id}
                  choices={
                    mayShare && !(member.role === 'owner' && owners === 1) ? choicesFor(member.role) : null
                  }
                  busy={busyId === member.person.id}
                  onRole={(next) => void put(member.person, next)}
                  onRemove={() => void remove(member.person)}
                />
              ))}
            </ul>
            {(mayShare || everyonesRole) && (
              <div className="mt-2 border-line-soft border-t pt-2">
                <EveryoneRow
                  role={everyonesRole}
                  canChange={mayShare}
                  busy={busyId === everyone}
                  onRole={(next) => void setEveryone(next)}
                />
              </div>
            )}
          </div>
        )}
      </div>
    </Dialog>
  )
}

/** What can be chosen, and what the person has, even where it is not offered. */
const choicesFor = (present: Role): Role[] =>
  (givenRoles as readonly Role[]).includes(present) ? [...givenRoles] : [...givenRoles, present]

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
