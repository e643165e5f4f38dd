import type { Phase } from './access'

/**
 * What a document is called and which states it may be in. It moves along the arrows listed here alone
 * (`server/review/transition.ts`).
 */
export const statuses = ['draft', 'in_review', 'approved', 'implemented', 'superseded', 'abandoned'] as const
export type Status = (typeof statuses)[number]

/** Where a status may move. Anything that is not listed is refused. */
export const transitions: Record<Status, readonly Status[]> = {
  draft: ['in_review', 'abandoned'],
  in_review: ['draft', 'approved', 'abandoned'],
  approved: ['implemented', 'in_review', 'superseded', 'abandoned'],
  implemented: ['in_review', 'superseded', 'abandoned'],
  superseded: [],
  abandoned: ['draft'],
}

export const statusNames: Record<Status, string> = {
  draft: 'Draft',
  in_review: 'In review',
  approved: 'Approved',
  implemented: 'Implemented',
  superseded: 'Superseded',
  abandoned: 'Abandoned',
}

/** The phase that access rules see: approved text and everything after it is read-only. */
export function phaseOf(document: { status: Status; binned: boolean }): Phase {
  if (document.binned) return 'binned'
  return document.status === 'draft' || document.status === 'in_review' ? 'open' : 'locked'
}

/** Limits of a title, in UTF-16 code units, after trimming. */
export const titleLimits = { min: 1, max: 200 } as const

/** A Markdown file to import may have this many bytes at most. */
export const maxImportBytes = 2 * 1024 * 1024

/**
 * How the name of a file to import ends. The name alone decides: the media type of a file is what the device that
 * holds it makes of that name, and devices differ.
 */
export const markdownEndings = ['.md', '.markdown'] as const

export const isMarkdownName = (fileName: string): boolean =>
  markdownEndings.some((ending) => fileName.toLowerCase().endsWith(ending))

/**
 * A title as it is stored: composed (NFC), runs of white space made one space, control characters (NUL among them, which
 * PostgreSQL refuses) and bidirectional overrides refused. Null when nothing remains, it is too long, or it
 * holds what a title cannot.
 */
export function normaliseTitle(text: string): string | null {
  const title = text.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (title.length < titleLimits.min || title.length > titleLimits.max) return null
  // Joiners, fillers and blanks alone are a title that nobody can see or click.
  if (!/[^\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u.test(title)) return null
  // Lone surrogates have no UTF-8 form; overrides make a list show another order than the one stored.
  if (/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u.test(title)) return null
  return title
}

/** `TDD-0042`: the prefix of the template, the number padded to four digits. Null: no number (the sample). */
export const formatNumber = (prefix: string, number: number | null): string | null =>
  number === null ? null : `${prefix}-${String(number).padStart(4, '0')}`

/**
 * The number in a short address: `42` or `TDD-0042`, of at most nine digits: with more, none was ever given. Numbers
 * are unique in the workspace, so the letters before them only help people. Null: it is no such address.
 */
export function parseNumber(address: string): number | null {
  const digits = /^(?:[A-Za-z]{1,8}-)?0*([1-9]\d{0,8})$/.exec(address)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** State of a section. `empty` is derived from content; the others are said by an editor. */
export const sectionStates = ['empty', 'writing', 'ready', 'changed_since_ready', 'not_applicable'] as const
export type SectionState = (typeof sectionStates)[number]

export const sectionStateNames: Record<SectionState, string> = {
  empty: 'Empty',
  writing: 'Being written',
  ready: 'Ready',
  changed_since_ready: 'Changed since ready',
  not_applicable: 'Does not apply',
}
