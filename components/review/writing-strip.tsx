import { Pencil } from 'lucide-react'
import type { ReviewAnswer } from '../../lib/api-review'
import { Button } from '../ui/button'
import { Menu, MenuItem } from '../ui/menu'
import type { ReviewDesk } from './review-desk'
import { countOf } from './review-words'

export interface WritingStripProps {
  readonly draft: NonNullable<ReviewAnswer['mine']['draft']>
  /** Gathered and not sent yet. */
  readonly comments: number
  readonly desk: ReviewDesk
  /** Shows what was typed since it was begun. */
  readonly onSince: () => void
  readonly onDiscard: () => void
}

/** While a review is being written: on which text, what is gathered, and the way to send it. */
export function WritingStrip({ draft, comments, desk, onSince, onDiscard }: WritingStripProps) {
  return (
    <section
      aria-label="Your review"
      className="-translate-x-1/2 fixed bottom-[calc(var(--dock,0px)+16px)] left-1/2 z-20 flex w-max max-w-[calc(100vw-24px)] items-center gap-3 rounded-m border border-line bg-raised py-2 pr-2 pl-3.5 text-s shadow-float print:hidden"
    >
      <Pencil size={15} aria-hidden="true" className="shrink-0 text-accent max-sm:hidden" />
      <p role="status" className="min-w-0">
        <span className="font-[580]">
          <span className="max-sm:hidden">You are writing a review on version {draft.version.number}</span>
          <span className="sm:hidden">Your review of version {draft.version.number}</span>
        </span>{' '}
        <span className="text-ink-3">
          ·{' '}
          {comments === 0 ? 'comments wait until you submit' : `${countOf(comments, 'comment')} only you see`}
        </span>
      </p>
      <span className="flex shrink-0 items-center gap-1">
        <Menu
          side="top"
          trigger={
            <Button size="s" look="quiet" className="!px-2">
              More
            </Button>
          }
        >
          <MenuItem onSelect={() => desk.showPinned(!desk.pinned)}>
            {desk.pinned ? 'Read the text as it is now' : `Read version ${draft.version.number}`}
          </MenuItem>
          <MenuItem onSelect={onSince}>What was typed since I began</MenuItem>
          <MenuItem danger onSelect={onDiscard}>
            Discard this review
          </MenuItem>
        </Menu>
        <Button size="s" look="primary" onClick={() => desk.open({ kind: 'submit' })}>
          Submit…
        </Button>
      </span>
    </section>
  )
}
