'use client'

import type { Editor } from '@tiptap/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Announcer } from '../../../../components/document/announcer'
import { BarStatus } from '../../../../components/document/bar-status'
import { TextToCome } from '../../../../components/document/body-skeleton'
import { ClosedSheet, isClosed } from '../../../../components/document/closed-sheet'
import { Contents } from '../../../../components/document/contents'
import { DocumentBar } from '../../../../components/document/document-bar'
import { MoreMenu } from '../../../../components/document/more-menu'
import { OutlineColumn } from '../../../../components/document/outline-column'
import { OutlinePanel, SectionTools } from '../../../../components/document/outline-panel'
import { OutlineSheet } from '../../../../components/document/outline-sheet'
import { SavedSign } from '../../../../components/document/saved-sign'
import { SessionNotice } from '../../../../components/document/session-notice'
import { SheetNotices } from '../../../../components/document/sheet-notices'
import { TitleField } from '../../../../components/document/title-field'
import { useDocumentActions } from '../../../../components/document/use-document-actions'
import { useOutline } from '../../../../components/document/use-outline'
import { useSectionTools } from '../../../../components/document/use-section-tools'
import { useSections } from '../../../../components/document/use-sections'
import { useSession } from '../../../../components/document/use-session'
import { WordCount } from '../../../../components/document/word-count'
import type { KeptCaret } from '../../../../components/editor/caret/kept-caret'
import { Faces } from '../../../../components/presence/faces'
import { useFollow } from '../../../../components/presence/use-follow'
import { usePresence } from '../../../../components/presence/use-presence'
import { MetForMe } from '../../../../components/review/met-for-me'
import { ReviewHead } from '../../../../components/review/review-head'
import { Compared, ReviewSpace } from '../../../../components/review/review-space'
import { StatusBanners } from '../../../../components/review/status-banners'
import { useReadKey } from '../../../../components/review/use-read-key'
import { useReviewing } from '../../../../components/review/use-reviewing'
import { onFirstUse } from '../../../../components/shell/on-first-use'
import { abilitiesIn } from '../../../../components/sync/read-access'
import { KeptDrafts } from '../../../../components/thread/kept-drafts'
import { ThreadsButton } from '../../../../components/thread/threads-button'
import { useTalk } from '../../../../components/thread/use-talk'
import { Button } from '../../../../components/ui/button'
import type { DocumentAnswer } from '../../../../lib/api'
import type { ReviewAnswer } from '../../../../lib/api-review'
import type { SectionAnswer } from '../../../../lib/api-section'
import { PageAround } from './page-around'
import {
  EditorPane,
  KeptTexts,
  LateWords,
  loadEditor,
  loadMembers,
  MembersDialog,
  ReadItem,
  ThreadSpace,
  Together,
  WatchItem,
} from './page-parts'

export interface DocumentPageProps {
  readonly person: { readonly id: string; readonly name: string; readonly color: string }
  readonly document: DocumentAnswer
  readonly canWrite: boolean
  /** The outline as the server read it: drawn until the body is there. */
  readonly sections: readonly SectionAnswer[]
  /** Advice by the key of a template's section. */
  readonly advice: Readonly<Record<string, string>>
  /** Where its review stands. */
  readonly review: ReviewAnswer
  /** The server's time, in milliseconds since the epoch. */
  readonly nowMs: number
  /** The way to what waits on this person. */
  readonly inbox: ReactNode
  /** The first screens of the text, as the server has it; null: they look another way without an editor. */
  readonly beginning: ReactNode
}

