import { parseBlockId } from '../id'
import { isKeepable } from './link-address'

/**
 * Every attribute that a block or a mark may have, and which values are legal. This table is the truth: the
 * schema takes its attributes from it (an attribute of a Tiptap extension that is missing here does not
 * exist), and the guard of the sync server looks values up in it.
 *
 * All values are primitives, on purpose: an attribute that is an array or an object has been a script
 * injection in other editors, and Yjs stores whatever it is given.
 */
export type AttributeValue = string | number | boolean | null

export interface AttributeRule {
  /** What the value may be, for people who read a refusal. */
  readonly expects: string
  readonly allows: (value: unknown) => value is AttributeValue
}

const rule = (expects: string, allows: (value: unknown) => boolean): AttributeRule => ({
  expects,
  allows: allows as AttributeRule['allows'],
})

const between = (least: number, most: number) =>
  rule(`an integer from ${least} to ${most}`, (value) => {
    return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
  })

const text = (most: number) =>
  rule(
    `null or text of at most ${most} characters`,
    (value) => value === null || (typeof value === 'string' && value.length <= most),
  )

/** True for a block's id: 1 to 64 URL-safe characters (the same as `BlockId` of lib/id.ts). */
export const isLegalBlockId = (value: unknown): value is string =>
  typeof value === 'string' && parseBlockId(value) !== null

/** Null until the editor that made the block has given it an id. */
const id = rule('null or 1 to 64 URL-safe characters', (value) => value === null || isLegalBlockId(value))

/** A cell may span this many rows or columns at most: drawing a table loops over them. */
export const maxSpan = 100

const cell = {
  id,
  colspan: between(1, maxSpan),
  rowspan: between(1, maxSpan),
  align: rule('null, left, center or right', (value) => {
    return value === null || value === 'left' || value === 'center' || value === 'right'
  }),
}

export const nodeAttributes: Readonly<Record<string, Readonly<Record<string, AttributeRule>>>> = {
  paragraph: { id },
  heading: { id, level: between(1, 6) },
  bulletList: { id },
  orderedList: {
    id,
    // Markdown knows nine digits (CommonMark 0.31, 5.2).
    start: between(0, 999_999_999),
    type: rule('null, 1, a, A, i or I', (value) => {
      return value === null || (typeof value === 'string' && /^[1aAiI]$/.test(value))
    }),
  },
  listItem: { id },
  taskList: { id },
  taskItem: { id, checked: rule('true or false', (value) => typeof value === 'boolean') },
  blockquote: { id },
  // The whole info string of a fence (`rust,ignore`, `js title="x"`): its first word is the language.
  codeBlock: { id, language: text(200) },
  horizontalRule: { id },
  table: { id },
  tableRow: { id },
  tableCell: cell,
  tableHeader: cell,
}

export const markAttributes: Readonly<Record<string, Readonly<Record<string, AttributeRule>>>> = {
  link: {
    // Not every address that is legal here may be followed; see link-address.ts.
    href: rule('an http, https or mailto address, # and a place, or a path', isKeepable),
    title: text(1_000),
  },
}

/** A validator as ProseMirror wants it: throws where the rule says no. */
export function validatorOf(owner: string, name: string, { expects, allows }: AttributeRule) {
  return (value: unknown): void => {
    if (!allows(value)) throw new RangeError(`${owner}.${name} must be ${expects}`)
  }
}
