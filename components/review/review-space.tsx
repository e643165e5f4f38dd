import type { ReactNode } from 'react'
import { lazyPart } from '../shell/lazy-part'
import type { ReviewWindowsProps } from './review-windows'
import type { Reviewing } from './use-reviewing'

const ReviewWindows = lazyPart(() => import('./review-windows').then((module) => module.ReviewWindows))
const WritingStrip = lazyPart(() => import('./writing-strip').then((module) => module.WritingStrip))
const PinnedView = lazyPart(() => import('./pinned-view').then((module) => module.PinnedView))
const ComparisonView = lazyPart(() => import('./comparison-view').then((module) => module.ComparisonView))

export interface ReviewSpaceProps
  extends Pick<
    ReviewWindowsProps,
    'documentId' | 'personId' | 'abilities' | 'sections' | 'threads' | 'onThread'
  > {
  readonly reviewing: Reviewing
}

/** What of a review floats over the page: its windows, and the strip while one is being written. */
export function ReviewSpace({ reviewing, ...rest }: ReviewSpaceProps) {
  const { review, actions, desk } = reviewing
  if (!review) return null
  const { draft } = review.mine
  const unsent = rest.threads.flatMap((thread) =>
    thread.comments.filter((comment) => thread.unsent || comment.unsent),
  ).length
  const onSince = () => {
    if (draft)
      desk.compare({
        from: draft.version,
        since: `you began your review of version ${draft.version.number}`,
        sectionIds: null,
        mine: false,
      })
  }
  return (
    <>
      {draft && (
        <WritingStrip
          draft={draft}
          comments={unsent}
          desk={desk}
          onSince={onSince}
          onDiscard={() => void actions.discard()}
        />
      )}
      {desk.window && <ReviewWindows {...rest} {...{ review, desk, actions, onSince }} comments={unsent} />}
    </>
  )
}

export interface ComparedProps {
  readonly documentId: string
  readonly personId: string
  readonly reviewing: Reviewing
  /** The text, kept as it is beneath a redline. */
  readonly children: ReactNode
}

/** The text of the page, or what changed in it, or what it was when the review was begun. */
export function Compared({ documentId, personId, reviewing, children }: ComparedProps) {
  const { review, actions, desk } = reviewing
  const { comparison } = desk
  const pinned = desk.pinned ? (review?.mine.draft?.version ?? null) : null
  return (
    <>
      {comparison && review && (
        <ComparisonView
          {...{ documentId, personId, comparison, review, actions }}
          onClose={() => desk.compare(null)}
        />
      )}
      {pinned && (
        <PinnedView documentId={documentId} version={pinned} onClose={() => desk.showPinned(false)} />
      )}
      <div hidden={reviewing.covered}>{children}</div>
    </>
  )
}
