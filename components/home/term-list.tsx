'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { callApi } from '../call-api'
import { BackLink } from '../shell/back-link'
import { FetchError } from '../shell/fetch-error'
import { ShowMore } from '../shell/show-more'
import { TopBar } from '../shell/top-bar'
import { UserMenu, type UserMenuProps } from '../shell/user-menu'
import { Button } from '../ui/button'
import { PageTitle } from '../ui/page-title'
import { useSettled } from '../use-settled'
import { Empty } from './empty'
import { ListSkeleton } from './list-frame'
import { SearchField } from './search-field'

/** What words mean in the documents that one may read, by name. */
export function TermList({ person }: UserMenuProps) {
  const [typed, setTyped] = useState('')
  const asked = useSettled(typed.trim())
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDListElement>(null)
  const found = useInfiniteQuery({
    queryKey: ['terms', 'all', asked],
    queryFn: ({ pageParam, signal }) =>
      callApi('listTerms', {
        query: { ...(asked === '' ? {} : { q: asked }), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  const items = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <TopBar>
        <SearchField
          value={typed}
          onChange={setTyped}
          onDown={() => list.current?.querySelector('a')?.focus()}
          inputRef={field}
          what="terms"
        />
        <UserMenu person={person} />
      </TopBar>
      <main className="mx-auto max-w-[820px] px-4 pt-4 pb-16 sm:px-6 sm:pt-6">
        <BackLink href="/">Documents</BackLink>
        <PageTitle className="mt-2 mb-5">Terms</PageTitle>
        {found.isError && items.length === 0 ? (
          <FetchError error={found.error} what="The list of terms" onRetry={() => void found.refetch()} />
        ) : found.isPending ? (
          <ListSkeleton />
        ) : items.length === 0 ? (
          <NoTerms asked={asked} onShowAll={() => setTyped('')} />
        ) : (
          <dl ref={list} className="rounded-m border border-line bg-raised">
            {items.map(({ term, meaning, position, document }) => (
              <div
                key={`${document.id}-${position}`}
                className="grid gap-x-6 gap-y-0.5 border-line-soft border-t px-4 py-3 first:border-t-0 sm:grid-cols-[13rem_minmax(0,1fr)]"
              >
                <dt className="break-words font-[600] text-m">
                  <bdi>{term}</bdi>
                </dt>
                <dd className="min-w-0">
                  <p dir="auto" className="break-words text-left text-ink-2 text-m">
                    {meaning}
                  </p>
                  <a
                    href={`/d/${document.id}`}
                    className="mt-0.5 inline-block max-w-full truncate text-ink-3 text-xs hover:text-ink hover:underline"
                  >
                    {document.number && <span className="tabular-nums">{document.number} </span>}
                    <bdi>{document.title}</bdi>
                  </a>
                </dd>
              </div>
            ))}
          </dl>
        )}
        <ShowMore list={found} className="mt-4" />
      </main>
    </>
  )
}

function NoTerms({ asked, onShowAll }: { readonly asked: string; readonly onShowAll: () => void }) {
  if (asked !== '') {
    return (
      <Empty title="No term has these words" actions={<Button onClick={onShowAll}>Show all</Button>}>
        None of the documents that you may read explains one like that.
      </Empty>
    )
  }
  return (
    <Empty title="No terms yet">
      Words that a document explains in its Terminology section stand here, a minute after they were written:
      an item <em>term: meaning</em> of a list, or a row of a table.
    </Empty>
  )
}
