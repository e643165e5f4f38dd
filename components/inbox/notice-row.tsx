'use client'

import { Check, Ellipsis } from 'lucide-react'
import type { NoticeAnswer } from '../../lib/api-inbox'
import { kindWords, placeOf } from '../../lib/inbox/words'
import { numberWords } from '../home/document-words'
import { Avatar } from '../ui/avatar'
import { classes } from '../ui/classes'
import { IconButton } from '../ui/icon-button'
import { iconButtonClass } from '../ui/icon-button-class'
import { When } from '../ui/when'
import { wordsOf } from './notice-words'
import type { NoticeActions } from './use-notice-actions'

export interface NoticeRowProps {
  notice: NoticeAnswer
  nowMs: number
  actions: NoticeActions
  menuOpen: boolean
  /** Null: the menu is to close. */
  onMenu: (target: { notice: NoticeAnswer; button: HTMLElement } | null) => void
}

/** One thing that waits: who and what, on which document, why; the whole line leads to its place. */
export function NoticeRow({ notice, nowMs, actions, menuOpen, onMenu }: NoticeRowProps) {
  const { document, actor, readAt, doneAt } = notice
  const words = wordsOf(notice, nowMs)
  const isNew = readAt === null && doneAt === null
  return (
    <li
      data-notice={notice.id}
      className={classes(
        'group relative grid grid-cols-[8px_28px_minmax(0,1fr)_auto] items-start gap-x-3 border-line-soft border-t py-3 pr-2 pl-3.5 transition-colors first:border-t-0 focus-within:bg-desk/50 hover:bg-desk/70',
        doneAt !== null && 'opacity-65',
      )}
    >
      <span className="grid h-7 place-items-center">
        {isNew && <span role="img" aria-label="Unread" className="size-[7px] rounded-full bg-accent" />}
      </span>
      {actor ? (
        <Avatar name={actor.name} color={actor.color} decorative />
      ) : (
        <span aria-hidden="true" className="size-7 rounded-full bg-sunk" />
      )}
      <span className="min-w-0 pt-0.5">
        <a
          href={placeOf(notice.notice, document.id)}
          data-row-link
          suppressHydrationWarning
          onClick={() => isNew && void actions.read(notice)}
          className={classes(
            "block break-words leading-snug after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:rounded-[8px] focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus",
            isNew ? 'font-[600]' : 'font-[450]',
          )}
        >
          {words}
        </a>
        <span className="mt-0.5 block min-w-0 break-words text-ink-2 text-s max-sm:line-clamp-2 sm:truncate">
          <span className="text-ink-3 tabular-nums">{numberWords(document.number)}</span> {document.title}
        </span>
        <span className="mt-0.5 block text-ink-3 text-xs">
          <When at={notice.at} nowMs={nowMs} /> · {kindWords[notice.notice.kind].why}
        </span>
      </span>
      <span className="relative z-10 flex items-center gap-0.5">
        {doneAt === null && (
          <IconButton
            label="Put away"
            shortcut="E"
            size="s"
            data-done
            className="opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
            onClick={() => void actions.finish(notice)}
          >
            <Check size={16} aria-hidden="true" />
          </IconButton>
        )}
        <button
          type="button"
          aria-label={`More about: ${words}`}
          aria-haspopup="menu"
          aria-expanded={menuOpen}
          onClick={(event) => onMenu(menuOpen ? null : { notice, button: event.currentTarget })}
          className={classes(
            iconButtonClass('s'),
            'opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100',
          )}
        >
          <Ellipsis size={16} aria-hidden="true" />
        </button>
      </span>
    </li>
  )
}
