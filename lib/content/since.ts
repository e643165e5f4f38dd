/**
 * Since which version of the content schema something can be said (`schemaVersion` of schema.ts). What is not named
 * here has been there since the first. Entries are added, never changed: hashes of frozen versions are made with them.
 */
const nodes: Readonly<Record<string, number>> = {
  callout: 2,
  details: 2,
  decision: 2,
  footnote: 2,
  footnoteReference: 2,
  image: 2,
  file: 2,
  mention: 2,
}

const marks: Readonly<Record<string, number>> = { formula: 2 }

/** Attributes that came later than their node or mark. Their default is null: nothing was said. */
const attributes: Readonly<Record<string, number>> = { 'tableCell.width': 2, 'tableHeader.width': 2 }

export const nodeSince = (name: string): number => nodes[name] ?? 1
export const markSince = (name: string): number => marks[name] ?? 1

/** Null: as long as what has it. */
export const attributeSince = (owner: string, name: string): number | null =>
  attributes[`${owner}.${name}`] ?? null
