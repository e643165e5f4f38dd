import { useState } from 'react'
import type { ReviewAnswer } from '../../lib/api-review'
import type { Status } from '../../lib/document'
import { asksReason } from '../../lib/review'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { ActDialog } from './act-dialog'
import { DocumentPicker, type PickedDocument } from './document-picker'
import { MissingList } from './missing-list'
import { ReasonField } from './reason-field'
import type { ReviewActions } from './use-review-actions'

export interface MoveDialogProps {
  readonly documentId: string
  readonly review: ReviewAnswer
  readonly to: Status
  readonly actions: ReviewActions
  readonly onThread: (threadId: string) => void
  readonly onAskMore: () => void
  readonly onClose: () => void
}

/** Moves the status along one arrow, with what that arrow asks for. */
export function MoveDialog(props: MoveDialogProps) {
  const { documentId, review, to, actions, onThread, onAskMore, onClose } = props
  const { status, missing } = review
  const [reason, setReason] = useState('')
  const [link, setLink] = useState('')
  const [because, setBecause] = useState('')
  const [successor, setSuccessor] = useState<PickedDocument | null>(null)
  const said = reason.trim()
  const needsReason = asksReason(status, to)

  if (to === 'approved' && missing.length > 0) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title="Not yet approved"
        description="It becomes approved by itself once nothing of this is missing."
        actions={
          <>
            {missing.some((one) => one.reason === 'no_reviewer' || one.reason === 'not_an_author') && (
              <Button onClick={onAskMore}>Ask somebody</Button>
            )}
            <Button look="primary" onClick={onClose}>
              Close
            </Button>
          </>
        }
      >
        <MissingList
          missing={missing}
          onThread={(threadId) => {
            onClose()
            onThread(threadId)
          }}
        />
      </Dialog>
    )
  }
  const words = wordsOf(status, to)
  const lacks =
    to === 'superseded' && !successor
      ? 'Choose the document that takes its place.'
      : to === 'implemented' && link.trim() === '' && because.trim() === ''
        ? 'Give the address, or say why there is none.'
        : needsReason && said === ''
          ? 'Say why in a few words: it stands in the log.'
          : null
  return (
    <ActDialog
      title={words.title}
      description={words.description}
      action={words.action}
      danger={to === 'abandoned'}
      lacks={lacks}
      onAct={() =>
        actions.move({
          to,
          ...(said ? { reason: said } : {}),
          ...(successor ? { successorId: successor.id } : {}),
          ...(to === 'implemented' && link.trim() ? { link: link.trim() } : {}),
          ...(to === 'implemented' && !link.trim() ? { noLinkBecause: because.trim() } : {}),
        })
      }
      onClose={onClose}
    >
      {to === 'superseded' && (
        <DocumentPicker label="Superseded by" except={documentId} value={successor} onChange={setSuccessor} />
      )}
      {to === 'implemented' && (
        <>
          <Field
            label="Where it is implemented"
            type="url"
            inputMode="url"
            placeholder="https://"
            value={link}
            onChange={(event) => setLink(event.target.value)}
          />
          {link.trim() === '' && (
            <Field
              label="None, because"
              value={because}
              onChange={(event) => setBecause(event.target.value)}
            />
          )}
        </>
      )}
      {needsReason && <ReasonField label="Why" value={reason} onChange={setReason} />}
      {!needsReason && to === 'draft' && (
        <ReasonField label="Why (optional)" value={reason} onChange={setReason} />
      )}
    </ActDialog>
  )
}

function wordsOf(from: Status, to: Status): { title: string; description: string; action: string } {
  switch (to) {
    case 'draft':
      return from === 'abandoned'
        ? {
            title: 'Back to draft',
            description: 'It can be written again. What was said in its review stays.',
            action: 'Back to draft',
          }
        : {
            title: 'Back to draft',
            description:
              'The review ends. Verdicts and threads stay, and count again when it is asked for anew.',
            action: 'Back to draft',
          }
    case 'in_review':
      return {
        title: 'Re-open',
        description: 'It can be written again. Approvals stand until a section changes in substance.',
        action: 'Re-open',
      }
    case 'approved':
      return {
        title: 'Approve',
        description:
          'Nothing is missing. The text becomes read-only; its version and hash stand on the page.',
        action: 'Approve',
      }
    case 'implemented':
      return {
        title: 'Mark as implemented',
        description: 'Say where it can be seen: a repository, a release, a page.',
        action: 'Mark as implemented',
      }
    case 'superseded':
      return {
        title: 'Superseded by another document',
        description: 'Both documents name each other from then on. This cannot be undone.',
        action: 'Supersede',
      }
    case 'abandoned':
      return {
        title: 'Abandon',
        description: 'It stays readable and can be taken up again as a draft.',
        action: 'Abandon',
      }
  }
}
