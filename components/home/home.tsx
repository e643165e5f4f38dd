'use client'

import { FileUp, Gavel, Plus } from 'lucide-react'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import type { ReviewBriefAnswer } from '../../lib/api-review'
import { markdownEndings, type Status, statuses } from '../../lib/document'
import { TopBar } from '../shell/top-bar'
import { UserMenu, type UserMenuProps } from '../shell/user-menu'
import { Button } from '../ui/button'
import { buttonClass } from '../ui/button-class'
import { DocumentList } from './document-list'
import { DropZone } from './drop-zone'
import { FilterTabs } from './filter-tabs'
import { Greeting } from './greeting'
import { type HomeFilter, isNarrowed } from './home-filter'
import { HomeWindows } from './home-windows'
import type { RowTarget } from './row-target'
import { SearchField } from './search-field'
import type { TemplateOption } from './template-choice'
import { type DocumentPage, useDocuments } from './use-documents'
import { useHomeFilter } from './use-home-filter'
import { useImport } from './use-import'
import { useLiveDocuments } from './use-live-documents'
import { useNewDocument } from './use-new-document'

/** What the chooser of the device offers. Some know no endings, only media types; the name decides afterwards. */
const offeredFiles = [...markdownEndings, 'text/markdown'].join(',')

export interface HomeProps extends UserMenuProps {
  /** The first page of the list for the filter in the address, as the server read it. */
  first: DocumentPage
  /** Who reviews the documents of that page. */
  firstReviews: readonly ReviewBriefAnswer[]
  templates: readonly TemplateOption[]
  /** The way to what waits on me, and the most urgent of it. */
  inbox: ReactNode
  waits: ReactNode
  /** Somebody has decided something in a document that this person may read. */
  hasDecisions: boolean
  /** The server's time, in milliseconds since the epoch. */
  nowMs: number
}

export function Home(props: HomeProps) {
  const { person, first, firstReviews, templates, inbox, waits, hasDecisions, nowMs } = props
  const { filter, goTo, words, setWords, clear } = useHomeFilter()
  const [firstFilter] = useState(filter)
  const documents = useDocuments(filter, first, firstFilter)
  useLiveDocuments()
  const imports = useImport()
  const { begin } = imports
  const [creating, setCreating] = useState(false)
  const [menuOf, setMenuOf] = useState<RowTarget | null>(null)
  const search = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const file = useRef<HTMLInputElement>(null)

  const shown = documents.data?.pages[0]?.items ?? []
  const statusesThere = new Set([...first.items, ...shown].map((document) => document.status))
  const onFiles = useCallback((files: File[]) => void begin(files), [begin])
  const choose = () => file.current?.click()
  const openNew = () => setCreating(true)
  useNewDocument(openNew)

  return (
    <>
      <TopBar>
        <SearchField
          value={words}
          onChange={setWords}
          onDown={() => list.current?.querySelector<HTMLElement>('[data-row-link]')?.focus()}
          inputRef={search}
        />
        <Button
          look="primary"
          onClick={openNew}
          className="max-sm:w-[34px] max-sm:px-0 pointer-coarse:max-sm:w-10"
        >
          <Plus size={17} className="sm:hidden" aria-hidden="true" />
          <span className="max-sm:sr-only">New document</span>
        </Button>
        {inbox}
        <UserMenu person={person} />
      </TopBar>
      <main className="mx-auto max-w-[1180px] px-4 pt-4 pb-16 sm:px-6 sm:pt-6">
        <Greeting name={person.name} nowMs={nowMs} />
        {waits}
        <div className="mt-6 mb-2.5 flex flex-wrap items-center gap-x-2 gap-y-1.5">
          <h2 className="mr-auto font-[600] text-ink-2 text-s">Documents</h2>
          {(isNarrowed(filter) || shown.length > 1) && (
            <>
              <div className="order-1 -mx-0.5 flex min-w-0 max-md:w-full md:order-none">
                <FilterTabs filter={filter} present={worthFiltering(statusesThere, filter)} onChange={goTo} />
              </div>
              <span aria-hidden="true" className="mx-1 h-4 w-px shrink-0 bg-line max-md:hidden" />
            </>
          )}
          {hasDecisions && (
            <a href="/decisions" className={buttonClass('quiet', 's')}>
              <Gavel size={15} aria-hidden="true" />
              Decisions
            </a>
          )}
          <Button look="quiet" size="s" onClick={choose} className="-mr-2.5">
            <FileUp size={15} aria-hidden="true" />
            Import
          </Button>
        </div>
        <DocumentList
          {...{ documents, firstReviews, filter, nowMs, menuOf, openNew, choose }}
          listRef={list}
          onMenu={setMenuOf}
          onLeave={() => search.current?.focus()}
          onClear={clear}
        />
        <input
          ref={file}
          type="file"
          accept={offeredFiles}
          aria-label="Markdown file to import"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])]
            // So that the same file can be chosen again.
            event.target.value = ''
            if (files.length > 0) onFiles(files)
          }}
        />
      </main>
      <DropZone onFiles={onFiles} />
      <HomeWindows
        {...{ templates, creating, imports, menuOf }}
        onCreating={setCreating}
        onChoose={choose}
        onMenuClose={(button) => setMenuOf((open) => (open?.button === button ? null : open))}
      />
    </>
  )
}

/** Which states are worth a filter: those that occur, once there is more than one, and the chosen one. */
const worthFiltering = (there: ReadonlySet<Status>, filter: HomeFilter): Status[] =>
  statuses.filter((status) => status === filter.status || (there.size > 1 && there.has(status)))
