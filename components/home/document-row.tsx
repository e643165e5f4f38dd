'use client'

import Link from 'next/link'
import type { DocumentAnswer } from '../../lib/api'
import type { ReviewBriefAnswer } from '../../lib/api-review'
import { statusNames } from '../../lib/document'
import type { Turn } from '../../lib/review'
import { Avatar } from '../ui/avatar'
import { StatusPill } from '../ui/status-pill'
import { When } from '../ui/when'
import { documentAddress, numberWords, toneOf } from './document-words'
import { ReviewerFaces } from './reviewer-faces'
import { RowMenuButton } from './row-menu-button'
import type { RowTarget } from './row-target'

/** Columns of a row where there is room: number, title, status, reviewers, owner, last change, menu. */
export const rowColumns =
  'md:grid-cols-[84px_minmax(0,1fr)_124px_34px] lg:grid-cols-[84px_minmax(0,1fr)_128px_92px_168px_96px_34px]'

const turnWords: Record<Turn, string> = { authors: 'authors’ turn', reviewers: 'reviewers’ turn' }

export interface DocumentRowProps {
  document: DocumentAnswer
  /** Who reviews it; absent: nobody was asked. */
  review: ReviewBriefAnswer | undefined
  nowMs: number
  /** This row's menu is open. */
  menuOpen: boolean
  onMenu: (target: RowTarget | null) => void
}

/** A document in a list. The whole row is the link; the menu stands above it. */
export function DocumentRow({ document, review, nowMs, menuOpen, onMenu }: DocumentRowProps) {
  const { owner } = document
  const turn = review?.turn ? turnWords[review.turn] : null
  return (
    <li
      className={`group relative grid min-h-[52px] grid-cols-[minmax(0,1fr)_34px] items-center gap-x-4 border-line-soft border-t py-2 pr-2.5 pl-[18px] transition-colors first:border-t-0 focus-within:bg-desk/50 hover:bg-desk/70 ${rowColumns}`}
    >
      <span className="text-ink-3 text-s tabular-nums max-md:hidden">{numberWords(document.number)}</span>
      <span className="min-w-0">
        <Link
          href={documentAddress(document.id)}
          prefetch={false}
          data-row-link
          title={document.title}
          className="block font-[580] leading-snug after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:rounded-[8px] focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus max-md:line-clamp-2 max-md:break-words md:truncate"
        >
          {document.title}
        </Link>
        <span className="mt-1 flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1 whitespace-nowrap text-ink-3 text-xs md:hidden">
          <Avatar name={owner.name} color={owner.color} size="xs" />
          <StatusPill tone={toneOf[document.status]} plain>
            {statusNames[document.status]}
          </StatusPill>
          {review && <ReviewerFaces reviewers={review.reviewers} most={2} />}
          <span className="tabular-nums">{numberWords(document.number)}</span>
          <When at={document.updatedAt} nowMs={nowMs} />
        </span>
        <span className="block truncate text-ink-3 text-xs max-md:hidden lg:hidden">
          {owner.name} · <When at={document.updatedAt} nowMs={nowMs} />
        </span>
      </span>
      <span className="max-md:hidden">
        <StatusPill tone={toneOf[document.status]} plain>
          {statusNames[document.status]}
        </StatusPill>
        {turn && <span className="block pl-4 text-ink-3 text-xs">{turn}</span>}
      </span>
      <span className="max-lg:hidden">{review && <ReviewerFaces reviewers={review.reviewers} />}</span>
      <span className="flex min-w-0 items-center gap-2 text-ink-2 text-s max-lg:hidden">
        <Avatar name={owner.name} color={owner.color} size="s" decorative />
        <span className="truncate">{owner.name}</span>
      </span>
      <When
        at={document.updatedAt}
        nowMs={nowMs}
        className="text-right text-ink-3 text-s tabular-nums max-lg:hidden"
      />
      <RowMenuButton document={document} open={menuOpen} onMenu={onMenu} />
    </li>
  )
}
