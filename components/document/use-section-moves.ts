import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useState } from 'react'
import type { OutlineSection } from '../../lib/content/outline'
import { callApi, sentenceOf } from '../call-api'
import { onFirstUse } from '../shell/on-first-use'
import { toast } from '../ui/toast'

/** Fetched with the editor: the page itself carries none of it. */
const loadMoves = () => import('../editor/section/move-section')
type Moves = Awaited<ReturnType<typeof loadMoves>>

interface Move {
  readonly sectionId: string
  /** The section before which it is put; null: behind the last. */
  readonly before: string | null
  /** The keys go on in the text, where the usual ones take it back; else where they are. */
  readonly leadsToText: boolean
}

/** A move that waits for an answer, since others write there. */
export interface MoveQuestion {
  readonly names: readonly string[]
  readonly isBusy: boolean
  readonly onMove: () => void
  readonly onLeave: () => void
}

export interface SectionMovesInput {
  readonly documentId: string
  readonly editor: Editor | null
  readonly outline: { readonly current: readonly OutlineSection[] }
  readonly canWrite: boolean
}

/** Moves of sections by this person. Where somebody else has their caret, it is asked first, and a version kept. */
export function useSectionMoves({ documentId, editor, outline, canWrite }: SectionMovesInput) {
  const [moves, setMoves] = useState<Moves | null>(null)
  const [asked, setAsked] = useState<{ move: Move; names: readonly string[] } | null>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    if (!canWrite) return
    return onFirstUse(() => {
      // Without it, sections stay where they are.
      loadMoves().then(setMoves, () => {})
    })
  }, [canWrite])

  const go = useCallback(
    ({ sectionId, before, leadsToText }: Move) => {
      if (!editor || editor.isDestroyed || !moves?.moveSection(editor, sectionId, before)) return
      if (leadsToText) editor.view.focus()
    },
    [editor, moves],
  )
  const ask = useCallback(
    (move: Move) => {
      const names = editor && moves ? moves.writersIn(editor.state, move.sectionId) : []
      if (names.length === 0) go(move)
      else setAsked({ move, names })
    },
    [editor, moves, go],
  )
  const question: MoveQuestion | null = asked && {
    names: asked.names,
    isBusy,
    onLeave: () => setAsked(null),
    onMove() {
      setBusy(true)
      callApi('createVersion', { params: { id: documentId }, body: {} })
        .then(() => go(asked.move))
        .catch((error: unknown) =>
          toast({
            kind: 'error',
            text: `The section stays where it is: no version was kept. ${sentenceOf(error)}`,
          }),
        )
        .finally(() => {
          setBusy(false)
          setAsked(null)
        })
    },
  }
  return {
    mayMove: canWrite && moves !== null && editor !== null,
    question,
    move: useCallback(
      (sectionId: string, before: string | null) => ask({ sectionId, before, leadsToText: true }),
      [ask],
    ),
    onStep(sectionId: string, direction: 'up' | 'down') {
      const before = moves?.stepOf(outline.current, sectionId, direction)
      if (before === undefined) {
        toast({ text: `It is the ${direction === 'up' ? 'first' : 'last'} one where it stands.` })
      } else ask({ sectionId, before, leadsToText: false })
    },
    steps: (sectionId: string) => ({
      up: moves?.stepOf(outline.current, sectionId, 'up') !== undefined,
      down: moves?.stepOf(outline.current, sectionId, 'down') !== undefined,
    }),
  }
}
