'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { DocumentAnswer } from '../../lib/api'
import { normaliseTitle, titleLimits } from '../../lib/document'
import { callApi, sentenceOf } from '../call-api'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { titleError } from './title-error'
import { documentsKey } from './use-documents'

export interface RenameDialogProps {
  /** What to rename; null: closed. */
  document: DocumentAnswer | null
  onClose: () => void
}

export function RenameDialog({ document, onClose }: RenameDialogProps) {
  const [closing, setClosing] = useState(document)
  // The title stays on the window while it fades away.
  if (document && document !== closing) setClosing(document)
  return (
    <Dialog
      open={document !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Rename"
      width="s"
      {...(closing?.number ? { description: closing.number } : {})}
    >
      {closing && <RenameForm key={closing.id} document={closing} onClose={onClose} />}
    </Dialog>
  )
}

function RenameForm({ document, onClose }: { document: DocumentAnswer; onClose: () => void }) {
  const client = useQueryClient()
  const [title, setTitle] = useState(document.title)
  const [wrong, setWrong] = useState<string | null>(null)
  const rename = useMutation({
    mutationFn: (to: string) =>
      callApi('updateDocument', { params: { id: document.id }, body: { title: to } }),
    onSuccess: async () => {
      onClose()
      await client.invalidateQueries({ queryKey: documentsKey })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const to = normaliseTitle(title)
    setWrong(to === null ? titleError(title) : null)
    if (to === null || rename.isPending) return
    if (to === document.title) onClose()
    else rename.mutate(to)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="Title"
        quietLabel
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        onFocus={(event) => event.target.select()}
        maxLength={titleLimits.max}
        autoComplete="off"
        error={wrong ?? (rename.isError ? sentenceOf(rename.error) : null)}
      />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" type="submit" busy={rename.isPending}>
          Rename
        </Button>
      </div>
    </form>
  )
}
