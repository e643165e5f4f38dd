import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { FootnoteDefinition } from 'mdast'
import { isFootnoteLabel } from '../attribute'
import { footnotesOf, isGivenLabel } from '../footnotes'

/** Labels of a file's footnotes by their normalised names: those of one name are one, whatever their case. */
export function readLabels(definitions: readonly FootnoteDefinition[]): ReadonlyMap<string, string> {
  const [labels, taken] = [new Map<string, string>(), new Set<string>()]
  for (const { identifier, label } of definitions) {
    if (labels.has(identifier)) continue
    const wanted = legalLabel(label ?? identifier)
    let own = wanted
    for (let count = 2; taken.has(own); count++) own = `${wanted.slice(0, 90)}-${count}`
    taken.add(own)
    labels.set(identifier, own)
  }
  return labels
}

function legalLabel(label: string): string {
  const isLegal: boolean = isFootnoteLabel(label)
  if (isLegal) return label
  const cut = label
    .replace(/[\s[\]^]/gu, '-')
    .slice(0, 100)
    .replace(/\p{Cs}/gu, '')
  return cut === '' ? 'note' : cut
}

/**
 * What footnotes are called in a file, by their labels. A label that we gave, or that a file could not tell from
 * another (`A` and `a`), becomes the next number that is free. A label that is defined nowhere has no name: a file
 * would have it as text.
 */
export function writtenLabels(doc: ProseMirrorNode): ReadonlyMap<string, string> {
  const { numbers, definitions } = footnotesOf(doc)
  const [written, taken] = [new Map<string, string>(), new Set<string>()]
  for (const label of definitions.keys()) {
    if (isGivenLabel(label) || taken.has(normalised(label))) continue
    taken.add(normalised(label))
    written.set(label, label)
  }
  let free = 1
  for (const label of [...numbers.keys(), ...definitions.keys()]) {
    if (written.has(label)) continue
    while (taken.has(String(free))) free += 1
    taken.add(String(free))
    written.set(label, String(free))
  }
  return written
}

/** As micromark compares names. */
const normalised = (label: string): string => label.toLowerCase().toUpperCase()
