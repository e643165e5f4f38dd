import { X } from 'lucide-react'
import { useState } from 'react'
import type { ReviewerAnswer } from '../../lib/api-review'
import type { Person } from '../../lib/person'
import { PersonPicker } from '../access/person-picker'
import { Avatar } from '../ui/avatar'
import { IconButton } from '../ui/icon-button'
import { ActDialog } from './act-dialog'
import { ReasonField } from './reason-field'
import type { ReviewActions } from './use-review-actions'

export interface PartDialogProps {
  readonly act: 'release' | 'step_aside' | 'hand_over'
  readonly reviewer: ReviewerAnswer
  /** Who has a part already, by id: it cannot be handed to them. */
  readonly taken: ReadonlySet<string>
  readonly actions: ReviewActions
  readonly onClose: () => void
}

/** Ends somebody's part in a review: the owner's word, one's own, or by giving it to another. */
export function PartDialog({ act, reviewer, taken, actions, onClose }: PartDialogProps) {
  const { person } = reviewer
  const [reason, setReason] = useState('')
  const [to, setTo] = useState<Person | null>(null)
  const said = reason.trim()
  if (act === 'release') {
    return (
      <ActDialog
        title={`Release ${person.name}`}
        description="Nobody waits for them any more. What they said stays, and your reason stands in the record of the approval."
        action="Release"
        lacks={said ? null : 'Say why in a few words.'}
        onAct={() => actions.release(person.id, said)}
        onClose={onClose}
      >
        <ReasonField label="Why" value={reason} onChange={setReason} />
      </ActDialog>
    )
  }
  if (act === 'step_aside') {
    return (
      <ActDialog
        title="Step aside"
        description="Nobody waits for your verdict any more, and the authors are told. What you said stays."
        action="Step aside"
        lacks={null}
        onAct={() => actions.stepAside(person.id, said)}
        onClose={onClose}
      >
        <ReasonField label="Why (optional)" value={reason} onChange={setReason} />
      </ActDialog>
    )
  }
  return (
    <ActDialog
      title="Hand over"
      description="Somebody else reviews it in your place: with the same sections, and until the same day."
      action="Hand over"
      lacks={to ? null : 'Choose who takes your part.'}
      onAct={() => (to ? actions.handOver(person.id, to.id) : Promise.resolve())}
      onClose={onClose}
    >
      {to ? (
        <p className="flex items-center gap-2.5 text-s">
          <Avatar name={to.name} color={to.color} decorative />
          <span className="min-w-0 flex-1 truncate font-[550]">{to.name}</span>
          <IconButton label="Choose somebody else" size="s" onClick={() => setTo(null)}>
            <X size={15} aria-hidden="true" />
          </IconButton>
        </p>
      ) : (
        <PersonPicker taken={taken} onPick={setTo} />
      )}
    </ActDialog>
  )
}
