import { Check } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import { sizeOfSuggestion } from '../../lib/content/suggestion/correction'
import { sentenceOf } from '../call-api'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'
import type { ThreadAround } from './thread-around'

/** On a suggestion for approved text: one click for who may confirm it as a correction, for others why they may not. */
export function CorrectionPart({
  thread,
  around,
}: {
  readonly thread: ThreadAnswer
  readonly around: ThreadAround
}) {
  const { suggestion } = thread
  const { correction, abilities, personId } = around
  const [busy, setBusy] = useState(false)
  const size = useMemo(() => (suggestion ? sizeOfSuggestion(suggestion) : null), [suggestion])
  if (!correction || !size || thread.state !== 'open' || thread.unsent) return null
  // That it is stale stands on the card already.
  if (!abilities.has('comment') || suggestion?.stale) return null
  const whyNot = correction.whyNot({ isOwn: thread.author.id === personId, ...size })
  if (whyNot) return <p className="text-ink-3 text-xs">{whyNot}</p>
  const confirm = async () => {
    const column = document.activeElement?.closest<HTMLElement>('[data-threads]')
    setBusy(true)
    try {
      await correction.confirm(thread.id)
      toast({ text: 'Corrected: the text stays approved.' })
      // J, K and Tab go on from here: the card takes its focus away with it.
      column?.focus({ preventScroll: true })
    } catch (error) {
      toast({ kind: 'error', text: sentenceOf(error) })
    }
    setBusy(false)
  }
  return (
    <div className="flex flex-col items-start gap-1.5">
      <p className="text-ink-3 text-xs">
        It goes into the text, which stays approved. The log keeps the hash before and after.
      </p>
      <Button size="s" busy={busy} data-resolve onClick={() => void confirm()}>
        <Check size={15} aria-hidden="true" />
        Confirm as correction
      </Button>
    </div>
  )
}