/** One document: its bar, its outline, its text. */
export function DocumentPage(props: DocumentPageProps) {
  const { person, document: given, canWrite, sections: asked, advice, inbox, nowMs } = props
  const hold = useSession({ person, document: given, canWrite })
  const open = hold.kind === 'open' ? hold.open : null
  const view = hold.kind === 'open' ? hold.view : null
  const session = open?.session ?? null
  const document = view?.document ?? given
  const body = view?.body ?? null
  const state = view?.state ?? { kind: 'loading' as const }
  const closed = isClosed(state)
  const abilities = abilitiesIn(document)

  const actions = useDocumentActions(document, open)
  const people = usePresence(body, person.id)
  const [sharing, setSharing] = useState(false)
  // Whoever is offline by then can still open it; a failure is said when it opens.
  useEffect(() => onFirstUse(() => void loadMembers().catch(() => {})), [])
  // Beside the session, which it waits for to be drawn; a failure is said by then.
  useEffect(() => void loadEditor().catch(() => {}), [])

  const [editor, setEditor] = useState<Editor | null>(null)
  const caret = useRef<KeptCaret | null>(null)
  const ids = { documentId: given.id, personId: person.id }
  const live = state.kind === 'live'
  const reviewing = useReviewing({ ...ids, abilities, session, body, live, first: props.review })
  const { review, toggleRead } = reviewing
  const talk = useTalk({ ...ids, session, state, editor, abilities, review: reviewing.ofTalk })
  const outline = useOutline({
    sections: asked,
    body,
    editor,
    outline: talk.places.outline,
    onRead: talk.onOutline,
  })
  const follow = useFollow({ editor, body, people, onGo: outline.goToSomebody })
  const sections = useSections({
    documentId: given.id,
    sections: asked,
    advice,
    session,
    editor,
    outline: talk.places.outline,
  })
  const sectionTools = useSectionTools({
    documentId: given.id,
    editor,
    outline: talk.places.outline,
    rows: outline.rows,
    sections,
    maySay: abilities.has('edit_properties'),
    canWrite: body?.canWrite ?? false,
    counts: talk.counts,
    onThreads: talk.canComment || talk.threads.list.length > 0 ? talk.showSection : null,
  })
  const markRead =
    toggleRead &&
    ((sectionId: string) => toggleRead(sectionId, outline.sectionName(sectionId) ?? 'the section'))
  const tools = {
    ...sectionTools.tools,
    more: (sectionId: string) =>
      review && markRead && <ReadItem review={review} sectionId={sectionId} onRead={markRead} />,
  }
  useReadKey({ sectionId: outline.current, onRead: markRead })
  useEffect(() => {
    window.document.title = closed ? 'Rationale' : `${document.title} · ${document.number ?? 'Rationale'}`
  }, [closed, document.title, document.number])

  const panel = {
    rows: outline.rows,
    current: outline.current,
    people,
    onGo: outline.goTo,
    counts: talk.counts,
    tools,
    onMove: sectionTools.move,
    foot: <WordCount editor={editor} />,
  }
  // What the server drew is old once somebody has written here: a text that starts anew is waited for.
  const wasOpen = useRef(false)
  if (editor) wasOpen.current = true
  const beginning = wasOpen.current ? null : props.beginning
  const drafts = <KeptDrafts drafts={talk.stranded} onForget={(place) => talk.desk.drafts.put(place, null)} />
  const late = view && view.late.length > 0 && <LateWords {...{ view, session }} onShow={talk.desk.open} />
  const kept = view && view.kept.length > 0 && <KeptTexts {...{ view, session }} />

  return (
    <div className="min-h-dvh">
      {editor && (
        // The bar and the outline may hold a hundred buttons.
        <Button
          look="primary"
          className="fixed top-2 left-2 z-50 not-focus:sr-only"
          onClick={() => editor.view.dom.focus()}
        >
          Go to the text
        </Button>
      )}
      <DocumentBar
        document={closed ? { ...document, title: '' } : document}
        canRename={open !== null && !closed && abilities.has('edit_properties')}
        onRename={actions.rename}
        onShare={closed ? null : () => setSharing(true)}
        outline={closed ? null : <OutlineSheet {...panel} />}
        status={closed ? null : <BarStatus status={review?.status ?? document.status} />}
        saved={
          closed ? null : (
            <SavedSign
              session={session}
              canWrite={canWrite}
              state={state}
              mayComment={talk.canComment}
              onRetry={() => session?.wake()}
            />
          )
        }
        threads={closed ? null : <ThreadsButton talk={talk} />}
        faces={<Faces people={people} sectionName={outline.sectionName} onGo={follow.meet} />}
        inbox={closed ? null : inbox}
        more={
          closed ? null : (
            <MoreMenu
              documentId={given.id}
              onExport={actions.exportMarkdown}
              watch={<WatchItem documentId={given.id} />}
              onExportThreads={talk.threads.list.length > 0 ? actions.exportWithThreads : null}
              onShare={() => setSharing(true)}
              onComment={talk.canComment && editor ? talk.commentOnDocument : null}
              suggesting={talk.suggesting.suggesting}
              onSuggesting={talk.suggesting.choose}
              onBin={abilities.has('delete') ? actions.moveToBin : null}
            />
          )
        }
      />
      <div className="mx-auto grid max-w-[1500px] grid-cols-[minmax(0,1fr)] min-[1100px]:grid-cols-[256px_minmax(0,1fr)] print:!grid-cols-[minmax(0,1fr)]">
        <OutlineColumn>{closed ? null : <OutlinePanel {...panel} />}</OutlineColumn>
        <main
          data-sheet
          // The name at a colleague's caret may reach beyond a phone's edge: the page is not scrolled sideways for it.
          className="relative min-h-[calc(100dvh-52px)] overflow-x-clip border-line bg-paper px-5 pt-7 pb-24 min-[640px]:px-16 min-[640px]:pt-[50px] min-[1244px]:px-8 min-[1100px]:border-l min-[1501px]:border-r print:border-0"
        >
          {closed ? (
            <ClosedSheet
              state={state}
              name={person.name}
              kept={
                <>
                  {kept}
                  {drafts}
                </>
              }
              onReload={actions.reload}
            />
          ) : (
            // The place of the cards is kept free: with the first comment nobody's text moves.
            <div className="min-[1244px]:mx-auto min-[1244px]:flex min-[1244px]:max-w-[952px] min-[1244px]:justify-between min-[1244px]:gap-6 print:!block">
              <article className="mx-auto w-full min-w-0 max-w-[39rem] min-[1244px]:mx-0 print:!mx-auto">
                <p className="hidden text-ink-3 text-s print:block">{document.number}</p>
                <h1 className="break-words font-[680] text-[1.6875rem] leading-[1.15] tracking-[-0.022em] sm:text-h1">
                  <TitleField
                    title={document.title}
                    canRename={open !== null && abilities.has('edit_properties')}
                    onRename={actions.rename}
                    className=""
                  />
                </h1>
                <ReviewHead
                  {...{ document, abilities, nowMs, reviewing }}
                  personId={person.id}
                  sectionName={outline.sectionName}
                  threads={talk.threads.list}
                  onThread={talk.desk.open}
                />
                <Contents rows={outline.rows} onGo={outline.goTo} />
                <SheetNotices
                  failed={hold.kind === 'failed'}
                  onReload={actions.reload}
                  binned={document.binnedAt !== null}
                  onTakeOut={abilities.has('restore') ? actions.takeOut : null}
                  condition={view?.condition ?? null}
                >
                  {review && (
                    <StatusBanners review={review} desk={reviewing.movingDesk}>
                      <MetForMe
                        {...{ review, personId: person.id, actions: reviewing.actions }}
                        threads={talk.threads.list}
                        onThread={talk.desk.open}
                      />
                    </StatusBanners>
                  )}
                  {late}
                  {kept}
                  {drafts}
                </SheetNotices>
                <Compared {...ids} reviewing={reviewing}>
                  {body && (
                    <EditorPane
                      key={body.generation}
                      documentId={given.id}
                      body={body}
                      label={`Text of ${given.title}`}
                      caret={caret}
                      guidance={sections.guidance}
                      onOutline={outline.onOutline}
                      onSection={outline.onSection}
                      onEditor={setEditor}
                      canComment={talk.canComment}
                      onComment={talk.commentOn}
                      onCommentSection={talk.commentOnSection}
                      onSuggest={talk.suggestOn}
                      suggesting={talk.suggesting.suggesting}
                      onWrite={talk.suggesting.choose && (() => talk.suggesting.choose?.(false))}
                      ownSuggestions={talk.suggesting.own}
                      onPropose={talk.suggesting.propose}
                      onSectionThreads={talk.showSection}
                      onSectionMenu={sectionTools.heading.onAsk}
                      onRanges={talk.onRanges}
                      onClickThread={talk.desk.open}
                      onGoToThread={talk.goToThread}
                    />
                  )}
                  {/* In one place, whatever comes first: who reads or selects in it is not thrown out. */}
                  {!editor && hold.kind !== 'failed' && (
                    <TextToCome unreachable={state.kind === 'offline'}>{beginning}</TextToCome>
                  )}
                </Compared>
              </article>
              {editor && !reviewing.covered && (
                <ThreadSpace {...ids} {...talk} abilities={abilities} editor={editor} />
              )}
            </div>
          )}
        </main>
      </div>
      {sectionTools.heading.wanted && !closed && (
        <SectionTools
          {...tools}
          target={sectionTools.heading.target}
          onClose={sectionTools.heading.onClose}
        />
      )}
      {!closed && <SessionNotice state={state} onReload={actions.reload} />}
      {!closed && (
        <ReviewSpace
          {...ids}
          abilities={abilities}
          reviewing={reviewing}
          sections={outline.choices}
          threads={talk.threads.list}
          onThread={talk.desk.open}
        />
      )}
      {sharing && !closed && <MembersDialog documentId={given.id} open={sharing} onOpenChange={setSharing} />}
      <PageAround
        {...{ editor, actions, closed, documentId: given.id, onGo: outline.goTo, sections: outline.choices }}
        {...{ suggesting: talk.suggesting, desk: reviewing.movingDesk, mayBin: abilities.has('delete') }}
        known={asked}
        status={review?.status ?? document.status}
        canWrite={body?.canWrite ?? false}
        onShare={() => setSharing(true)}
        hasThreads={talk.threads.list.length > 0}
        onComment={talk.canComment && editor ? talk.commentOnDocument : null}
      />
      {body && !closed && (
        <Together
          {...{
            body,
            follow,
            personId: person.id,
            section: outline.current,
            sectionName: outline.sectionName,
          }}
          question={sectionTools.question}
        />
      )}
      <Announcer session={session} canWrite={canWrite} people={people} />
    </div>
  )
}
