'use client'

import { type FormEvent, useState } from 'react'
import { normaliseReason, reasonMax } from '../../lib/section'
import { sentenceOf } from '../call-api'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'

export interface ReasonDialogProps {
  /** Which section does not apply; null: closed. */
  readonly section: { readonly id: string; readonly name: string } | null
  readonly onClose: () => void
  readonly onSay: (sectionId: string, reason: string) => Promise<void>
}

/** Asks why a section does not apply. */
export function ReasonDialog({ section, onClose, onSay }: ReasonDialogProps) {
  // The name stays on the window while it fades away.
  const [last, setLast] = useState(section)
  if (section && section !== last) setLast(section)
  return (
    <Dialog
      open={section !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Does not apply because…"
      width="s"
      {...(last ? { description: last.name } : {})}
    >
      {last && <ReasonForm key={last.id} onSay={(reason) => onSay(last.id, reason)} onClose={onClose} />}
    </Dialog>
  )
}

function ReasonForm(props: { onSay: (reason: string) => Promise<void>; onClose: () => void }) {
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const reason = normaliseReason(text)
    if (reason === null) {
      setWrong('Say why, in one sentence: readers see it where the text would be.')
      return
    }
    setBusy(true)
    try {
      await props.onSay(reason)
      props.onClose()
    } catch (error) {
      setWrong(sentenceOf(error))
    }
    setBusy(false)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="Reason"
        value={text}
        onChange={(event) => setText(event.target.value)}
        maxLength={reasonMax}
        autoComplete="off"
        hint="Readers see it where the text would be."
        error={wrong}
      />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={props.onClose}>
          Cancel
        </Button>
        <Button look="primary" type="submit" busy={busy}>
          Does not apply
        </Button>
      </div>
    </form>
  )
}
