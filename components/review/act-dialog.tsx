import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { sentenceOf } from '../call-api'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'

export interface ActDialogProps {
  readonly title: string
  readonly description?: ReactNode
  /** What the button says. */
  readonly action: string
  /** It takes something away. */
  readonly danger?: boolean
  /** Why it cannot be sent yet; null: it can. */
  readonly lacks: string | null
  readonly onAct: () => Promise<void>
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** A window for one act: what is asked for it, and why it failed if it did. */
export function ActDialog(props: ActDialogProps) {
  const { title, description, action, danger = false, lacks, onAct, onClose, children } = props
  const form = useId()
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setWrong(lacks)
    if (lacks !== null) return
    setBusy(true)
    try {
      await onAct()
      onClose()
    } catch (error) {
      setWrong(sentenceOf(error))
    }
    setBusy(false)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      locked={busy}
      title={title}
      description={description}
      actions={
        <>
          <Button look="quiet" onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button look={danger ? 'danger' : 'primary'} type="submit" form={form} busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={send} className="flex flex-col gap-4">
        {children}
        {wrong && <Banner kind="error">{wrong}</Banner>}
      </form>
    </Dialog>
  )
}
