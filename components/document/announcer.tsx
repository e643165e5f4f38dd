import { useEffect, useRef, useState } from 'react'
import { listed } from '../../lib/listed'
import type { PresentPerson } from '../presence/present-people'
import type { DocumentSession } from '../sync/document-session'
import { useSaved } from './use-session'

/** A connection that comes back within this time was never worth a word. */
const settleMs = 2_000
/** Names are said at most this often. */
const joinEveryMs = 5_000

interface AnnouncerProps {
  readonly session: DocumentSession | null
  readonly canWrite: boolean
  readonly people: readonly PresentPerson[]
}

/** Says aloud, politely and seldom: that saving has stopped or goes on, and who has come. */
export function Announcer({ session, canWrite, people }: AnnouncerProps) {
  const saved = useSaved(session, canWrite)
  const [text, setText] = useState('')
  const trouble = saved.kind === 'offline' || saved.kind === 'paused'
  const told = useRef(false)
  useEffect(() => {
    if (trouble === told.current) return
    const timer = setTimeout(() => {
      told.current = trouble
      setText(trouble ? 'Saving has stopped. What you write is kept.' : 'Saving goes on.')
    }, settleMs)
    return () => clearTimeout(timer)
  }, [trouble])

  const known = useRef<ReadonlySet<string> | null>(null)
  const lastJoinMs = useRef(0)
  useEffect(() => {
    const before = known.current
    known.current = new Set(people.map((person) => person.personId))
    const joined = before === null ? [] : people.filter((person) => !before.has(person.personId))
    if (joined.length === 0 || Date.now() - lastJoinMs.current < joinEveryMs) return
    lastJoinMs.current = Date.now()
    setText(`${listed(joined.map((person) => person.name))} ${joined.length === 1 ? 'is' : 'are'} here.`)
  }, [people])

  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  )
}
