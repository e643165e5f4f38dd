import type { Editor } from '@tiptap/core'
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import type { OutlineSection } from '../../lib/content/outline'
import { sectionsOf } from './sections'

/** The section before which another one comes to stand; null: behind the last. */
export type SectionPlace = string | null

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

/**
 * A section with all that is under it, put before another one: one change, undone as one. Its blocks are made anew
 * where they stand then, with their ids: threads find their words by those.
 *
 * @returns null: it stands there already, or within itself it cannot.
 */
export function movedSection(
  state: EditorState,
  outline: readonly OutlineSection[],
  sectionId: string,
  before: SectionPlace,
): Transaction | null {
  const section = outline.find(({ id, level }) => id === sectionId && level > 0)
  const at = before === null ? state.doc.content.size : outline.find(({ id }) => id === before)?.from
  if (!section || at === undefined || (at >= section.from && at <= section.to)) return null
  const { from, to } = section
  const blocks = state.doc.slice(from, to).content
  const tr = state.tr.delete(from, to)
  const there = tr.mapping.map(at)
  tr.insert(there, blocks)
  return tr.setSelection(TextSelection.near(tr.doc.resolve(there + 1)))
}

/** True: it was moved. */
export function moveSection(editor: Editor, sectionId: string, before: SectionPlace): boolean {
  const tr = movedSection(editor.state, sectionsOf(editor.state), sectionId, before)
  if (!tr || !editor.isEditable) return false
  const steps = yUndoPluginKey.getState(editor.state)?.undoManager
  steps?.stopCapturing()
  editor.view.dispatch(tr)
  steps?.stopCapturing()
  return true
}
