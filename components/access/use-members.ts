'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '../../lib/access'
import type { MemberAnswer, Person } from '../../lib/api'
import { callApi, sentenceOf } from '../call-api'

type Members = { items: MemberAnswer[]; nextCursor: null }

/** The people of a document and what may be done with them; the server judges each change anew. */
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
    queryFn: ({ signal }) => callApi('listMembers', { params: { id: documentId }, signal }),
  })
  const [busyId, setBusyId] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)

  const change = async (personId: string, run: () => Promise<void>) => {
    setBusyId(personId)
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
  const put = (personId: string, role: Role) =>
    change(personId, async () => {
      const changed = await callApi('putMember', {
        params: { id: documentId, userOrGroup: personId },
        body: { role },
      })
      client.setQueryData<Members>(key, (present) => present && withMember(present, changed))
    })

  return {
    me: me.data,
    list: members.data?.items ?? [],
    query: members,
    busyId,
    wrong,
    add: (person: Person, role: Role) => put(person.id, role),
    setRole: (person: Person, role: Role) => put(person.id, role),
    remove: (person: Person) =>
      change(person.id, () =>
        callApi('deleteMember', { params: { id: documentId, userOrGroup: person.id } }),
      ),
  }
}

function withMember(members: Members, changed: MemberAnswer): Members {
  const there = members.items.some((member) => member.person.id === changed.person.id)
  return {
    ...members,
    items: there
      ? members.items.map((member) => (member.person.id === changed.person.id ? changed : member))
      : [...members.items, changed],
  }
}
