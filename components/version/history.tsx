'use client'

import { useEffect, useState } from 'react'
import type { VersionAnswer } from '../../lib/api-version'
import { head } from '../../lib/version'
import { BackLink } from '../shell/back-link'
import { FetchError } from '../shell/fetch-error'
import { TopBar } from '../shell/top-bar'
import { UserMenu, type UserMenuProps } from '../shell/user-menu'
import { Button } from '../ui/button'
import { PageTitle } from '../ui/page-title'
import { Skeleton } from '../ui/skeleton'
import { addressOfPlace, type HistoryPlace } from './history-place'
import { NameDialog } from './name-dialog'
import { PutBackDialog } from './put-back-dialog'
import { Timeline } from './timeline'
import { useRenewVersions, useVersions } from './use-versions'
import { VersionPane } from './version-pane'

export interface HistoryProps extends UserMenuProps {
  readonly document: { readonly id: string; readonly number: string | null; readonly title: string }
  /** What the address names. */
  readonly place: HistoryPlace
  readonly mayKeep: boolean
  readonly mayPutBack: boolean
  /** The server's time, in milliseconds since the epoch. */
  readonly nowMs: number
}

type Asked = { kind: 'name'; what: VersionAnswer | 'now' } | { kind: 'put back'; version: VersionAnswer }

/** How a document came to be what it is: its versions, any two beside each other, and the way back to each. */
export function History({ document, place: given, mayKeep, mayPutBack, nowMs, person }: HistoryProps) {
  const [place, setPlace] = useState(given)
  const [asked, setAsked] = useState<Asked | null>(null)
  const query = useVersions(document.id)
  const renew = useRenewVersions(document.id)
  const versions = query.data?.pages.flatMap(({ items }) => items) ?? []
  const { hasNextPage, isFetching, fetchNextPage } = query
  const isUnread = place.to !== head && !versions.some(({ id }) => id === place.to)
  useEffect(() => {
    // An address may name one that is further back.
    if (isUnread && hasNextPage && !isFetching) void fetchNextPage()
  }, [isUnread, hasNextPage, isFetching, fetchNextPage])
  const goTo = (next: HistoryPlace) => {
    setPlace(next)
    window.history.replaceState(null, '', addressOfPlace(`/d/${document.id}/history`, next))
  }
  return (
    <>
      <TopBar>
        <span className="flex-1" />
        <UserMenu person={person} />
      </TopBar>
      <main className="mx-auto max-w-[1180px] px-4 pt-4 pb-16 sm:px-6 sm:pt-6">
        <BackLink href={`/d/${document.id}`}>
          {document.number ? `${document.number} · ` : ''}
          {document.title}
        </BackLink>
        <PageTitle className="mt-2 mb-5">History</PageTitle>
        {query.isError && (
          <FetchError error={query.error} what="The history" onRetry={() => void query.refetch()} />
        )}
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 min-[900px]:grid-cols-[280px_minmax(0,1fr)]">
          <nav
            aria-label="Versions"
            className="min-[900px]:sticky min-[900px]:top-4 min-[900px]:max-h-[calc(100dvh-2rem)] min-[900px]:overflow-y-auto max-[899px]:max-h-[38dvh] max-[899px]:overflow-y-auto"
          >
            {query.isPending ? (
              <TimelineSkeleton />
            ) : (
              <Timeline
                versions={versions}
                chosen={place.to}
                onChoose={(to) => goTo({ to, from: null })}
                nowMs={nowMs}
              />
            )}
            {query.hasNextPage && (
              <Button
                className="mt-2 ml-3"
                size="s"
                busy={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                Show older
              </Button>
            )}
          </nav>
          <section
            aria-label="Version"
            className="min-w-0 rounded-m border border-line bg-paper px-5 pt-5 pb-10 sm:px-10"
          >
            {query.data && versions.length === 0 ? (
              <NoVersions onKeep={mayKeep ? () => setAsked({ kind: 'name', what: 'now' }) : null} />
            ) : (
              query.data && (
                <VersionPane
                  key={`${place.to} ${place.from}`}
                  documentId={document.id}
                  versions={versions}
                  place={place}
                  onPlace={goTo}
                  onName={mayKeep ? (what) => setAsked({ kind: 'name', what }) : null}
                  onPutBack={mayPutBack ? (version) => setAsked({ kind: 'put back', version }) : null}
                />
              )
            )}
          </section>
        </div>
      </main>
      {asked?.kind === 'name' && (
        <NameDialog
          documentId={document.id}
          what={asked.what}
          onClose={() => setAsked(null)}
          onNamed={(version) => {
            void renew()
            goTo({ to: version.id, from: null })
          }}
        />
      )}
      {asked?.kind === 'put back' && (
        <PutBackDialog version={asked.version} onClose={() => setAsked(null)} onDone={renew} />
      )}
    </>
  )
}

function NoVersions({ onKeep }: { onKeep: (() => void) | null }) {
  return (
    <div className="py-6">
      <h2 className="font-[640] text-l">No version yet</h2>
      <p className="mt-1 mb-4 max-w-prose text-ink-2">
        A version is the whole text as it was at one moment. One is kept by itself ten minutes after the last
        edit, before much is deleted, and at every review and change of status. Any two can be compared, and
        each can be put back.
      </p>
      {onKeep && (
        <Button look="primary" onClick={onKeep}>
          Keep a version now
        </Button>
      )}
    </div>
  )
}

function TimelineSkeleton() {
  return (
    <div role="status" aria-label="Reading the history" className="flex flex-col gap-3 px-3">
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="h-9 w-full" />
      ))}
    </div>
  )
}
