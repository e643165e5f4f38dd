import { useEffect, useState } from 'react'
import type { Body } from '../sync/body'
import { type PresentPerson, presentPeople, samePeople } from './present-people'

const nobody: readonly PresentPerson[] = []

/** Who else has the document open. */
export function usePresence(body: Body | null, personId: string): readonly PresentPerson[] {
  const [people, setPeople] = useState(nobody)
  useEffect(() => {
    if (!body) return
    const { awareness, doc } = body
    const look = () => {
      const now = presentPeople(awareness.getStates(), { clientId: doc.clientID, personId })
      setPeople((before) => (samePeople(before, now) ? before : now))
    }
    look()
    awareness.on('change', look)
    return () => {
      awareness.off('change', look)
      setPeople(nobody)
    }
  }, [body, personId])
  return people
}
