'use client'

import type { Editor } from '@tiptap/core'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Ability } from '../../lib/access'
import type { ThreadAnswer } from '../../lib/api-thread'
import { mustBeResolved } from '../../lib/thread'
import { sentenceOf } from '../call-api'
import { selectedAnchor } from '../editor/suggest/selected-anchor'
import { suggestionAnew } from '../editor/suggest/suggested-words'
import { setActiveThread, setPendingAnchor, setThreads } from '../editor/thread/thread-ranges'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { toast } from '../ui/toast'
import { type Card, CardColumn } from './card-column'
import { crowded } from './card-layout'
import { QuotedWords } from './comment-text'
import { NewThreadForm } from './composer'
import { nothingTyped } from './drafts'
import { LikelyPlaces } from './likely-places'
import { foldNits, NitFold } from './nit-fold'
import { scopeOf, sectionOf } from './section-counts'
import { SuggestionForm } from './suggestion-form'
import type { Target } from './target'
import type { ThreadAround } from './thread-around'
import { ThreadCard, type ThreadCardProps } from './thread-card'
import { ThreadHead } from './thread-head'
import { focusThreadsButton } from './threads-button'
import { targetTop, useBringIntoView } from './use-bring-into-view'
import { useLinked } from './use-linked'
import { useListed } from './use-listed'
import { useSettled } from './use-settled'
import { useSuggestionMarks } from './use-suggestion-marks'
import type { ThreadDesk } from './use-thread-desk'
import { focusCard, useThreadKeys } from './use-thread-keys'
import type { ThreadPlaces } from './use-thread-places'
import type { Threads } from './use-threads'
import { inTextOrder, isDetached, placeOf, useWordTops } from './use-word-tops'

export interface ThreadSpaceProps {
  readonly documentId: string
  readonly personId: string
  readonly abilities: ReadonlySet<Ability>
  readonly editor: Editor
  readonly places: ThreadPlaces
  readonly threads: Threads
  readonly desk: ThreadDesk
  /** What is said now goes into a review that is being written. */
  readonly gathering: boolean
  /** What this person raises can block. */
  readonly mayBlock: boolean
  readonly correction: ThreadAround['correction']
}

