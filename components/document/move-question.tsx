import { useRef, useState } from 'react'
import { listed } from '../../lib/listed'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import type { MoveQuestion } from './use-section-moves'

/** Somebody else writes in the section that this person moves. */
export function MoveQuestionDialog({ question }: { readonly question: MoveQuestion | null }) {
  // What it says stays while it fades away.
  const [last, setLast] = useState(question)
  if (question && question !== last) setLast(question)
  const stay = useRef<HTMLButtonElement>(null)
  if (!last) return null
  return (
    <Dialog
      open={question !== null}
      onOpenChange={(open) => {
        if (!open) last.onLeave()
      }}
      width="s"
      initialFocus={stay}
      locked={last.isBusy}
      title={`${listed(last.names)} ${last.names.length === 1 ? 'is' : 'are'} writing in this section. Move it anyway?`}
      description="What they type goes along. The text as it is saved now is kept as a version."
      actions={
        <>
          <Button ref={stay} look="quiet" onClick={last.onLeave} disabled={last.isBusy}>
            Leave it
          </Button>
          <Button look="primary" busy={last.isBusy} onClick={last.onMove}>
            Move it
          </Button>
        </>
      }
    />
  )
}
