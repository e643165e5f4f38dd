import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useState } from 'react'
import type { OutlineSection } from '../../lib/content/outline'
import { onFirstUse } from '../shell/on-first-use'
import { toast } from '../ui/toast'
import { type OutlineRow, rowName, type ThreadCount } from './outline-rows'
import type { SectionTarget } from './section-target'
import type { SectionToolsProps } from './section-tools'
import type { Sections } from './use-sections'

export interface SectionToolsInput {
  readonly editor: Editor | null
  readonly outline: { readonly current: readonly OutlineSection[] }
  readonly rows: readonly OutlineRow[]
  readonly sections: Sections
  readonly maySay: boolean
  readonly canWrite: boolean
  readonly counts: ReadonlyMap<string, ThreadCount>
  readonly onThreads: ((sectionId: string) => void) | null
}

/** Fetched with the editor: the page itself carries none of it. */
const loadMoves = () => import('../editor/move-section')
type Moves = Awaited<ReturnType<typeof loadMoves>>

/** What may be done with sections on this page, from the outline and from their headings. */
export function useSectionTools(input: SectionToolsInput) {
  const { editor, outline, rows, sections, maySay, canWrite, counts, onThreads } = input
  const [moves, setMoves] = useState<Moves | null>(null)
  useEffect(() => {
    if (!canWrite) return
    return onFirstUse(() => {
      // Without it, sections stay where they are.
      loadMoves().then(setMoves, () => {})
    })
  }, [canWrite])
  /** The heading whose menu was asked for. */
  const [target, setTarget] = useState<SectionTarget | null>(null)
  const [wanted, setWanted] = useState(false)
  useSignsInText(editor, sections, maySay)

  const move = useCallback(
    (sectionId: string, before: string | null) => {
      if (!editor || !moves?.moveSection(editor, sectionId, before)) return
      // There the usual keys take it back.
      editor.view.focus()
    },
    [editor, moves],
  )
  const onStep = useCallback(
    (sectionId: string, direction: 'up' | 'down') => {
      const before = moves?.stepOf(outline.current, sectionId, direction)
      if (before === undefined || !editor || !moves) {
        toast({ text: `It is the ${direction === 'up' ? 'first' : 'last'} one where it stands.` })
        return
      }
      moves.moveSection(editor, sectionId, before)
    },
    [editor, moves, outline],
  )
  const tools: Omit<SectionToolsProps, 'target' | 'onClose'> = {
    sections,
    maySay,
    mayMove: canWrite && moves !== null && editor !== null,
    nameOf(sectionId) {
      const row = rows.find(({ id }) => id === sectionId)
      return row ? rowName(row) : ''
    },
    steps: (sectionId) => ({
      up: moves?.stepOf(outline.current, sectionId, 'up') !== undefined,
      down: moves?.stepOf(outline.current, sectionId, 'down') !== undefined,
    }),
    onStep,
    onThreads,
    hasThreads: (sectionId) => (counts.get(sectionId)?.open ?? 0) > 0,
  }
  return {
    tools,
    move,
    /** For the menu of a heading. */
    heading: {
      target,
      wanted,
      onAsk: useCallback((sectionId: string, button: HTMLElement) => {
        setWanted(true)
        setTarget((now) => (now?.sectionId === sectionId ? null : { sectionId, button }))
      }, []),
      onClose: (button: HTMLElement) => setTarget((now) => (now?.button === button ? null : now)),
    },
  }
}

/** Headings say what the outline says. */
function useSignsInText(editor: Editor | null, { signs }: Sections, maySay: boolean): void {
  useEffect(() => {
    if (!editor || editor.isDestroyed) return
    void import('../editor/sections').then(({ setSectionSigns }) => {
      if (editor.isDestroyed) return
      const drawn = new Map(
        [...signs].map(([id, { state, reason, holds, returnOf }]) => [
          id,
          { state, reason, holds, returns: returnOf !== null },
        ]),
      )
      setSectionSigns(editor, drawn, maySay)
    })
  }, [editor, signs, maySay])
}
