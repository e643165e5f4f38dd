import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useState } from 'react'
import type { OutlineSection } from '../../lib/content/outline'
import { type OutlineRow, rowName, type ThreadCount } from './outline-rows'
import type { SectionTarget } from './section-target'
import type { SectionToolsProps } from './section-tools'
import { useSectionMoves } from './use-section-moves'
import type { Sections } from './use-sections'

export interface SectionToolsInput {
  readonly documentId: string
  readonly editor: Editor | null
  readonly outline: { readonly current: readonly OutlineSection[] }
  readonly rows: readonly OutlineRow[]
  readonly sections: Sections
  readonly maySay: boolean
  readonly canWrite: boolean
  readonly counts: ReadonlyMap<string, ThreadCount>
  readonly onThreads: ((sectionId: string) => void) | null
}

/** What may be done with sections on this page, from the outline and from their headings. */
export function useSectionTools(input: SectionToolsInput) {
  const { documentId, editor, outline, rows, sections, maySay, canWrite, counts, onThreads } = input
  const moves = useSectionMoves({ documentId, editor, outline, canWrite })
  /** The heading whose menu was asked for. */
  const [target, setTarget] = useState<SectionTarget | null>(null)
  const [wanted, setWanted] = useState(false)
  useSignsInText(editor, sections, maySay)

  const tools: Omit<SectionToolsProps, 'target' | 'onClose'> = {
    sections,
    maySay,
    mayMove: moves.mayMove,
    nameOf(sectionId) {
      const row = rows.find(({ id }) => id === sectionId)
      return row ? rowName(row) : ''
    },
    steps: moves.steps,
    onStep: moves.onStep,
    onThreads,
    hasThreads: (sectionId) => (counts.get(sectionId)?.open ?? 0) > 0,
  }
  return {
    tools,
    move: moves.move,
    question: moves.question,
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
    void import('../editor/section/sections').then(({ setSectionSigns }) => {
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
