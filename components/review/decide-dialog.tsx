import { useState } from 'react'
import type { ReviewAnswer } from '../../lib/api-review'
import { ActDialog } from './act-dialog'
import { changedSectionWords, countOf, listedShort } from './review-words'
import type { ReviewActions } from './use-review-actions'

export interface DecideDialogProps {
  readonly ready: NonNullable<ReviewAnswer['readyToApprove']>
  readonly actions: ReviewActions
  readonly onClose: () => void
}

/** Nothing is missing for one version, and the text may have gone on since: which of the two is it to be. */
export function DecideDialog({ ready, actions, onClose }: DecideDialogProps) {
  const [choice, setChoice] = useState<'approve' | 'ask'>('approve')
  const { version, changes } = ready
  if (changes.length === 0) {
    return (
      <ActDialog
        title="Approve"
        description={`Nothing is missing. Version ${version.number} becomes the approved text, and read-only.`}
        action="Approve"
        lacks={null}
        onAct={() => actions.approve(version.id)}
        onClose={onClose}
      />
    )
  }
  const option = (value: 'approve' | 'ask', title: string, meaning: string) => (
    <label className="flex items-start gap-2.5 text-s">
      <input
        type="radio"
        name="choice"
        checked={choice === value}
        onChange={() => setChoice(value)}
        className="mt-[3px] size-3.5 shrink-0 accent-accent"
      />
      <span>
        <span className="font-[580]">{title}</span>
        <span className="block text-ink-2">{meaning}</span>
      </span>
    </label>
  )
  return (
    <ActDialog
      title="Ready to approve"
      description={`Nothing is missing for version ${version.number}. ${countOf(changes.length, 'section')} changed since: ${listedShort(changes.map(changedSectionWords), 4)}.`}
      action={choice === 'approve' ? `Approve version ${version.number}` : 'Ask again'}
      lacks={null}
      onAct={() => (choice === 'approve' ? actions.approve(version.id) : actions.askAgain())}
      onClose={onClose}
    >
      <fieldset className="flex flex-col gap-3">
        <legend className="sr-only">Which text</legend>
        {option(
          'approve',
          `Approve version ${version.number}`,
          'What was typed since is kept as suggestions, each credited to who typed it.',
        )}
        {option('ask', 'Ask again', 'The reviewers look at what changed, and say whether it stands.')}
      </fieldset>
    </ActDialog>
  )
}
