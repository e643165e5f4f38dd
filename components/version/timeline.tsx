import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { VersionAnswer } from '../../lib/api-version'
import { head } from '../../lib/version'
import { Avatar } from '../ui/avatar'
import { classes } from '../ui/classes'
import { dayWords, timelineOf, timeWords, versionTitle } from './timeline-rows'

export interface TimelineProps {
  /** The newest first. */
  readonly versions: readonly VersionAnswer[]
  /** A version's id, or `head`. */
  readonly chosen: string
  readonly onChoose: (id: string) => void
  /** Milliseconds since the epoch. */
  readonly nowMs: number
}

/** The history of a document: the text as it is, and below it the versions by day. */
export function Timeline({ versions, chosen, onChoose, nowMs }: TimelineProps) {
  const now = new Date(nowMs)
  const choose = { chosen, onChoose }
  return (
    <ol aria-label="Versions" className="flex flex-col">
      <li>
        <Row id={head} {...choose}>
          <span className="font-[580]">Now</span>
          <span className="text-ink-3 text-xs">The text as it is saved</span>
        </Row>
      </li>
      {timelineOf(versions).map((day) => (
        <li key={day.key}>
          <h2 className="px-3 pt-4 pb-1 font-[560] text-ink-3 text-xs" suppressHydrationWarning>
            {dayWords(day.date, now)}
          </h2>
          <ol>
            {day.rows.map((row) =>
              row.kind === 'version' ? (
                <VersionRow key={row.version.id} version={row.version} {...choose} />
              ) : (
                <Burst key={row.versions[0]?.id} versions={row.versions} {...choose} />
              ),
            )}
          </ol>
        </li>
      ))}
    </ol>
  )
}

type Choose = Pick<TimelineProps, 'chosen' | 'onChoose'>

/** How the text came about between two versions that somebody meant: one line until it is opened. */
function Burst({ versions, ...choose }: Choose & { versions: readonly VersionAnswer[] }) {
  const holdsChosen = versions.some(({ id }) => id === choose.chosen)
  const [wanted, setWanted] = useState(false)
  const open = wanted || holdsChosen
  const Sign = open ? ChevronDown : ChevronRight
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setWanted(!open)}
        className="flex min-h-9 w-full items-center gap-1.5 rounded-s px-3 text-left text-ink-2 text-s hover:bg-sunk pointer-coarse:min-h-11"
      >
        <Sign size={14} aria-hidden="true" className="text-ink-3" />
        {versions.length} edits
      </button>
      {open && (
        <ol className="ml-4 border-line-soft border-l pl-1">
          {versions.map((version) => (
            <VersionRow key={version.id} version={version} {...choose} />
          ))}
        </ol>
      )}
    </li>
  )
}

function VersionRow({ version, ...choose }: Choose & { version: VersionAnswer }) {
  const { id, number, createdAt, contributors } = version
  return (
    <li>
      <Row id={id} {...choose}>
        <span className="flex min-w-0 items-center gap-2">
          <span className={classes('min-w-0 flex-1 truncate', version.name !== null && 'font-[580]')}>
            {versionTitle(version)}
          </span>
          <span className="flex shrink-0 -space-x-1">
            {contributors.slice(0, 3).map((person) => (
              <Avatar key={person.id} name={person.name} color={person.color} size="xs" />
            ))}
          </span>
        </span>
        <span className="text-ink-3 text-xs tabular-nums">
          <time dateTime={createdAt} suppressHydrationWarning>
            {timeWords(createdAt)}
          </time>{' '}
          · Version {number}
        </span>
      </Row>
    </li>
  )
}

function Row({ id, chosen, onChoose, children }: Choose & { id: string; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-current={chosen === id || undefined}
      onClick={() => onChoose(id)}
      className={classes(
        'flex w-full min-w-0 flex-col rounded-s px-3 py-1.5 text-left text-s',
        chosen === id ? 'bg-accent-soft' : 'hover:bg-sunk',
      )}
    >
      {children}
    </button>
  )
}
