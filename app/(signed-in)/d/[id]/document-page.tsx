'use client'

import type { Editor } from '@tiptap/core'
import dynamic from 'next/dynamic'
import { useCallback, useEffect, useState } from 'react'
import { Announcer } from '../../../../components/document/announcer'
import { BinNotice } from '../../../../components/document/bin-notice'
import { BodySkeleton } from '../../../../components/document/body-skeleton'
import { ClosedSheet, isClosed } from '../../../../components/document/closed-sheet'
import { ConditionNotice } from '../../../../components/document/condition-notice'
import { Contents } from '../../../../components/document/contents'
import { DocumentBar } from '../../../../components/document/document-bar'
import { KeptWords } from '../../../../components/document/kept-words'
import { MoreMenu } from '../../../../components/document/more-menu'
import { OutlinePanel } from '../../../../components/document/outline-panel'
import {
  type OutlineRow,
  rowName,
  rowsOfAnswer,
  rowsOfBody,
  sameRows,
} from '../../../../components/document/outline-rows'
import { OutlineSheet } from '../../../../components/document/outline-sheet'
import { SavedSign } from '../../../../components/document/saved-sign'
import { goToPerson, goToSection } from '../../../../components/document/scroll-to'
import { SessionNotice } from '../../../../components/document/session-notice'
import { StatusLine } from '../../../../components/document/status-line'
import { TitleField } from '../../../../components/document/title-field'
import { useCurrentSection } from '../../../../components/document/use-current-section'
import { useDocumentActions } from '../../../../components/document/use-document-actions'
import { useGuidance } from '../../../../components/document/use-guidance'
import { useSession } from '../../../../components/document/use-session'
import { Faces } from '../../../../components/presence/faces'
import type { PresentPerson } from '../../../../components/presence/present-people'
import { usePresence } from '../../../../components/presence/use-presence'
import { lazyPart } from '../../../../components/shell/lazy-part'
import { onFirstUse } from '../../../../components/shell/on-first-use'
import { forgetText } from '../../../../components/sync/kept-texts'
import { abilitiesIn } from '../../../../components/sync/read-access'
import { KeptDrafts } from '../../../../components/thread/kept-drafts'
import { ThreadsButton } from '../../../../components/thread/threads-button'
import { useTalk } from '../../../../components/thread/use-talk'
import { Banner } from '../../../../components/ui/banner'
import { Button } from '../../../../components/ui/button'
import type { DocumentAnswer, SectionAnswer } from '../../../../lib/api'
import type { OutlineSection } from '../../../../lib/content/outline'

const EditorPane = dynamic(
  () => import('../../../../components/editor/editor-pane').then((module) => module.EditorPane),
  {
    ssr: false,
    loading: () => <BodySkeleton />,
  },
)
const ThreadSpace = lazyPart(() =>
  import('../../../../components/thread/thread-space').then((module) => module.ThreadSpace),
)
const loadMembers = () =>
  import('../../../../components/access/members-dialog').then((module) => module.MembersDialog)
const MembersDialog = lazyPart(loadMembers)

export interface DocumentPageProps {
  readonly person: { readonly id: string; readonly name: string; readonly color: string }
  readonly document: DocumentAnswer
  readonly canWrite: boolean
  /** The outline as the server read it: drawn until the body is there. */
  readonly sections: readonly SectionAnswer[]
  /** Advice by the key of a template's section. */
  readonly advice: Readonly<Record<string, string>>
}

