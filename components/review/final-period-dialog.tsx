import { useState } from 'react'
import { Field } from '../ui/field'
import { ActDialog } from './act-dialog'
import { calendarDay, endOfDay } from './due-words'
import type { ReviewActions } from './use-review-actions'

export interface FinalPeriodDialogProps {
  readonly actions: ReviewActions
  readonly onClose: () => void
}

const usualDays = 7
const dayMs = 86_400_000

/** Announces the last days for comments, after which the document is approved unless something blocks. */
export function FinalPeriodDialog({ actions, onClose }: FinalPeriodDialogProps) {
  const [day, setDay] = useState(() => calendarDay(new Date(Date.now() + usualDays * dayMs)))
  const end = endOfDay(day)
  return (
    <ActDialog
      title="Final comment period"
      description="Announced to everybody who watches this document. When it ends and nothing is missing, it is approved."
      action="Announce"
      lacks={end ? null : 'Choose the last day.'}
      onAct={() => (end ? actions.announce(end.toISOString()) : Promise.resolve())}
      onClose={onClose}
    >
      <div className="w-48">
        <Field
          label="Last day"
          type="date"
          min={calendarDay(new Date())}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </div>
    </ActDialog>
  )
}
