import { Check, X } from 'lucide-react'
import { useState } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import { sentenceOf } from '../call-api'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'
import { Composer } from './composer'
import { nothingTyped, type Typed } from './drafts'
import { sayAccepted } from './suggestion-undo'
import type { ThreadAround } from './thread-around'

/** What can be done about an open suggestion: an editor accepts or declines it, its author takes it back. */
export function SuggestionBar({
  thread,
  around,
}: {
  readonly thread: ThreadAnswer
  readonly around: ThreadAround
}) {
  const { abilities, personId, actions } = around
  const [busy, setBusy] = useState<'accept' | 'decline' | null>(null)
  const [reason, setReason] = useState<Typed | null>(null)
  const mine = thread.author.id === personId
  const mayDecline = abilities.has('resolve') || mine
  if (thread.state !== 'open' || thread.unsent || !abilities.has('comment') || !thread.suggestion) return null
  const fail = (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) })
  const run = (what: 'accept' | 'decline', work: () => Promise<void>) => {
    const column = document.activeElement?.closest<HTMLElement>('[data-threads]')
    setBusy(what)
    work()
      // J, K and Tab go on from here: the card takes its focus away with it.
      .then(() => column?.focus({ preventScroll: true }))
      .catch(fail)
      .finally(() => setBusy(null))
  }
  const accept = () =>
    run('accept', async () => {
      await actions.accept(thread.id)
      sayAccepted('Accepted: it is in the text now.', [thread.id], actions.reopen)
    })
  const takeBack = () =>
    run('decline', async () => {
      await actions.decline(thread.id, null)
      toast({
        text: 'Taken back.',
        action: { text: 'Undo', run: () => void actions.reopen(thread.id).catch(fail) },
      })
    })
  if (reason) {
    return (
      <div className="w-full">
        <Composer
          label="Why"
          placeholder="Say why: its author is told."
          typed={reason}
          onTyped={setReason}
          action="Decline"
          onCancel={() => setReason(null)}
          onSend={(words) => actions.decline(thread.id, words)}
          focus
        />
      </div>
    )
  }
  return (
    <span className="inline-flex flex-wrap items-center gap-0.5">
      {mayDecline && (
        <Button
          size="s"
          look="quiet"
          busy={busy === 'decline'}
          onClick={mine ? takeBack : () => setReason(nothingTyped)}
        >
          <X size={15} aria-hidden="true" />
          {mine ? 'Take back' : 'Decline'}
        </Button>
      )}
      {thread.suggestion.stale && (
        <Button size="s" look="quiet" onClick={() => around.onSuggestAnew(thread)}>
          Suggest anew
        </Button>
      )}
      {abilities.has('write') && !thread.suggestion.stale && (
        <Button size="s" look="quiet" data-resolve busy={busy === 'accept'} onClick={accept}>
          <Check size={15} aria-hidden="true" />
          Accept
        </Button>
      )}
    </span>
  )
}
