import { Check, ChevronDown, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import { type Outcome, outcomeNames, resolveRefusal } from '../../lib/thread'
import { sentenceOf } from '../call-api'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { Menu, MenuItem } from '../ui/menu'
import { Select } from '../ui/select'
import { toast } from '../ui/toast'
import { Composer } from './composer'
import { nothingTyped, type Typed } from './drafts'
import type { ThreadAround } from './thread-around'
import type { Ending } from './use-threads'

export interface ResolveBarProps {
  readonly thread: ThreadAnswer
  readonly around: ThreadAround
}

const offered = ['fixed', 'answered', 'wont_fix', 'moved'] as const

/** What is still to be said before a thread ends: why, or where it goes on. */
type Asking =
  | { readonly what: 'reason'; readonly outcome: Outcome; readonly typed: Typed }
  | { readonly what: 'section'; readonly sectionId: string }

/**
 * *Resolve* is one click; another outcome is one more, and a reason is asked only where one is owed. How a resolved
 * thread ended is said otherwise in the same way.
 */
export function ResolveBar({ thread, around }: ResolveBarProps) {
  const { personId, abilities, actions, outline } = around
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState<Asking | null>(null)
  const fail = (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) })
  const refusalOf = (outcome: Outcome, reason: string | null) =>
    resolveRefusal(
      {
        kind: thread.kind,
        authorId: thread.author.id,
        answered: thread.comments.some(({ author, unsent }) => author.id !== thread.author.id && !unsent),
      },
      { personId, abilities },
      { outcome, reason },
    )
  const isOpen = thread.state === 'open'
  const end = async (given: Ending) => {
    if (!isOpen) {
      await actions.change(thread.id, { outcome: 'fixed', ...given })
      setAsking(null)
      return
    }
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
    if (outcome === 'moved') {
      setAsking({ what: 'section', sectionId: outline[0]?.id ?? '' })
      return
    }
    if (refusalOf(outcome ?? 'fixed', null) === 'reason_missing') {
      setAsking({ what: 'reason', outcome: outcome ?? 'wont_fix', typed: nothingTyped })
      return
    }
    setBusy(true)
    end(outcome ? { outcome } : {})
      .catch(fail)
      .finally(() => setBusy(false))
  }

  if (thread.unsent || !abilities.has('comment')) return null
  const refusal = refusalOf('fixed', null)
  const mayEnd = refusal !== 'not_yours' && refusal !== 'blocking'
  if (asking?.what === 'reason') {
    return (
      <div className="w-full">
        <Composer
          label="Why"
          placeholder="Say why: whoever raised this is owed an answer."
          typed={asking.typed}
          onTyped={(typed) => setAsking({ ...asking, typed })}
          action={isOpen ? 'Resolve' : 'Change'}
          onCancel={() => setAsking(null)}
          onSend={(reason) => end({ outcome: asking.outcome, reason })}
          focus
        />
      </div>
    )
  }
  if (asking?.what === 'section') {
    return (
      <form
        className="flex w-full flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          setBusy(true)
          end({ outcome: 'moved', movedTo: asking.sectionId })
            .catch(fail)
            .finally(() => setBusy(false))
        }}
      >
        <Select
          label="It goes on in"
          visibleLabel
          value={asking.sectionId}
          options={outline.map(({ id, number, title }) => ({
            value: id,
            label: `${number} ${title}`.trim() || 'Preamble',
          }))}
          onChange={(sectionId) => setAsking({ what: 'section', sectionId })}
        />
        <div className="flex justify-end gap-0.5">
          <Button size="s" look="quiet" onClick={() => setAsking(null)}>
            Cancel
          </Button>
          <Button size="s" look="primary" type="submit" busy={busy}>
            {isOpen ? 'Resolve' : 'Change'}
          </Button>
        </div>
      </form>
    )
  }
  const menu = (name: string) => (
    <Menu
      align="end"
      trigger={
        <IconButton label={name} size="s" tooltip={false}>
          <ChevronDown size={14} aria-hidden="true" />
        </IconButton>
      }
    >
      {offered
        .filter((outcome) => outcome !== thread.outcome && (outcome !== 'moved' || outline.length > 0))
        .map((outcome) => (
          <MenuItem key={outcome} onSelect={() => oneClick(outcome)}>
            {outcome === 'moved' ? 'Moved to section…' : outcomeNames[outcome]}
          </MenuItem>
        ))}
    </Menu>
  )
  if (!isOpen) {
    return (
      <span className="inline-flex items-center">
        <Button size="s" look="quiet" onClick={() => void actions.reopen(thread.id).catch(fail)}>
          <RotateCcw size={14} aria-hidden="true" />
          Reopen
        </Button>
        {mayEnd && thread.kind !== 'suggestion' && menu('Say how it ended')}
      </span>
    )
  }
  if (!mayEnd) return null
  return (
    <span className="inline-flex items-center">
      <Button size="s" look="quiet" data-resolve busy={busy} onClick={() => oneClick()}>
        <Check size={15} aria-hidden="true" />
        Resolve
      </Button>
      {menu('Resolve as')}
    </span>
  )
}
