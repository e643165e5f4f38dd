'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Role } from '../../lib/access'
import type { MemberAnswer } from '../../lib/api'
import type { Person } from '../../lib/person'
import { callApi, sentenceOf } from '../call-api'
import { readAll } from '../read-all'
import { type EveryonesRole, givenRoles } from './role-words'

/** Somebody who was given a role by name. */
export type NamedMember = MemberAnswer & { person: Person }

/** Stands in the place of a person's id. */
export const everyone = 'everyone'

const isNamed = (member: MemberAnswer): member is NamedMember => member.person !== null

/** Whose role it is: a person's id, or `everyone`. */
const whose = ({ person }: MemberAnswer): string => person?.id ?? everyone

/** Who may use a document, and what may be done about it; the server judges each change anew. */
export function useMembers(documentId: string, open: boolean) {
  const client = useQueryClient()
  const key = ['members', documentId]
  const me = useQuery({
    queryKey: ['me'],
    enabled: open,
    queryFn: ({ signal }) => callApi('getMe', { signal }),
  })
  const members = useQuery({
    queryKey: key,
    enabled: open,
    // Somebody else may be changing them: what is shown when the window opens is what there is.
    staleTime: 0,
    queryFn: ({ signal }) =>
      readAll((query) => callApi('listMembers', { params: { id: documentId }, query, signal })),
  })
  const [busyId, setBusyId] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)

  const last = useRef(Promise.resolve())
  // One after the other: nothing has to be switched off meanwhile, which would take the focus away.
  const change = (userOrGroup: string, run: () => Promise<void>): Promise<void> => {
    last.current = last.current.then(() => changeNow(userOrGroup, run))
    return last.current
  }
  const changeNow = async (userOrGroup: string, run: () => Promise<void>) => {
    setBusyId(userOrGroup)
    setWrong(null)
    try {
      await run()
    } catch (error) {
      setWrong(sentenceOf(error))
    }
    await client.invalidateQueries({ queryKey: key })
    await client.invalidateQueries({ queryKey: ['documents'] })
    setBusyId(null)
  }
  const put = (userOrGroup: string, role: Role) =>
    change(userOrGroup, async () => {
      const changed = await callApi('putMember', {
        params: { id: documentId, userOrGroup },
        body: { role },
      })
      client.setQueryData<MemberAnswer[]>(key, (present) => present && withMember(present, changed))
    })
  const remove = (userOrGroup: string) =>
    change(userOrGroup, () => callApi('deleteMember', { params: { id: documentId, userOrGroup } }))

  const all = members.data ?? []
  const everyones = all.find((member) => member.group === everyone)?.role
  return {
    me: me.data,
    named: all.filter(isNamed),
    everyonesRole: givenRoles.find((role) => role === everyones) ?? null,
    query: members,
    busyId,
    wrong,
    put: (person: Person, role: Role) => put(person.id, role),
    remove: (person: Person) => remove(person.id),
    setEveryone: (role: EveryonesRole) => (role ? put(everyone, role) : remove(everyone)),
  }
}

function withMember(members: MemberAnswer[], changed: MemberAnswer): MemberAnswer[] {
  const id = whose(changed)
  const there = members.some((member) => whose(member) === id)
  return there ? members.map((member) => (whose(member) === id ? changed : member)) : [...members, changed]
}
