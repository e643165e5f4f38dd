'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocumentAnswer } from '../../lib/api'
import { callApi } from '../call-api'
import { BackLink } from '../shell/back-link'
import { FetchError } from '../shell/fetch-error'
import { ShowMore } from '../shell/show-more'
import { TopBar } from '../shell/top-bar'
import { UserMenu, type UserMenuProps } from '../shell/user-menu'
import { Button } from '../ui/button'
import { PageTitle } from '../ui/page-title'
import { When } from '../ui/when'
import { numberWords } from './document-words'
import { Empty } from './empty'
import { ListFrame, ListSkeleton } from './list-frame'
import { useBin } from './use-bin'
import { documentsKey } from './use-documents'

export interface BinProps extends UserMenuProps {
  /** The server's time, in milliseconds since the epoch. */
  nowMs: number
}

/** My documents that wait in the bin. Nothing is ever removed from it by itself. */
export function Bin({ person, nowMs }: BinProps) {
  const binned = useInfiniteQuery({
    queryKey: [...documentsKey, 'bin'],
    queryFn: ({ pageParam, signal }) =>
      callApi('listDocuments', {
        query: { binned: 'true', ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchOnWindowFocus: 'always',
  })
  const items = binned.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <TopBar>
        <span className="flex-1" />
        <UserMenu person={person} />
      </TopBar>
      <main className="mx-auto max-w-[1180px] px-4 pt-4 pb-16 sm:px-6 sm:pt-6">
        <BackLink href="/">Documents</BackLink>
        <PageTitle className="mt-2">Bin</PageTitle>
        <p className="mt-1 mb-5 text-ink-2">
          Documents of yours that you have put away. They keep their text, their people and their number.
        </p>
        <div className="flex flex-col gap-3">
          {binned.isError && (
            <FetchError error={binned.error} what="The bin" onRetry={() => void binned.refetch()} />
          )}
          {binned.isPending && <ListSkeleton />}
          {items.length > 0 && (
            <ListFrame label="Documents in the bin">
              {items.map((document) => (
                <BinRow key={document.id} document={document} nowMs={nowMs} />
              ))}
            </ListFrame>
          )}
          {binned.isSuccess && items.length === 0 && (
            <Empty title="The bin is empty">
              A document that you move to the bin leaves everybody’s list and waits here until you restore it.
            </Empty>
          )}
          <ShowMore list={binned} />
        </div>
      </main>
    </>
  )
}

function BinRow({ document, nowMs }: { document: DocumentAnswer; nowMs: number }) {
  const { restore } = useBin()
  const [busy, setBusy] = useState(false)
  return (
    <li className="grid min-h-[58px] grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-line-soft border-t px-[18px] py-2 first:border-t-0 md:grid-cols-[84px_minmax(0,1fr)_auto_auto]">
      <span className="text-ink-3 text-s tabular-nums max-md:hidden">{numberWords(document.number)}</span>
      <span className="min-w-0">
        <span title={document.title} className="block break-words font-[580] max-md:line-clamp-2 md:truncate">
          {document.title}
        </span>
        {document.binnedAt && (
          <span className="text-ink-3 text-xs md:hidden">
            {numberWords(document.number)} · put away <When at={document.binnedAt} nowMs={nowMs} />
          </span>
        )}
      </span>
      {document.binnedAt && (
        <span className="text-ink-3 text-s max-md:hidden">
          put away <When at={document.binnedAt} nowMs={nowMs} />
        </span>
      )}
      <Button
        size="s"
        busy={busy}
        aria-label={`Restore ${document.title}`}
        onClick={() => {
          setBusy(true)
          void restore(document).finally(() => setBusy(false))
        }}
      >
        Restore
      </Button>
    </li>
  )
}
