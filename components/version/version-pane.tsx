import { PenLine, Undo2 } from 'lucide-react'
import type { VersionAnswer } from '../../lib/api-version'
import { head } from '../../lib/version'
import { Button } from '../ui/button'
import { Select, type SelectOption } from '../ui/select'
import { exactWords } from '../ui/when-words'
import { type HistoryPlace, itself } from './history-place'
import { RedlineView } from './redline-view'
import { versionTitle } from './timeline-rows'
import { VersionText } from './version-text'

export interface VersionPaneProps {
  readonly documentId: string
  /** The newest first. */
  readonly versions: readonly VersionAnswer[]
  readonly place: HistoryPlace
  readonly onPlace: (place: HistoryPlace) => void
  /** Null: this person may not. */
  readonly onName: ((what: VersionAnswer | 'now') => void) | null
  readonly onPutBack: ((version: VersionAnswer) => void) | null
}

/** The version that is looked at: what it changed since another one, or its text. */
export function VersionPane({ documentId, versions, place, onPlace, onName, onPutBack }: VersionPaneProps) {
  const index = versions.findIndex(({ id }) => id === place.to)
  const version = versions[index] ?? null
  const before = place.to === head ? versions[0] : versions[index + 1]
  const from = place.from ?? before?.id ?? itself
  const options: SelectOption<string>[] = [
    ...(version ? [{ value: itself, label: 'Nothing, its text alone' }] : []),
    ...(version ? [{ value: head, label: 'Now' }] : []),
    ...versions
      .filter(({ id }) => id !== place.to)
      .map((one) => ({ value: one.id, label: `Version ${one.number}`, note: versionTitle(one) })),
  ]
  // An address may name one that is further back than what was read.
  if (!options.some(({ value }) => value === from) && from !== itself) {
    options.push({ value: from, label: 'An older version' })
  }
  return (
    <>
      <header className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <h2 className="break-words font-[640] text-l leading-snug">
            {version ? versionTitle(version) : 'Now'}
          </h2>
          <p className="text-ink-3 text-s" suppressHydrationWarning>
            {version ? aboutWords(version) : 'The text as it is saved'}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {onName && (
            <Button size="s" onClick={() => onName(version ?? 'now')}>
              <PenLine size={14} aria-hidden="true" />
              {version ? (version.name === null ? 'Name' : 'Rename') : 'Keep this version'}
            </Button>
          )}
          {version && onPutBack && (
            <Button size="s" onClick={() => onPutBack(version)}>
              <Undo2 size={14} aria-hidden="true" />
              Put back
            </Button>
          )}
        </div>
      </header>
      {options.length > 0 && (
        <div className="mb-2 flex items-center gap-1 text-ink-2 text-s">
          <span aria-hidden="true">Compared with</span>
          <Select
            label="Compare with"
            look="quiet"
            value={from}
            options={options}
            onChange={(chosen) => onPlace({ ...place, from: chosen })}
          />
        </div>
      )}
      {shown(documentId, version, from)}
    </>
  )
}

/** The earlier text is always the one that changes are shown since, `head` included. */
function shown(documentId: string, version: VersionAnswer | null, from: string) {
  if (version === null)
    return from === itself ? null : <RedlineView documentId={documentId} from={from} to={head} />
  if (from === itself) return <VersionText documentId={documentId} versionId={version.id} />
  return from === head ? (
    <RedlineView documentId={documentId} from={version.id} to={head} />
  ) : (
    <RedlineView documentId={documentId} from={from} to={version.id} />
  )
}

function aboutWords({ number, createdAt, createdBy, contributors }: VersionAnswer): string {
  const names = contributors.map(({ name }) => name)
  const wrote = names.length > 0 ? `written by ${listWords(names)}` : null
  const kept = createdBy ? `kept by ${createdBy.name}` : null
  return [`Version ${number}`, exactWords(new Date(createdAt)), wrote, kept].filter(Boolean).join(' · ')
}

const listWords = (names: readonly string[]): string => new Intl.ListFormat('en').format(names)
