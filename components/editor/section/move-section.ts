import type { Editor } from '@tiptap/core'
import { type EditorState, TextSelection } from '@tiptap/pm/state'
import type { OutlineSection } from '../../../lib/content/outline'
import { caretsOf } from '../caret/caret-marks'
import { moveAsStep, type PlanMove } from './move-steps'
import { type SectionPlace, swapOf } from './section-swap'
import { sectionsOf } from './sections'

/**
 * Where a section stands one step up or down: before or behind its neighbour within the same section.
 *
 * @returns undefined: there is no such neighbour.
 */
export function stepOf(
  outline: readonly OutlineSection[],
  sectionId: string,
  direction: 'up' | 'down',
): SectionPlace | undefined {
  const section = outline.find(({ id, level }) => id === sectionId && level > 0)
  if (!section) return undefined
  const siblings = outline.filter(({ parent, level }) => parent === section.parent && level > 0)
  const at = siblings.indexOf(section)
  if (direction === 'up') return siblings[at - 1]?.id
  const next = siblings[at + 1]
  if (!next) return undefined
  return outline.find(({ from }) => from === next.to)?.id ?? null
}

/** Who else has their caret in a section or in one under it. */
export function writersIn(state: EditorState, sectionId: string): string[] {
  const section = sectionsOf(state).find(({ id }) => id === sectionId)
  if (!section) return []
  const there = caretsOf(state).filter(({ at }) => at > section.from && at < section.to)
  return [...new Set(there.map(({ name }) => name))]
}

/** The section before which one stands; null: it is the last. */
const placeOfSection = (outline: readonly OutlineSection[], sectionId: string): SectionPlace => {
  const section = outline.find(({ id }) => id === sectionId)
  return outline.find(({ from }) => from === section?.to)?.id ?? null
}

/** How a section comes to stand somewhere, and how it comes back. */
export const planMoves =
  (state: () => EditorState, outline: () => readonly OutlineSection[]): PlanMove =>
  ({ sectionId, before }) => {
    const writing = caretsOf(state()).map(({ at }) => at)
    const swap = swapOf(state(), outline(), { sectionId, before, writing })
    return swap && { swap, back: placeOfSection(outline(), sectionId) }
  }

/** One change, undone as one. @returns true: it was moved. */
export function moveSection(editor: Editor, sectionId: string, before: SectionPlace): boolean {
  const plan = planMoves(
    () => editor.state,
    () => sectionsOf(editor.state),
  )
  if (!editor.isEditable || !moveAsStep(editor.state, { sectionId, before }, plan)) return false
  const heading = sectionsOf(editor.state).find(({ id }) => id === sectionId)
  if (heading) {
    const { doc, tr } = editor.state
    editor.view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(heading.from + 1))))
  }
  return true
}
