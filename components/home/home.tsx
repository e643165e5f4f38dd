'use client'

import { FileUp, Plus } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { DocumentAnswer } from '../../lib/api'
import { type Status, statuses } from '../../lib/document'
import { TopBar } from '../shell/top-bar'
import { UserMenu, type UserMenuProps } from '../shell/user-menu'
import { Button } from '../ui/button'
import { DocumentList } from './document-list'
import { DropZone } from './drop-zone'
import { FilterTabs } from './filter-tabs'
import { Greeting } from './greeting'
import { filterAddress, type HomeFilter, isNarrowed, parseFilter } from './home-filter'
import { ImportDialog, MembersDialog, NewDocumentDialog, RenameDialog, useEver, warm } from './lazy-dialogs'
import type { RowAction } from './row-menu'
import { SearchField } from './search-field'
import type { TemplateOption } from './template-choice'
import { useBin } from './use-bin'
import { type DocumentPage, useDocuments } from './use-documents'
import { useImport } from './use-import'

export interface HomeProps extends UserMenuProps {
  /** The first page of the list for the filter in the address, as the server read it. */
  first: DocumentPage
  templates: readonly TemplateOption[]
  /** The server's time, in milliseconds since the epoch. */
  nowMs: number
}

const typingPauseMs = 180

const goTo = (to: HomeFilter) => window.history.replaceState(null, '', filterAddress(to))

export function Home({ person, theme, first, templates, nowMs }: HomeProps) {
  const params = useSearchParams()
  const filter = parseFilter(params)
  const [firstFilter] = useState(filter)
  const [words, setWords] = useState(filter.q)
  const [creating, setCreating] = useState(false)
  const [action, setAction] = useState<{ kind: RowAction; document: DocumentAnswer } | null>(null)
  const search = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const documents = useDocuments(filter, first, firstFilter)
  const { state: imported, begin, close } = useImport()
  const bin = useBin()

  const settled = useRef(filter)
  useEffect(() => {
    settled.current = filter
  })
  useEffect(() => {
    const timer = setTimeout(() => {
      if (words.trim() !== settled.current.q) goTo({ ...settled.current, q: words.trim() })
    }, typingPauseMs)
    return () => clearTimeout(timer)
  }, [words])

  const everCreating = useEver(creating)
  const everImporting = useEver(imported.step !== 'idle')
  const everRenaming = useEver(action?.kind === 'rename')
  const [membersOf, setMembersOf] = useState<string | null>(null)
  const onAction = (kind: RowAction, document: DocumentAnswer) => {
    if (kind === 'bin') void bin.move(document)
    else setAction({ kind, document })
    if (kind === 'members') setMembersOf(document.id)
  }
  const onFiles = useCallback((files: File[]) => void begin(files), [begin])
  const choose = () => {
    warm('import')
    file.current?.click()
  }
  const openNew = () => setCreating(true)

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
          onPointerEnter={() => warm('create')}
          onFocus={() => warm('create')}
          className="max-sm:w-[34px] max-sm:px-0 pointer-coarse:max-sm:w-10"
        >
          <Plus size={17} className="sm:hidden" aria-hidden="true" />
          <span className="max-sm:sr-only">New document</span>
        </Button>
        <UserMenu person={person} theme={theme} />
      </TopBar>
      <main className="mx-auto max-w-[1180px] px-4 pt-4 pb-16 sm:px-6 sm:pt-6">
        <Greeting name={person.name} nowMs={nowMs} />
        <div className="mt-6 mb-2.5 flex flex-wrap items-center gap-x-2 gap-y-1.5">
          <h2 className="mr-auto font-[600] text-ink-2 text-s">Documents</h2>
          {(isNarrowed(filter) || first.items.length > 1) && (
            <>
              <div className="order-1 -mx-0.5 flex min-w-0 max-md:w-full md:order-none">
                <FilterTabs filter={filter} present={presentStatuses(first, filter)} onChange={goTo} />
              </div>
              <span aria-hidden="true" className="mx-1 h-4 w-px shrink-0 bg-line max-md:hidden" />
            </>
          )}
          <Button look="quiet" size="s" onClick={choose} className="-mr-2.5">
            <FileUp size={15} aria-hidden="true" />
            Import
          </Button>
        </div>
        <DocumentList
          {...{ documents, filter, nowMs, onAction, openNew, choose }}
          listRef={list}
          onLeave={() => search.current?.focus()}
          onClear={() => {
            setWords('')
            goTo({ q: '', mine: false, status: null })
          }}
        />
      </main>
      <input
        ref={file}
        type="file"
        accept=".md,.markdown,.mdown,.txt,text/markdown"
        aria-label="Markdown file to import"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          // So that the same file can be chosen again.
          event.target.value = ''
          if (files.length > 0) void begin(files)
        }}
      />
      <DropZone onFiles={onFiles} />
      {everCreating && <NewDocumentDialog open={creating} onOpenChange={setCreating} templates={templates} />}
      {everImporting && (
        <ImportDialog
          state={imported}
          onRetry={(again) => void begin([again])}
          onChoose={choose}
          onClose={close}
        />
      )}
      {everRenaming && (
        <RenameDialog
          document={action?.kind === 'rename' ? action.document : null}
          onClose={() => setAction(null)}
        />
      )}
      {membersOf && (
        <MembersDialog
          documentId={membersOf}
          open={action?.kind === 'members'}
          onOpenChange={(open) => !open && setAction(null)}
        />
      )}
    </>
  )
}

/** Which states are worth a filter: those that occur, once there is more than one, and the chosen one. */
function presentStatuses(first: DocumentPage, filter: HomeFilter): Status[] {
  const found = new Set(first.items.map((document) => document.status))
  return statuses.filter((status) => status === filter.status || (found.size > 1 && found.has(status)))
}
