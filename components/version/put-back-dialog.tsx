import { useMutation } from '@tanstack/react-query'
import type { VersionAnswer } from '../../lib/api-version'
import { callApi, sentenceOf } from '../call-api'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { exactWords } from '../ui/when-words'
import { versionTitle } from './timeline-rows'

export interface PutBackDialogProps {
  readonly version: VersionAnswer
  readonly onClose: () => void
  /** The text is another one now. */
  readonly onDone: () => Promise<void>
}

/** Says what putting a version back does, and does it. The undo of it is putting back what was before. */
export function PutBackDialog({ version, onClose, onDone }: PutBackDialogProps) {
  const putting = useMutation({
    mutationFn: () => putBack(version.id),
    onSuccess: async ({ before, changed }) => {
      onClose()
      await onDone()
      toast(
        changed
          ? {
              text: `Version ${version.number} is back. What was there before is kept as version ${before.number}.`,
              action: { text: 'Undo', run: () => void undo(before.id, onDone) },
            }
          : { text: `The document says what version ${version.number} says already. Nothing was changed.` },
      )
    },
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      locked={putting.isPending}
      title={`Put version ${version.number} back?`}
      description={`“${versionTitle(version)}”, ${exactWords(new Date(version.createdAt))}`}
      width="s"
      actions={
        <>
          <Button look="quiet" onClick={onClose} disabled={putting.isPending}>
            Cancel
          </Button>
          <Button look="primary" busy={putting.isPending} onClick={() => putting.mutate()}>
            Put back
          </Button>
        </>
      }
    >
      <p>
        For everybody, the text becomes what it was then. The text of now is kept as a version of its own, so
        that this can be undone. Threads stay, and so does what people type meanwhile.
      </p>
      {putting.isError && (
        <Banner kind="error" className="mt-3">
          {sentenceOf(putting.error)}
        </Banner>
      )}
    </Dialog>
  )
}

const putBack = (id: string) => callApi('restoreVersion', { params: { id } })

async function undo(beforeId: string, onDone: () => Promise<void>): Promise<void> {
  try {
    await putBack(beforeId)
    await onDone()
    toast({ text: 'The text is what it was before.' })
  } catch (error) {
    toast({ kind: 'error', text: sentenceOf(error) })
  }
}
