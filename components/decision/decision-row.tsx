import { FileDown } from 'lucide-react'
import type { DecisionAnswer } from '../../lib/api-decision'
import type { DecisionState } from '../../lib/content/attribute'
import { dayInWords, decisionWords } from '../editor/container/container-words'
import { documentAddress, numberWords } from '../home/document-words'
import { classes } from '../ui/classes'
import { iconButtonClass } from '../ui/icon-button-class'
import { StatusPill, type StatusTone } from '../ui/status-pill'
import { tip } from '../ui/tip'

const tones: Record<DecisionState, StatusTone> = {
  proposed: 'draft',
  accepted: 'approved',
  rejected: 'abandoned',
  superseded: 'superseded',
}

/** The day that was said; else when it was first seen, which says less. */
function whenWords({ day, notedAt }: Pick<DecisionAnswer, 'day' | 'notedAt'>): string {
  return day ? dayInWords(day) : `noted ${dayInWords(notedAt)}`
}

/** One decision: what, where it stands, who and when, and the document that it is in; the line leads to its block. */
export function DecisionRow({ decision }: { decision: DecisionAnswer }) {
  const { document, blockId, text, state, deciders, section } = decision
  const record = `/api/v1/documents/${document.id}/decisions/${blockId}`
  return (
    <li className="group relative flex items-start gap-x-3 border-line-soft border-t py-3.5 pr-2.5 pl-4 first:border-t-0 focus-within:bg-desk/50 hover:bg-desk/70 max-sm:flex-wrap">
      <span className="w-28 shrink-0 pt-0.5 max-sm:w-full">
        <StatusPill tone={tones[state]} plain>
          {decisionWords[state]}
        </StatusPill>
      </span>
      <span className="min-w-0 flex-1">
        <a
          href={`${documentAddress(document.id)}#${blockId}`}
          data-row-link
          className="block break-words font-[560] leading-snug after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:rounded-[8px] focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
        >
          <bdi>{text}</bdi>
        </a>
        <span className="mt-1 block break-words text-ink-2 text-s">
          <bdi>{deciders && `${deciders} · `}</bdi>
          {whenWords(decision)}
        </span>
        <span className="mt-0.5 block break-words text-ink-3 text-s">
          <span className="tabular-nums">{numberWords(document.number)}</span> <bdi>{document.title}</bdi>
          {section && (
            <>
              {' · '}
              <bdi>{section}</bdi>
            </>
          )}
        </span>
      </span>
      <a
        href={record}
        download={`decision-${blockId}.md`}
        {...tip({ text: 'Export as a decision record' })}
        aria-label={`Export as a decision record: ${text}`}
        className={classes(
          iconButtonClass('s'),
          'relative z-10 opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100',
        )}
      >
        <FileDown size={16} aria-hidden="true" />
      </a>
    </li>
  )
}
