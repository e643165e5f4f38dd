import type { SectionAnswer } from '../../lib/api-section'
import type { OutlineSection } from '../../lib/content/outline'

/** One line of the outline. */
export interface OutlineRow {
  readonly id: string
  readonly title: string
  readonly number: string
  /** 1 for a section at the top; 0 for text before the first heading. */
  readonly depth: number
  readonly empty: boolean
}

/** Open threads of a section itself, without those of the sections within it. */
export interface ThreadCount {
  readonly open: number
  /** Those of them that must be resolved. */
  readonly blocking: number
}

/** From the body that is being written. */
export const rowsOfBody = (outline: readonly OutlineSection[]): OutlineRow[] =>
  outline.map((section) => ({
    id: section.id,
    title: section.title,
    number: section.number,
    depth: section.depth,
    // A heading that only holds others is as empty as they are.
    empty: section.hasSubsections ? section.scopeEmpty : section.empty,
  }))

/** From the server's answer, until the body is there. */
export const rowsOfAnswer = (sections: readonly SectionAnswer[]): OutlineRow[] =>
  sections.map(({ id, title, number, state }) => ({
    id,
    title,
    number,
    depth: number === '' ? 0 : number.split('.').length,
    empty: state === 'empty',
  }))

/** The old rows when nothing that is drawn has changed: positions move with every keystroke, rows do not. */
export function sameRows(before: readonly OutlineRow[], after: readonly OutlineRow[]): boolean {
  return (
    before.length === after.length &&
    after.every((row, index) => {
      const old = before[index]
      return (
        old !== undefined &&
        old.id === row.id &&
        old.title === row.title &&
        old.number === row.number &&
        old.depth === row.depth &&
        old.empty === row.empty
      )
    })
  )
}

/** What a row is called in words. */
export const rowName = (row: OutlineRow): string =>
  row.depth === 0 ? 'Preamble' : `${row.number} ${row.title || 'Untitled section'}`
