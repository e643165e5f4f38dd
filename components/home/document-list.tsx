'use client'

import type { Ref } from 'react'
import type { ReviewBriefAnswer } from '../../lib/api-review'
import { FetchError } from '../shell/fetch-error'
import { ShowMore } from '../shell/show-more'
import { Button } from '../ui/button'
import { DocumentRow } from './document-row'
import { Empty } from './empty'
import { type HomeFilter, isNarrowed } from './home-filter'
import { ListFrame, ListSkeleton } from './list-frame'
import type { RowTarget } from './row-target'
import type { useDocuments } from './use-documents'
import { useReviews } from './use-reviews'

export interface DocumentListProps {
  documents: ReturnType<typeof useDocuments>
  /** Who reviews the first of them, as the server read it. */
  firstReviews: readonly ReviewBriefAnswer[]
  filter: HomeFilter
  nowMs: number
  /** Whose row's menu is open. */
  menuOf: RowTarget | null
  onMenu: (target: RowTarget | null) => void
  /** Arrow up on the first row. */
  onLeave: () => void
  onClear: () => void
  openNew: () => void
  choose: () => void
  listRef: Ref<HTMLUListElement>
}

/** The list in each of its states: on its way, failed, nothing found, nothing there yet, rows. */
export function DocumentList(props: DocumentListProps) {
  const {
    documents,
    firstReviews,
    filter,
    nowMs,
    menuOf,
    onMenu,
    onLeave,
    onClear,
    openNew,
    choose,
    listRef,
  } = props
  const items = documents.data?.pages.flatMap((page) => page.items) ?? []
  const reviews = useReviews(
    items.map((document) => document.id),
    firstReviews,
  )
  const firstSteps = (
    <>
      <Button onClick={choose}>Import a Markdown file</Button>
      <Button look="primary" onClick={openNew}>
        New document
      </Button>
    </>
  )
  if (documents.isPending) return <ListSkeleton />
  return (
    <div className="flex flex-col gap-3">
      {documents.isError && (
        <FetchError error={documents.error} what="The list" onRetry={() => void documents.refetch()} />
      )}
      {items.length > 0 && (
        <ListFrame
          label="Documents"
          listRef={listRef}
          onLeave={onLeave}
          stale={documents.isPlaceholderData && documents.isFetching}
        >
          {items.map((document) => (
            <DocumentRow
              key={document.id}
              document={document}
              review={reviews.get(document.id)}
              nowMs={nowMs}
              menuOpen={menuOf?.document.id === document.id}
              onMenu={onMenu}
            />
          ))}
        </ListFrame>
      )}
      {items.length === 0 &&
        !documents.isError &&
        (isNarrowed(filter) ? (
          <Empty title="Nothing matches" actions={<Button onClick={onClear}>Show all documents</Button>}>
            {filter.q
              ? `No document that you may read has a title with “${filter.q}”${filter.mine || filter.status ? ' and fits the filter' : ''}.`
              : 'No document that you may read fits this filter.'}
          </Empty>
        ) : (
          <Empty title="No documents yet" actions={firstSteps}>
            A design document says what is to be built, why, and what else was considered. Start one from the
            template, or bring a Markdown file; it is yours alone until you add people.
          </Empty>
        ))}
      {items.length === 1 && items[0]?.number === null && !isNarrowed(filter) && (
        <Empty title="Your first document" actions={firstSteps}>
          The sample shows what a document can do. Start your own from the template, or drop a Markdown file
          anywhere on this page.
        </Empty>
      )}
      <ShowMore list={documents} />
      <p role="status" className="sr-only">
        {documents.isFetching ? '' : `${items.length}${documents.hasNextPage ? ' or more' : ''} documents`}
      </p>
    </div>
  )
}
