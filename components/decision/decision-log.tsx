'use client'

import { useRef, useState } from 'react'
import { decisionStates } from '../../lib/content/attribute'
import { decisionWords } from '../editor/container/container-words'
import { Empty } from '../home/empty'
import { ListFrame } from '../home/list-frame'
import { SearchField } from '../home/search-field'
import { BackLink } from '../shell/back-link'
import { FetchError } from '../shell/fetch-error'
import { ShowMore } from '../shell/show-more'
import { TopBar } from '../shell/top-bar'
import { UserMenu, type UserMenuProps } from '../shell/user-menu'
import { Button } from '../ui/button'
import { Choice } from '../ui/choice'
import { PageTitle } from '../ui/page-title'
import { typingPauseMs, useSettled } from '../use-settled'
import { DecisionRow } from './decision-row'
import { type DecisionPage, everyDecision, useDecisions } from './use-decisions'

export interface DecisionLogProps extends UserMenuProps {
  /** The first page, as the server read it. */
  first: DecisionPage
}

const choices = [
  { value: null, text: 'All' },
  ...decisionStates.map((state) => ({ value: state, text: decisionWords[state] })),
]

/** What was decided, in all documents that I may read. */
export function DecisionLog({ person, first }: DecisionLogProps) {
  const [filter, setFilter] = useState(everyDecision)
  const words = filter.words.trim()
  const asked = useSettled(words, words === '' ? 0 : typingPauseMs)
  const list = useDecisions({ ...filter, words: asked }, first)
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
        <UserMenu person={person} />
      </TopBar>
      <main className="mx-auto max-w-[820px] px-4 pt-4 pb-16 sm:px-6 sm:pt-6">
        <BackLink href="/">Documents</BackLink>
        <div className="mt-2 mb-5 flex flex-wrap items-center gap-x-2 gap-y-2">
          <PageTitle className="mr-auto">Decisions</PageTitle>
          <Choice
            legend="Which decisions"
            choices={choices}
            value={filter.state}
            onChange={(state) => setFilter({ ...filter, state })}
          />
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
        <ShowMore list={list} className="mt-4" />
      </main>
    </>
  )
}
