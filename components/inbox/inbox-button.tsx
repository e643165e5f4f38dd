'use client'

import { Inbox } from 'lucide-react'
import { classes } from '../ui/classes'
import { iconButtonClass } from '../ui/icon-button-class'
import { type InboxCount, useInboxCount } from './use-inbox'
import { useTimeZone } from './use-time-zone'

export interface InboxButtonProps {
  personId: string
  /** As the server read it. */
  first: InboxCount
  /** Only where something is unread, and not on a phone: for a bar that has no room to spare. */
  unreadOnly?: boolean
}

/** The way to what waits on me, and how much of it is new; nothing where nothing waits. */
export function InboxButton({ personId, first, unreadOnly = false }: InboxButtonProps) {
  useTimeZone(personId)
  const { waiting, unread } = useInboxCount(first)
  if (unreadOnly ? unread === 0 : waiting === 0) return null
  const words = unread > 0 ? `Inbox, ${unread} unread` : 'Inbox'
  return (
    <a
      href="/inbox"
      aria-label={words}
      title={words}
      className={classes('relative shrink-0', unreadOnly && 'max-sm:hidden', iconButtonClass())}
    >
      <Inbox size={18} aria-hidden="true" />
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="-top-0.5 -right-1 absolute grid h-[17px] min-w-[17px] place-items-center rounded-full border-2 border-desk bg-accent px-0.5 font-[650] text-[0.625rem] text-on-accent tabular-nums leading-none"
        >
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </a>
  )
}
