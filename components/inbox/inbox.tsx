'use client'

import { CheckCheck, Settings2 } from 'lucide-react'
import { useState } from 'react'
import type { NoticeAnswer } from '../../lib/api-inbox'
import { urgencies } from '../../lib/inbox'
import { Empty } from '../home/empty'
import { ListFrame, ListSkeleton } from '../home/list-frame'
import { BackLink } from '../shell/back-link'
import { FetchError } from '../shell/fetch-error'
import { lazyPart } from '../shell/lazy-part'
import { ShowMore } from '../shell/show-more'
import { TopBar } from '../shell/top-bar'
import { UserMenu, type UserMenuProps } from '../shell/user-menu'
import { Button } from '../ui/button'
import { buttonClass } from '../ui/button-class'
import { Choice } from '../ui/choice'
import { classes } from '../ui/classes'
import { useNow } from '../ui/clock'
import { Kbd } from '../ui/kbd'
import { PageTitle } from '../ui/page-title'
import { NoticeRow } from './notice-row'
import { urgencyNames } from './notice-words'
import { type InboxFilter, type InboxPage, useInbox } from './use-inbox'
import { useNoticeActions } from './use-notice-actions'
import { useNoticeKeys } from './use-notice-keys'

const NoticeMenu = lazyPart(() => import('./notice-menu').then((part) => part.NoticeMenu))

export interface InboxProps extends UserMenuProps {
  /** What waits, as the server read it. */
  first: InboxPage
  /** The server's time, in milliseconds since the epoch. */
  nowMs: number
}

const filters: readonly { readonly value: InboxFilter; readonly text: string }[] = [
  { value: 'waiting', text: 'Waiting' },
  { value: 'unread', text: 'Unread' },
  { value: 'all', text: 'All' },
]

/** What waits on me, most urgent first. */
export function Inbox({ person, first, nowMs }: InboxProps) {
  const [filter, setFilter] = useState<InboxFilter>('waiting')
  const [menuOf, setMenuOf] = useState<{ notice: NoticeAnswer; button: HTMLElement } | null>(null)
  const [everMenu, setEverMenu] = useState(false)
  const list = useInbox(filter, first)
  const actions = useNoticeActions()
  const now = useNow(nowMs)
  useNoticeKeys()
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const groups = urgencies
    .map((urgency) => ({ urgency, items: items.filter((item) => item.urgency === urgency) }))
    .filter((group) => group.items.length > 0)
  const anyUnread = items.some((item) => item.readAt === null && item.doneAt === null)
  return (
    <>
      <TopBar>
        <span className="flex-1" />
        <UserMenu person={person} />
      </TopBar>
      <main className="mx-auto max-w-[820px] px-4 pt-4 pb-16 sm:px-6 sm:pt-6">
        <BackLink href="/">Documents</BackLink>
        <div className="mt-2 mb-5 flex flex-wrap items-center gap-x-2 gap-y-2">
          <PageTitle className="mr-auto">Inbox</PageTitle>
          <Choice legend="Which notices" choices={filters} value={filter} onChange={setFilter} />
          <div className="-mr-2.5 flex items-center max-sm:-ml-2.5">
            {anyUnread && (
              <Button look="quiet" size="s" onClick={() => void actions.readAll()}>
                <CheckCheck size={15} aria-hidden="true" />
                Mark all as read
              </Button>
            )}
            <a href="/inbox/settings" className={buttonClass('quiet', 's')}>
              <Settings2 size={15} aria-hidden="true" />
              Settings
            </a>
          </div>
        </div>
        <div className="flex flex-col gap-6">
          {list.isError && (
            <FetchError error={list.error} what="The inbox" onRetry={() => void list.refetch()} />
          )}
          {list.isPending && <ListSkeleton />}
          {groups.map(({ urgency, items: ofGroup }) => (
            <section key={urgency} aria-label={urgencyNames[urgency]}>
              <h2
                className={classes(
                  'mb-2 font-[600] text-s',
                  urgency === 'overdue' ? 'text-blocking' : 'text-ink-2',
                )}
              >
                {urgencyNames[urgency]}
              </h2>
              <ListFrame label={urgencyNames[urgency]}>
                {ofGroup.map((notice) => (
                  <NoticeRow
                    key={notice.id}
                    notice={notice}
                    nowMs={now}
                    actions={actions}
                    menuOpen={menuOf?.notice.id === notice.id}
                    onMenu={(target) => {
                      setEverMenu(true)
                      setMenuOf(target)
                    }}
                  />
                ))}
              </ListFrame>
            </section>
          ))}
          {list.isSuccess && items.length === 0 && (
            <Empty title={filter === 'all' ? 'Nothing has come yet' : 'Nothing waits on you'}>
              Reviews that are asked of you, mentions, answers and verdicts come here, the most urgent first.
              To hear of a document that you have no part in, choose <em>Watch</em> in its menu.
            </Empty>
          )}
          <ShowMore list={list} />
        </div>
        <p className="mt-6 text-ink-3 text-xs max-md:hidden">
          <Kbd>J</Kbd> <Kbd>K</Kbd> walk · <Kbd>Enter</Kbd> opens · <Kbd>E</Kbd> puts away
        </p>
      </main>
      {everMenu && (
        <NoticeMenu
          target={menuOf}
          actions={actions}
          onClose={(button) => setMenuOf((open) => (open?.button === button ? null : open))}
        />
      )}
    </>
  )
}
