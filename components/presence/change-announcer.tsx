'use client'

import { useEffect, useRef, useState } from 'react'
import type * as Y from 'yjs'
import type { Body } from '../sync/body'
import { ChangeNews } from './change-news'
import { type PresentPerson, presentPeople } from './present-people'

export interface ChangeAnnouncerProps {
  readonly body: Body
  readonly personId: string
  /** Where this person is; null: not known. */
  readonly section: string | null
  readonly sectionName: (id: string) => string | null
}

/** Says aloud, politely and seldom, that others write in the section that this person is in. */
export function ChangeAnnouncer({ body, personId, section, sectionName }: ChangeAnnouncerProps) {
  const [text, setText] = useState('')
  const now = useRef({ section, sectionName })
  now.current = { section, sectionName }
  useEffect(() => {
    const { doc, awareness } = body
    const news = new ChangeNews({ now: () => performance.now() })
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(timer)
      const said = news.say(now.current.sectionName)
      if (said !== null) setText(said)
      const dueInMs = news.dueInMs
      if (dueInMs !== null) timer = setTimeout(look, dueInMs)
    }
    const onChange = ({ beforeState, afterState }: Y.Transaction) => {
      const here = now.current.section
      if (here === null) return
      const wrote = new Set<number>()
      for (const [client, clock] of afterState) {
        if (client !== doc.clientID && beforeState.get(client) !== clock) wrote.add(client)
      }
      if (wrote.size === 0) return
      for (const person of writersAmong(awareness.getStates(), wrote, { clientId: doc.clientID, personId })) {
        if (person.sectionId === here) news.wrote(person.name, here)
      }
      look()
    }
    const onType = () => news.typed()
    doc.on('afterTransaction', onChange)
    window.addEventListener('beforeinput', onType, { capture: true })
    return () => {
      clearTimeout(timer)
      doc.off('afterTransaction', onChange)
      window.removeEventListener('beforeinput', onType, { capture: true })
    }
  }, [body, personId])
  return (
    <div role="status" aria-live="polite" className="sr-only" data-change-news>
      {text}
    </div>
  )
}

function writersAmong(
  states: ReadonlyMap<number, unknown>,
  clients: ReadonlySet<number>,
  self: { readonly clientId: number; readonly personId: string },
): PresentPerson[] {
  return presentPeople(new Map([...states].filter(([client]) => clients.has(client))), self)
}
