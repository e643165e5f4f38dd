'use client'

import { useState } from 'react'
import type { Person } from '../../lib/person'
import { PersonPicker } from '../access/person-picker'
import { sentenceOf } from '../call-api'
import { Avatar } from '../ui/avatar'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'

interface OwnedSection {
  readonly id: string
  readonly name: string
  readonly owner: Person | null
}

export interface OwnerDialogProps {
  /** Whose keeper is asked for; null: closed. */
  readonly section: OwnedSection | null
  readonly onClose: () => void
  readonly onSay: (sectionId: string, ownerId: string | null) => Promise<void>
}

/** Asks who looks after a section. */
export function OwnerDialog({ section, onClose, onSay }: OwnerDialogProps) {
  const [last, setLast] = useState(section)
  if (section && section !== last) setLast(section)
  const [wrong, setWrong] = useState<string | null>(null)
  const say = async (ownerId: string | null) => {
    if (!last) return
    setWrong(null)
    try {
      await onSay(last.id, ownerId)
      onClose()
    } catch (error) {
      setWrong(sentenceOf(error))
    }
  }
  return (
    <Dialog
      open={section !== null}
      onOpenChange={(open) => {
        if (open) return
        setWrong(null)
        onClose()
      }}
      title="Who looks after it"
      width="s"
      {...(last ? { description: last.name } : {})}
    >
      <div className="flex flex-col gap-3">
        {last?.owner && (
          <div className="flex items-center gap-2 text-s">
            <Avatar name={last.owner.name} color={last.owner.color} size="s" decorative />
            <span className="min-w-0 flex-1 truncate">{last.owner.name}</span>
            <Button look="quiet" size="s" onClick={() => void say(null)}>
              Nobody in particular
            </Button>
          </div>
        )}
        <PersonPicker
          taken={new Set(last?.owner ? [last.owner.id] : [])}
          onPick={(person) => void say(person.id)}
        />
        {wrong && (
          <p role="alert" className="text-blocking text-s">
            {wrong}
          </p>
        )}
      </div>
    </Dialog>
  )
}