/** The threads of a document: cards beside their words, a list of the others; a sheet where there is no room. */
export function ThreadSpace(props: ThreadSpaceProps) {
  const { documentId, personId, abilities, editor, places, threads, desk, gathering, mayBlock, correction } =
    props
  const outline = places.outline.current
  const ranges = places.ranges.current
  const { list, actions } = threads
  const { activeId, target, drafts, wide } = desk
  const stored = useSyncExternalStore(drafts.subscribe, drafts.all, drafts.all)
  const [column, setColumn] = useState<HTMLElement | null>(null)
  /** Nits are shown one by one. */
  const [unfolded, setUnfolded] = useState(false)

  const active = list.find((thread) => thread.id === activeId) ?? null
  const open = useMemo(() => list.filter((thread) => thread.state === 'open'), [list])
  // A resolved thread is drawn while it is looked at.
  const marked = useMemo(() => (active?.state === 'resolved' ? [...open, active] : open), [open, active])
  useEffect(() => {
    if (editor.isDestroyed) return
    const drawn = marked.flatMap(({ id, anchor, kind }) =>
      anchor ? [{ id, anchor, tone: mustBeResolved(kind) ? ('must' as const) : ('plain' as const) }] : [],
    )
    setThreads(editor, drawn)
  }, [editor, marked])
  useEffect(() => {
    if (!editor.isDestroyed) setActiveThread(editor, activeId)
  }, [editor, activeId])
  const pending = target?.kind === 'text' ? target.anchor : null
  useEffect(() => {
    if (!editor.isDestroyed) setPendingAnchor(editor, pending)
  }, [editor, pending])

  useSuggestionMarks({
    editor,
    threads: open,
    ranges,
    activeId,
    showAll: desk.showsSuggestions,
    draft: target,
  })
  const answer = active && stored.get(`reply:${active.id}`)
  useSettled(active, desk, Boolean(answer?.text.trim()))
  useLinked(desk.linked, threads)

  const isGone = (thread: (typeof list)[number]) => isDetached(thread, places)
  const tops = useWordTops({ editor, threads: marked, places, column })

  useBringIntoView({ editor, places, desk, active })

  const inScope = desk.sectionId === null ? null : scopeOf(outline, desk.sectionId)
  const listed =
    inScope !== null
      ? open.filter((thread) => inScope.has(sectionOf(thread, outline, ranges) ?? ''))
      : list.filter((thread) =>
          desk.view === 'resolved'
            ? thread.state === 'resolved'
            : desk.view === 'detached'
              ? thread.state === 'open' && isGone(thread)
              : desk.view === 'mine'
                ? isWith(thread, personId)
                : thread.state === 'open',
        )
  const beside = wide && desk.view === 'open' && inScope === null
  const placed = marked
    .filter((thread) => tops.has(thread.id))
    .sort((a, b) => (tops.get(a.id) ?? 0) - (tops.get(b.id) ?? 0) || inTextOrder(a, b, places))
  const isNowhere = active !== null && isGone(active) && placeOf(active, places) === null
  const isShown = active !== null && listed.includes(active) && !(beside && isNowhere)
  useListed({ active, isShown, isNowhere, desk })
  useThreadKeys({ desk, order: beside ? placed : listed })

  const around: ThreadAround = {
    documentId,
    personId,
    abilities,
    actions,
    drafts: stored,
    onDraft: drafts.put,
    outline,
    gathering,
    mayBlock,
    correction,
    onSuggestAnew: (thread) => {
      const made = suggestionAnew(editor, thread, ranges.get(thread.id) ?? null)
      if (typeof made === 'string') toast({ text: made })
      else desk.compose({ kind: 'text', anchor: made.anchor, proposes: made.suggestion })
    },
    address: `${window.location.origin}/d/${documentId}`,
    linkedComment: desk.linked?.commentId ?? null,
  }
  const mayReattach = ({ author }: (typeof list)[number]) =>
    author.id === personId || abilities.has('resolve')
  const reattach = (threadId: string, target: Target) => {
    actions
      .reattach(threadId, target)
      .then(() => desk.setView('open'))
      .catch((error: unknown) => toast({ kind: 'error', text: sentenceOf(error) }))
  }
  const cardOf = (thread: (typeof list)[number], look: ThreadCardProps['look']): ReactNode => (
    <ThreadCard
      key={thread.id}
      thread={thread}
      around={around}
      detached={isGone(thread)}
      look={look}
      onOpen={() => desk.open(thread.id)}
      onClose={() => {
        // Beside the text the card keeps the focus for the next key; once more leads back to where it was written.
        if (!wide || thread.id !== activeId) backToText(editor)
        desk.open(null)
      }}
      onReattach={
        mayReattach(thread)
          ? () => {
              const anchor = selectedAnchor(editor)
              if (anchor) reattach(thread.id, { kind: 'text', anchor })
              else toast({ text: 'Select the words that it belongs to, then press again.' })
            }
          : null
      }
      likely={
        look === 'open' && isGone(thread) && mayReattach(thread) ? (
          <LikelyPlaces
            thread={thread}
            editor={editor}
            outline={outline}
            onAttach={(target) => reattach(thread.id, target)}
          />
        ) : null
      }
    />
  )
  const { shown: listedShown, nits: listedNits } = foldNits(listed, { unfolded, activeId })
  const { shown: placedShown, nits: placedNits } = foldNits(placed, { unfolded, activeId })
  const fold = (nits: number): ReactNode => (
    <NitFold nits={nits} unfolded={unfolded} onToggle={() => setUnfolded(!unfolded)} />
  )
  const draft = stored.get('new')
  const form = target && (
    <div className="flex flex-col gap-2 rounded-m border border-line-strong bg-raised px-3 py-2.5 shadow-float">
      {target.kind === 'text' && !target.proposes && (
        <blockquote className="line-clamp-2 border-line-strong border-l-2 pl-2 font-text text-ink-2 text-s">
          <QuotedWords text={target.anchor.quote} />
        </blockquote>
      )}
      {target.kind === 'section' && (
        <p className="text-ink-3 text-xs">
          On the section “<QuotedWords text={target.title} />”
        </p>
      )}
      {target.kind === 'document' && <p className="text-ink-3 text-xs">On the whole document</p>}
      {target.proposes ? (
        <SuggestionForm
          // Words marked anew are another suggestion.
          key={JSON.stringify(target.proposes.base)}
          proposes={target.proposes}
          reason={draft?.text ?? ''}
          gathering={gathering}
          onDraft={(proposes, reason) =>
            drafts.put('new', {
              ...nothingTyped,
              mustResolve: false,
              text: reason,
              target: { ...target, proposes },
            })
          }
          onCancel={() => {
            desk.compose(null)
            editor.view.focus()
          }}
          onSend={async (proposes, reason) => {
            const made = await actions.start(
              { ...target, proposes },
              { kind: 'comment', body: reason },
              nothingTyped,
            )
            drafts.put('new', null)
            desk.open(made.id)
            focusCard(made.id)
          }}
        />
      ) : (
        <NewThreadForm
          documentId={documentId}
          typed={draft ?? nothingTyped}
          mustResolve={draft?.mustResolve ?? false}
          mayBlock={mayBlock}
          gathering={gathering}
          onDraft={(next) => drafts.put('new', { ...next, target })}
          onCancel={() => {
            desk.compose(null)
            if (target.kind === 'text') editor.view.focus()
          }}
          onSend={async (given, typed) => {
            const made = await actions.start(target, given, typed)
            drafts.put('new', null)
            desk.open(made.id)
            focusCard(made.id)
          }}
        />
      )}
    </div>
  )
  const detachedCount = open.filter(isGone).length
  const failed = threads.error !== null && list.length === 0 && (
    <Banner
      kind="error"
      actions={
        <Button size="s" onClick={threads.retry}>
          Try again
        </Button>
      }
    >
      The threads could not be read. {sentenceOf(threads.error)}
    </Banner>
  )
  const head = (
    <ThreadHead
      desk={desk}
      open={open.length}
      resolved={list.length - open.length}
      detached={detachedCount}
      suggestions={open}
      around={around}
      sectionName={outline.find((section) => section.id === desk.sectionId)?.title ?? null}
      onComment={
        abilities.has('comment')
          ? () => {
              const section = outline.find((one) => one.id === desk.sectionId)
              desk.compose(
                section
                  ? { kind: 'section', sectionId: section.id, title: section.title }
                  : { kind: 'document' },
              )
            }
          : null
      }
    />
  )

  if (!wide) {
    if (!desk.sheet) return null
    return (
      <section
        aria-label="Threads"
        className="fixed inset-x-0 bottom-[var(--dock,0px)] z-30 flex max-h-[48dvh] flex-col gap-2 overflow-y-auto overscroll-contain rounded-t-m border-line border-t bg-desk px-3 pt-1 pb-[max(12px,env(safe-area-inset-bottom))] shadow-float print:hidden"
      >
        <div className="sticky top-0 z-10 -mx-3 flex items-center gap-2 bg-desk px-3 py-1">
          <div className="min-w-0 flex-1">{head}</div>
          <IconButton
            label="Close threads"
            size="s"
            tooltip={false}
            onClick={() => {
              desk.open(null)
              desk.showSection(null)
              focusThreadsButton()
            }}
          >
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
        {failed}
        {form ?? (active && inScope === null ? cardOf(active, 'open') : null)}
        {!form && !(active && inScope === null) && listedShown.map((thread) => cardOf(thread, 'short'))}
        {!form && !(active && inScope === null) && listedNits > 0 && fold(listedNits)}
        {!form && !active && listed.length === 0 && !failed && (
          <p className="text-ink-3 text-s">No threads here.</p>
        )}
      </section>
    )
  }
  if (list.length === 0 && !target && !failed) return null
  const lines = crowded(
    placedShown.map((thread) => tops.get(thread.id) ?? 0),
    window.innerHeight,
  )
  const cards: Card[] = placedShown.map((thread, index) => ({
    id: thread.id,
    top: tops.get(thread.id) ?? 0,
    content: cardOf(thread, thread.id === activeId ? 'open' : lines[index] ? 'line' : 'short'),
  }))
  if (placedNits > 0) {
    const first = placed.find((thread) => thread.kind === 'nit')
    // Above the first of them.
    cards.unshift({ id: 'nits', top: tops.get(first?.id ?? '') ?? 0, content: fold(placedNits) })
  }
  if (form && target) {
    const origin = column?.getBoundingClientRect().top ?? 0
    const words = targetTop(target, editor, places)
    cards.push({ id: 'new', top: words === null || words === 'top' ? 0 : words - origin, content: form })
  }
  cards.sort((a, b) => a.top - b.top)
  return (
    <section
      aria-label="Threads"
      data-threads
      tabIndex={-1}
      className="w-[304px] shrink-0 outline-none print:hidden"
    >
      <div className="mb-2 min-h-8">{head}</div>
      {failed}
      {beside ? (
        <div ref={setColumn} className="h-full">
          <CardColumn cards={cards} activeId={form ? 'new' : activeId} />
        </div>
      ) : (
        <div className="sticky top-[68px] flex max-h-[calc(100dvh-84px)] flex-col gap-2 overflow-y-auto overscroll-contain pb-4">
          {form}
          {listedShown.map((thread) => cardOf(thread, thread.id === activeId ? 'open' : 'short'))}
          {listedNits > 0 && fold(listedNits)}
          {listed.length === 0 && <p className="text-ink-3 text-s">No threads here.</p>}
        </div>
      )}
    </section>
  )
}

function backToText({ view, isEditable }: Editor): void {
  if (isEditable) view.focus()
  else view.dom.focus({ preventScroll: true })
}

/** They have said something there, or are named. */
const isWith = ({ comments }: ThreadAnswer, personId: string): boolean =>
  comments.some(
    ({ author, mentions }) => author.id === personId || mentions.some((person) => person.id === personId),
  )
