import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { VersionAnswer } from '../../lib/api-version'
import { versionNameMax, versionNameOf } from '../../lib/version'
import { callApi, sentenceOf } from '../call-api'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'

export interface NameDialogProps {
  readonly documentId: string
  /** What to name: a version, or the text as it is now, which is kept by that. */
  readonly what: VersionAnswer | 'now'
  readonly onClose: () => void
  readonly onNamed: (version: VersionAnswer) => void
}

export function NameDialog({ documentId, what, onClose, onNamed }: NameDialogProps) {
  const [text, setText] = useState(what === 'now' ? '' : (what.name ?? ''))
  const [wrong, setWrong] = useState<string | null>(null)
  const naming = useMutation({
    mutationFn: (name: string | null) =>
      what === 'now'
        ? callApi('createVersion', { params: { id: documentId }, body: name === null ? {} : { name } })
        : callApi('updateVersion', { params: { id: what.id }, body: { name } }),
    onSuccess: (version) => {
      onNamed(version)
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const name = versionNameOf(text)
    const isWrong = name === null && text.trim() !== ''
    setWrong(isWrong ? `A name has at most ${versionNameMax} characters.` : null)
    if (!isWrong && !naming.isPending) naming.mutate(name)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={what === 'now' ? 'Keep this version' : 'Name this version'}
      description={
        what === 'now'
          ? 'The text as it is saved now is kept, and can be compared and put back at any time.'
          : `Version ${what.number}. Without a name it is called by why it was kept.`
      }
      width="s"
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={what === 'now' ? 'Name (may be left out)' : 'Name'}
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoComplete="off"
          error={wrong ?? (naming.isError ? sentenceOf(naming.error) : null)}
        />
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" busy={naming.isPending}>
            {what === 'now' ? 'Keep' : 'Name'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
