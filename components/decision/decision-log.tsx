'use client'

import { ArrowLeft } from 'lucide-react'
import { useDeferredValue, useRef, useState } from 'react'
import { decisionStates } from '../../lib/content/attribute'
import { decisionWords } from '../editor/container/container-words'
import { Empty } from '../home/empty'
import { ListFrame } from '../home/list-frame'
import { SearchField } from '../home/search-field'
import { FetchError } from '../shell/fetch-error'
import { TopBar } from '../shell/top-bar'
import { UserMenu, type UserMenuProps } from '../shell/user-menu'
import { Button } from '../ui/button'
import { classes } from '../ui/classes'
import { DecisionRow } from './decision-row'
import { type DecisionPage, everyDecision, useDecisions } from './use-decisions'

export interface DecisionLogProps extends UserMenuProps {
  /** The first page, as the server read it. */
  first: DecisionPage
}

/** What was decided, in all documents that I may read. */
export function DecisionLog({ person, theme, first }: DecisionLogProps) {
  const [filter, setFilter] = useState(everyDecision)
  const asked = useDeferredValue(filter)
  const list = useDecisions(asked, first)
  const search = useRef<HTMLInputElement>(null)
  const rows = useRef<HTMLUListElement>(null)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const isNarrowed = filter.state !== null || filter.words !== ''
  return (
    <>
      <TopBar>
        <SearchField
          value={filter.words}
          onChange={(words) => setFilter({ ...filter, words })}
          onDown={() => rows.current?.querySelector<HTMLElement>('[data-row-link]')?.focus()}
          inputRef={search}
          what="decisions"
        />
        <UserMenu person={person} theme={theme} />
      </TopBar>
      <main className="mx-auto max-w-[820px] px-4 pt-4 pb-16 sm:px-6 sm:pt-6">
        <a
          href="/"
          className="-ml-1.5 inline-flex items-center gap-1.5 rounded-s px-1.5 py-1 text-ink-3 text-s hover:bg-sunk hover:text-ink"
        >
          <ArrowLeft size={15} aria-hidden="true" />
          Documents
        </a>
        <div className="mt-2 mb-5 flex flex-wrap items-center gap-x-2 gap-y-2">
          <h1 className="mr-auto font-[680] text-[1.625rem] leading-tight tracking-[-0.02em]">Decisions</h1>
          <fieldset className="-mx-0.5 flex min-w-0 max-w-full items-center gap-1 overflow-x-auto p-0.5">
            <legend className="sr-only">Which decisions</legend>
            {([null, ...decisionStates] as const).map((state) => (
              <button
                key={state}
                type="button"
                aria-pressed={filter.state === state}
                onClick={() => setFilter({ ...filter, state })}
                className={classes(
                  'whitespace-nowrap rounded-s px-2.5 py-1.5 font-medium text-s transition-colors pointer-coarse:py-2.5',
                  filter.state === state
                    ? 'bg-sunk text-ink'
                    : 'text-ink-3 hover:bg-sunk hover:text-ink active:bg-line',
                )}
              >
                {state === null ? 'All' : decisionWords[state]}
              </button>
            ))}
          </fieldset>
        </div>
        {list.isError && items.length === 0 ? (
          <FetchError error={list.error} what="The list of decisions" onRetry={() => void list.refetch()} />
        ) : items.length > 0 ? (
          <ListFrame
            label="Decisions"
            listRef={rows}
            onLeave={() => search.current?.focus()}
            stale={list.isPlaceholderData}
          >
            {items.map((decision) => (
              <DecisionRow key={`${decision.document.id} ${decision.blockId}`} decision={decision} />
            ))}
          </ListFrame>
        ) : isNarrowed ? (
          <Empty
            title="No decision is like that"
            actions={<Button onClick={() => setFilter(everyDecision)}>Show all</Button>}
          >
            None of the documents that you may read has one in this state and with these words.
          </Empty>
        ) : (
          <Empty title="Nothing was decided yet">
            Decisions stand in documents: type <em>/decision</em> where one is made, and it is found here.
          </Empty>
        )}
        {list.hasNextPage && (
          <div className="mt-4 text-center">
            <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </main>
    </>
  )
}
