'use client'

import Link from 'next/link'
import { placeOf } from '../../lib/inbox/words'
import { Avatar } from '../ui/avatar'
import { useNow } from '../ui/clock'
import { When } from '../ui/when'
import { wordsOf } from './notice-words'
import { type InboxPage, useInbox } from './use-inbox'
import { useNoticeActions } from './use-notice-actions'

/** How many are shown; the rest are in the inbox. */
const shownAtMost = 4

/** What has to be done before anything else: shown above the documents where there is any. */
export function WaitsOnMe({ first, nowMs }: { first: InboxPage; nowMs: number }) {
  const list = useInbox('waiting', first)
  const actions = useNoticeActions()
  const now = useNow(nowMs)
  const items = (list.data?.pages[0]?.items ?? []).filter(
    ({ urgency }) => urgency === 'overdue' || urgency === 'asked' || urgency === 'confirm',
  )
  if (items.length === 0) return null
  const rest = items.length - shownAtMost
  return (
    <section aria-label="Waits on me" className="mt-6">
      <div className="mb-2.5 flex items-baseline gap-3">
        <h2 className="font-[600] text-ink-2 text-s">Waits on me</h2>
        {rest > 0 && (
          <Link href="/inbox" prefetch={false} className="text-accent text-s hover:underline">
            {rest} more
          </Link>
        )}
      </div>
      <ul className="overflow-hidden rounded-m border border-line bg-paper">
        {items.slice(0, shownAtMost).map((notice) => (
          <li
            key={notice.id}
            className="relative flex min-h-[46px] items-center gap-3 border-line-soft border-t px-[18px] py-2 transition-colors first:border-t-0 focus-within:bg-desk/50 hover:bg-desk/70"
          >
            {notice.actor && (
              <Avatar name={notice.actor.name} color={notice.actor.color} size="s" decorative />
            )}
            <Link
              href={placeOf(notice.notice, notice.document.id)}
              prefetch={false}
              onClick={() => notice.readAt === null && void actions.read(notice)}
              className="min-w-0 flex-1 leading-snug after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:rounded-[8px] focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus md:flex md:gap-2"
            >
              <span className="min-w-0 font-[580] md:truncate">{notice.document.title}</span>{' '}
              <span
                suppressHydrationWarning
                className={`md:shrink-0 ${notice.urgency === 'overdue' ? 'text-blocking' : 'text-ink-2'}`}
              >
                {wordsOf(notice, now)}
              </span>
            </Link>
            <When at={notice.at} nowMs={nowMs} className="shrink-0 text-ink-3 text-s max-md:hidden" />
          </li>
        ))}
      </ul>
    </section>
  )
}
