import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { Ability } from '../../lib/access'
import type { AnchorAnswer } from '../../lib/api-thread'
import type { OutlineSection } from '../../lib/content/outline'
import type { Made } from '../../lib/content/suggestion/suggestion-make'
import type { DocumentSession } from '../sync/document-session'
import type { SessionState } from '../sync/session-state'
import { toast } from '../ui/toast'
import { noDrafts, strandedDrafts } from './drafts'
import { sectionCounts } from './section-counts'
import type { Correction } from './thread-around'
import { useSuggesting } from './use-suggesting'
import { useThreadDesk } from './use-thread-desk'
import { focusCard } from './use-thread-keys'
import { useThreadPlaces } from './use-thread-places'
import { useThreads } from './use-threads'

export interface TalkInput {
  readonly documentId: string
  readonly personId: string
  readonly session: DocumentSession | null
  readonly state: SessionState
  readonly editor: Editor | null
  readonly abilities: ReadonlySet<Ability>
  /** What of the review counts for comments. Default: there is none. */
  readonly review?: ReviewOfTalk
}

export interface ReviewOfTalk {
  /** The review that this person is writing: what they say is gathered in it. Null: everybody sees it at once. */
  readonly draftId: string | null
  /** They were asked to review: what they raise blocks. */
  readonly isAsked: boolean
  readonly correction: Correction | null
}

/** Everything about threads that the page around the text needs to know. */
export function useTalk(input: TalkInput) {
  const { documentId, personId, session, state, editor, abilities } = input
  const draftId = input.review?.draftId ?? null
  const threads = useThreads({ documentId, session, live: state.kind === 'live', draftId })
  const desk = useThreadDesk(personId, documentId)
  const { places, onRanges, onOutline } = useThreadPlaces()
  const canComment = abilities.has('comment')
  const { list } = threads
  const suggesting = useSuggesting({ threads, personId, abilities })

  const counts = useMemo(
    () => sectionCounts(list, places.outline.current, places.ranges.current),
    [list, places],
  )
  useEffect(() => {
    if (!editor || editor.isDestroyed) return
    // Loaded with the editor: the page itself carries none of it.
    void import('../editor/section/sections').then(({ setSectionThreads }) => {
      if (editor.isDestroyed) return
      const open = new Map([...counts].map(([id, count]) => [id, count.open]))
      setSectionThreads(editor, canComment || open.size > 0 ? open : null)
    })
  }, [editor, counts, canComment])

  const { compose, open, showSection: show, drafts } = desk
  const typed = useSyncExternalStore(drafts.subscribe, drafts.all, noDrafts)
  const closed = state.kind === 'no_access' || state.kind === 'gone'
  const { known } = threads
  const stranded = useMemo(
    () =>
      strandedDrafts(typed, {
        there: known
          ? new Set(list.flatMap((thread) => [thread.id, ...thread.comments.map((comment) => comment.id)]))
          : null,
        mayComment: canComment && !closed,
      }),
    [typed, known, list, canComment, closed],
  )
  useToldOfStranded(closed ? 0 : stranded.length)

  const commentOn = useCallback((anchor: AnchorAnswer) => compose({ kind: 'text', anchor }), [compose])
  const suggestOn = useCallback(
    (made: Made | string) => {
      if (typeof made === 'string') return toast({ text: made })
      const { anchor, suggestion: proposes } = made
      if (anchor) return compose({ kind: 'text', anchor, proposes })
      // There are no words to stand beside: it stands at the section that the caret is in.
      const at = editor?.state.selection.from ?? 0
      const section = places.outline.current.findLast(({ from }) => from <= at)
      compose({ kind: 'section', sectionId: section?.id ?? '', title: section?.title ?? '', proposes })
    },
    [compose, places, editor],
  )
  /** By keys: what is said next is said in its card. */
  const goToThread = useCallback(
    (threadId: string) => {
      open(threadId)
      focusCard(threadId)
    },
    [open],
  )
  const commentOnDocument = useCallback(() => compose({ kind: 'document' }), [compose])
  const commentOnSection = useCallback(
    ({ id, title }: Pick<OutlineSection, 'id' | 'title'>) =>
      compose({ kind: 'section', sectionId: id, title }),
    [compose],
  )
  /** One click shows what is said about a section; where nothing is, it begins. */
  const showSection = useCallback(
    (sectionId: string) => {
      const section = places.outline.current.find((one) => one.id === sectionId)
      if (!section) return
      const within = places.outline.current.filter((one) => one.from >= section.from && one.from < section.to)
      const any = within.some((one) => (counts.get(one.id)?.open ?? 0) > 0)
      if (any || !canComment) show(sectionId)
      else commentOnSection(section)
    },
    [places, counts, canComment, show, commentOnSection],
  )
  return {
    threads,
    desk,
    places,
    onRanges,
    onOutline,
    counts,
    canComment,
    /** What this person says goes into the review that they are writing. */
    gathering: draftId !== null,
    /** What this person raises can block. */
    mayBlock: abilities.has('resolve') || (input.review?.isAsked ?? false),
    correction: input.review?.correction ?? null,
    commentOn,
    suggestOn,
    suggesting,
    goToThread,
    commentOnDocument,
    commentOnSection,
    showSection,
    /** What was typed and has no field any more. */
    stranded,
  }
}

export type Talk = ReturnType<typeof useTalk>

/** Whoever is typing where a field goes away hears what became of their words. */
function useToldOfStranded(count: number): void {
  const before = useRef(0)
  useEffect(() => {
    if (count > before.current)
      toast({ text: 'What you were typing could not be sent any more. It is kept at the top of the page.' })
    before.current = count
  }, [count])
}
