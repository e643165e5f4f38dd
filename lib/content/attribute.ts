import { parseBlockId, parsePersonId } from '../id'
import { isFilePlace, maxFileNameLength } from './attachment'
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

const oneOf = (values: readonly string[]) =>
  rule(`one of ${values.join(', ')}`, (value) => typeof value === 'string' && values.includes(value))

/** Kinds of a callout: GitHub's alerts. */
export const calloutKinds = ['note', 'tip', 'important', 'warning', 'caution'] as const
export type CalloutKind = (typeof calloutKinds)[number]

/** Where a decision stands. */
export const decisionStates = ['proposed', 'accepted', 'rejected', 'superseded'] as const
export type DecisionState = (typeof decisionStates)[number]

/** Longest naming of those who made a decision, in UTF-16 code units. */
export const maxDecidersLength = 500

/** Longest alternative text of an image, in UTF-16 code units. */
export const maxAltLength = 1_000

/** A footnote's name: it is written between brackets. */
export const isFootnoteLabel = (value: unknown): value is string =>
  typeof value === 'string' && /^[^\s[\]^]{1,100}$/u.test(value)
const footnoteLabel = rule('1 to 100 characters without space, brackets or ^', isFootnoteLabel)

const day = rule('null or a day as YYYY-MM-DD', (value) => value === null || isDay(value))

const isDay = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value

/** A column's least and greatest width, in CSS pixels. */
export const [minColumnWidth, maxColumnWidth] = [40, 2_000]

/** A cell may span this many rows or columns at most: drawing a table loops over them. */
export const maxSpan = 100

const cell = {
  id,
  colspan: between(1, maxSpan),
  rowspan: between(1, maxSpan),
  align: rule('null, left, center or right', (value) => {
    return value === null || value === 'left' || value === 'center' || value === 'right'
  }),
  // In CSS pixels, of its column (of the first one that it spans). Null: as wide as the text makes it.
  width: rule(`null or an integer from ${minColumnWidth} to ${maxColumnWidth}`, (value) => {
    const isWidth = Number.isInteger(value) && (value as number) >= minColumnWidth
    return value === null || (isWidth && (value as number) <= maxColumnWidth)
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
  callout: { id, kind: oneOf(calloutKinds) },
  details: { id },
  decision: { id, state: oneOf(decisionStates), day, deciders: text(maxDecidersLength) },
  footnote: { id, label: footnoteLabel },
  image: {
    id,
    // One of our own attachments, or an address that is kept and never asked for (see attachment.ts).
    src: rule('the place of an attachment, or an address', isFilePlace),
    // Null: nobody was asked yet. Empty: it says nothing that the text does not.
    alt: text(maxAltLength),
    // In hundredths of the measure; null: as wide as it is, at most the measure.
    width: rule('null or an integer from 10 to 100', (value) => {
      return (
        value === null || (Number.isInteger(value) && (value as number) >= 10 && (value as number) <= 100)
      )
    }),
  },
  file: {
    id,
    src: rule('the place of an attachment, or an address', isFilePlace),
    name: text(maxFileNameLength),
    // In bytes; null: not known.
    size: rule('null or a size in bytes', (value) => {
      return value === null || (Number.isSafeInteger(value) && (value as number) >= 0)
    }),
  },
  // Those below are parts of a line and carry no id.
  footnoteReference: { label: footnoteLabel },
  mention: {
    person: rule("a person's id", (value) => typeof value === 'string' && parsePersonId(value) !== null),
    // As they were called when they were named: what a file shows, where nobody can be looked up.
    name: text(200),
  },
}

/** True for a node that carries an id: every block, and no part of a line. */
export const isIdentified = (nodeName: string): boolean =>
  Object.hasOwn(nodeAttributes, nodeName) && Object.hasOwn(nodeAttributes[nodeName] ?? {}, 'id')

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
