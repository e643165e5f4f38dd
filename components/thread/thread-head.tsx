import { ChevronDown, MessageSquarePlus, X } from 'lucide-react'
import { useState } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import { IconButton } from '../ui/icon-button'
import { Menu, MenuChoice } from '../ui/menu'
import { Composer } from './composer'
import { nothingTyped, type Typed } from './drafts'
import { SuggestionMenu } from './suggestion-menu'
import type { ThreadAround } from './thread-around'
import type { ThreadDesk, ThreadView } from './use-thread-desk'

export interface ThreadHeadProps {
  readonly desk: ThreadDesk
  readonly open: number
  readonly resolved: number
  readonly detached: number
  /** Title of the section whose threads are shown; null: all. */
  readonly sectionName: string | null
  /** Open threads, some of which may be suggestions. */
  readonly suggestions: readonly ThreadAnswer[]
  readonly around: ThreadAround
  /** Begins a thread on that section, or on the document. Null: this person may not. */
  readonly onComment: (() => void) | null
}

/** What is shown, and what else could be. */
export function ThreadHead(props: ThreadHeadProps) {
  const { desk, open, resolved, detached, sectionName, suggestions, around, onComment } = props
  const [declining, setDeclining] = useState<{ id: string; name: string; typed: Typed } | null>(null)
  if (declining) {
    return (
      <div className="rounded-m border border-line-strong bg-raised px-3 py-2.5 shadow-float">
        <p className="mb-2 text-ink-2 text-s">Decline all open suggestions by {declining.name}.</p>
        <Composer
          label="Why"
          placeholder="Say why: their author is told."
          typed={declining.typed}
          onTyped={(typed) => setDeclining({ ...declining, typed })}
          action="Decline all"
          onCancel={() => setDeclining(null)}
          onSend={async (reason) => {
            await around.actions.declineAll(declining.id, reason)
            setDeclining(null)
          }}
          focus
        />
      </div>
    )
  }
  if (desk.sectionId !== null) {
    return (
      <div className="flex h-8 items-center gap-1">
        <span className="min-w-0 flex-1 truncate font-[600] text-ink-2 text-s">
          {sectionName || 'Section'}
        </span>
        {onComment && (
          <IconButton label="Comment on this section" size="s" onClick={onComment}>
            <MessageSquarePlus size={16} aria-hidden="true" />
          </IconButton>
        )}
        <IconButton label="Show all threads" size="s" onClick={() => desk.showSection(null)}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </div>
    )
  }
  const options: { value: ThreadView; text: string }[] = [
    { value: 'open', text: `Open · ${open}` },
    ...(detached > 0 ? [{ value: 'detached' as const, text: `Detached · ${detached}` }] : []),
    ...(resolved > 0 ? [{ value: 'resolved' as const, text: `Resolved · ${resolved}` }] : []),
    { value: 'mine', text: 'With me' },
  ]
  const words: Record<ThreadView, string> = {
    open: open === 0 ? 'No open threads' : open === 1 ? '1 open thread' : `${open} open threads`,
    detached: `${detached} detached`,
    resolved: `${resolved} resolved`,
    mine: 'Threads with me',
  }
  return (
    <div className="flex h-8 items-center">
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            className="-ml-2 flex h-8 items-center gap-1 rounded-s px-2 font-[600] text-ink-2 text-s hover:bg-sunk"
          >
            {words[desk.view]}
            {desk.view === 'open' && detached > 0 && (
              <span className="font-normal text-review">· {detached} detached</span>
            )}
            <ChevronDown size={14} aria-hidden="true" className="text-ink-3" />
          </button>
        }
      >
        <MenuChoice label="Threads" value={desk.view} options={options} onChange={desk.setView} />
        <SuggestionMenu
          open={suggestions}
          around={around}
          shown={desk.showsSuggestions}
          onShow={desk.showSuggestions}
          onDecline={(author) => setDeclining({ ...author, typed: nothingTyped })}
        />
      </Menu>
      {onComment && (
        <IconButton label="Comment on the document" size="s" className="ml-auto" onClick={onComment}>
          <MessageSquarePlus size={16} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  )
}