/** One document: its bar, its outline, its text. */
export function DocumentPage({ person, document: given, canWrite, sections, advice }: DocumentPageProps) {
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
  const guidance = useGuidance({ documentId: given.id, sections, advice, session })
  const people = usePresence(body, person.id)
  const [sharing, setSharing] = useState(false)
  // Whoever is offline by then can still open it; a failure is said when it opens.
  useEffect(() => onFirstUse(() => void loadMembers().catch(() => {})), [])

  const [rows, setRows] = useState<readonly OutlineRow[]>(() => rowsOfAnswer(sections))
  const [editor, setEditor] = useState<Editor | null>(null)
  const talk = useTalk({ documentId: given.id, personId: person.id, session, state, editor, abilities })
  const outline = talk.places.outline
  const current = useCurrentSection(editor, outline)
  const { onOutline: placeOutline } = talk
  const onOutline = useCallback(
    (read: readonly OutlineSection[]) => {
      placeOutline(read)
      const now = rowsOfBody(read)
      setRows((before) => (sameRows(before, now) ? before : now))
    },
    [placeOutline],
  )
  const setCurrent = current.set
  const onSection = useCallback(
    (sectionId: string | null) => {
      if (sectionId !== null) setCurrent(sectionId)
    },
    [setCurrent],
  )
  // Others see which section somebody is in, whether they write there or read.
  useEffect(() => {
    body?.awareness.setLocalStateField('sectionId', current.id)
  }, [body, current.id])
  useEffect(() => {
    window.document.title = closed ? 'Rationale' : `${document.title} · ${document.number ?? 'Rationale'}`
  }, [closed, document.title, document.number])

  const goTo = (sectionId: string) => {
    current.set(sectionId)
    goToSection(editor, outline.current, sectionId)
  }
  const goToSomebody = (who: PresentPerson) => {
    if (!goToPerson(editor, who.clientId) && who.sectionId !== null) goTo(who.sectionId)
  }
  const sectionName = (id: string) => {
    const row = rows.find((one) => one.id === id)
    return row ? rowName(row) : null
  }
  const panel = {
    rows,
    current: current.id,
    people,
    onGo: goTo,
    counts: talk.counts,
    onThreads: talk.canComment || talk.threads.list.length > 0 ? talk.showSection : null,
  }
  const drafts = <KeptDrafts drafts={talk.stranded} onForget={(place) => talk.desk.drafts.put(place, null)} />
  const kept = view && view.kept.length > 0 && (
    <KeptWords
      texts={view.kept}
      onForget={(id) => {
        session?.forgetKept(id)
        void forgetText(id)
      }}
    />
  )

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
        faces={<Faces people={people} sectionName={sectionName} onGo={goToSomebody} />}
        more={
          closed ? null : (
            <MoreMenu
              onExport={actions.exportMarkdown}
              onShare={() => setSharing(true)}
              onComment={talk.canComment && editor ? talk.commentOnDocument : null}
              onBin={abilities.has('delete') ? actions.moveToBin : null}
            />
          )
        }
      />
      <div className="mx-auto grid max-w-[1500px] grid-cols-[minmax(0,1fr)] min-[1100px]:grid-cols-[256px_minmax(0,1fr)] print:!grid-cols-[minmax(0,1fr)]">
        <nav
          aria-label="Outline"
          className="sticky top-[52px] h-[calc(100dvh-52px)] self-start overflow-y-auto overscroll-contain py-6 pr-2 pl-4 max-[1099px]:hidden print:hidden"
        >
          {!closed && (
            <>
              <h2 className="px-2 pb-2 font-[600] text-ink-3 text-xs">Outline</h2>
              <OutlinePanel {...panel} />
            </>
          )}
        </nav>
        <main
          data-sheet
          className="relative min-h-[calc(100dvh-52px)] border-line bg-paper px-5 pt-7 pb-24 sm:px-16 sm:pt-[50px] min-[1244px]:px-8 min-[1100px]:border-l min-[1501px]:border-r print:border-0"
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
                <h1 className="break-words font-[680] text-[1.6875rem] leading-[1.15] tracking-[-0.022em] sm:text-h1">
                  <TitleField
                    title={document.title}
                    canRename={open !== null && abilities.has('edit_properties')}
                    onRename={actions.rename}
                    className=""
                  />
                </h1>
                <StatusLine document={document} />
                <Contents rows={rows} onGo={goTo} />
                <div className="mt-4 mb-8 flex flex-col gap-2 sm:mb-10">
                  {hold.kind === 'failed' && (
                    <Banner
                      kind="error"
                      title="The editor did not load."
                      actions={
                        <Button size="s" onClick={actions.reload}>
                          Reload
                        </Button>
                      }
                    >
                      The server may have been updated or cannot be reached. Nothing was changed.
                    </Banner>
                  )}
                  {document.binnedAt !== null && (
                    <BinNotice onRestore={abilities.has('restore') ? actions.takeOut : null} />
                  )}
                  {view?.condition && <ConditionNotice condition={view.condition} />}
                  {kept}
                  {drafts}
                </div>
                {body ? (
                  <EditorPane
                    key={body.generation}
                    body={body}
                    label={`Text of ${given.title}`}
                    guidance={guidance}
                    onOutline={onOutline}
                    onSection={onSection}
                    onEditor={setEditor}
                    canComment={talk.canComment}
                    onComment={talk.commentOn}
                    onSectionThreads={talk.showSection}
                    onRanges={talk.onRanges}
                    onClickThread={talk.desk.open}
                  />
                ) : (
                  hold.kind !== 'failed' && <BodySkeleton unreachable={state.kind === 'offline'} />
                )}
              </article>
              {editor && (
                <ThreadSpace
                  documentId={given.id}
                  personId={person.id}
                  abilities={abilities}
                  editor={editor}
                  places={talk.places}
                  threads={talk.threads}
                  desk={talk.desk}
                />
              )}
            </div>
          )}
        </main>
      </div>
      {!closed && <SessionNotice state={state} onReload={actions.reload} />}
      {sharing && !closed && <MembersDialog documentId={given.id} open={sharing} onOpenChange={setSharing} />}
      <Announcer session={session} canWrite={canWrite} people={people} />
    </div>
  )
}
