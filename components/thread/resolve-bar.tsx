import { Check, ChevronDown, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { Ability } from '../../lib/access'
import type { ThreadAnswer } from '../../lib/api-thread'
import { type Outcome, outcomeNames, resolveRefusal } from '../../lib/thread'
import { sentenceOf } from '../call-api'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { Menu, MenuItem } from '../ui/menu'
import { toast } from '../ui/toast'
import { Composer } from './composer'
import type { ThreadActions } from './use-threads'

export interface ResolveBarProps {
  readonly thread: ThreadAnswer
  readonly personId: string
  readonly abilities: ReadonlySet<Ability>
  readonly actions: ThreadActions
}

const offered = ['fixed', 'answered', 'wont_fix'] as const

/** *Resolve* is one click; another outcome is one more, and a reason is asked only where one is owed. */
export function ResolveBar({ thread, personId, abilities, actions }: ResolveBarProps) {
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState<{ outcome: Outcome; reason: string } | null>(null)
  const fail = (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) })
  const refusalOf = (outcome: Outcome, reason: string | null) =>
    resolveRefusal(
      { kind: thread.kind, authorId: thread.author.id },
      { personId, abilities },
      { outcome, reason },
    )
  const resolve = async (given: { outcome?: Outcome; reason?: string }) => {
    const around = document.activeElement?.closest<HTMLElement>('[data-threads]')
    await actions.resolve(thread.id, given)
    // J, K and Tab go on from here: the card takes its focus away with it.
    const { activeElement } = document
    if (activeElement === document.body || around?.contains(activeElement))
      around?.focus({ preventScroll: true })
    toast({
      text: 'Thread resolved.',
      action: { text: 'Undo', run: () => void actions.reopen(thread.id).catch(fail) },
    })
  }
  const oneClick = (outcome?: Outcome) => {
    if (refusalOf(outcome ?? 'fixed', null) === 'reason_missing') {
      setAsking({ outcome: outcome ?? 'wont_fix', reason: '' })
      return
    }
    setBusy(true)
    resolve(outcome ? { outcome } : {})
      .catch(fail)
      .finally(() => setBusy(false))
  }

  if (thread.state === 'resolved') {
    return abilities.has('comment') ? (
      <Button size="s" look="quiet" onClick={() => void actions.reopen(thread.id).catch(fail)}>
        <RotateCcw size={14} aria-hidden="true" />
        Reopen
      </Button>
    ) : null
  }
  const refusal = refusalOf('fixed', null)
  if (!abilities.has('comment') || refusal === 'not_yours' || refusal === 'blocking') return null
  if (asking) {
    return (
      <div className="w-full">
        <Composer
          label="Why"
          placeholder="Say why: whoever raised this is owed an answer."
          text={asking.reason}
          onText={(reason) => setAsking({ ...asking, reason })}
          action="Resolve"
          onCancel={() => setAsking(null)}
          onSend={(reason) => resolve({ outcome: asking.outcome, reason })}
          focus
        />
      </div>
    )
  }
  return (
    <span className="inline-flex items-center">
      <Button size="s" look="quiet" data-resolve busy={busy} onClick={() => oneClick()}>
        <Check size={15} aria-hidden="true" />
        Resolve
      </Button>
      <Menu
        align="end"
        trigger={
          <IconButton label="Resolve as" size="s" tooltip={false}>
            <ChevronDown size={14} aria-hidden="true" />
          </IconButton>
        }
      >
        {offered.map((outcome) => (
          <MenuItem key={outcome} onSelect={() => oneClick(outcome)}>
            {outcomeNames[outcome]}
          </MenuItem>
        ))}
      </Menu>
    </span>
  )
}
