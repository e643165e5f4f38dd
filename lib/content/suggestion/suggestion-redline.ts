import { Fragment } from '@tiptap/pm/model'
import { diffWordsWithSpace } from 'diff'
import { cutText } from '../../cut-text'
import type { DocumentJson } from '../document-json'
import { leafWords } from '../leaf-words'
import { buildNodes } from './suggestion-nodes'
import { changeOf, type Suggestion } from './suggestion-shape'

/** A stretch of a redline: text that stays, that goes, or that comes. */
export interface RedlinePart {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Beyond this many characters old and new are shown one after the other: comparing them takes too long. */
const comparedMax = 20_000

/** Old and new of a suggestion as words, blocks separated by `\n`. */
export function redlineOfSuggestion({ base, replacement }: Suggestion): RedlinePart[] {
  const [old, fresh] = [plainText(base), plainText(replacement)]
  if (old.length + fresh.length > comparedMax) {
    return [part('removed', old), part('added', fresh)].filter(({ text }) => text !== '')
  }
  const parts = diffWordsWithSpace(old, fresh).map(({ value, added, removed }) =>
    part(added ? 'added' : removed ? 'removed' : 'same', value),
  )
  return together(parts)
}

/** Words that change side by side are one change: what goes, and then what comes. */
function together(parts: readonly RedlinePart[]): RedlinePart[] {
  const said: RedlinePart[] = []
  let [removed, added] = ['', '']
  const end = () => {
    if (removed !== '') said.push(part('removed', removed))
    if (added !== '') said.push(part('added', added))
    ;[removed, added] = ['', '']
  }
  for (const [index, { kind, text }] of parts.entries()) {
    const isBetween = kind === 'same' && /^\s*$/u.test(text) && index > 0 && index < parts.length - 1
    if (kind === 'same' && !isBetween) {
      end()
      said.push(part(kind, text))
      continue
    }
    if (kind !== 'added') removed += text
    if (kind !== 'removed') added += text
  }
  end()
  return said
}

const part = (kind: RedlinePart['kind'], text: string): RedlinePart => ({ kind, text })

/** True when old and new read the same: only their look differs. */
export const changesLookOnly = ({ base, replacement }: Suggestion): boolean =>
  base.length > 0 && replacement.length > 0 && plainText(base) === plainText(replacement)

/** The words of inline nodes or blocks, one line for each text block. */
export function plainText(content: readonly DocumentJson[]): string {
  const nodes = buildNodes(content)
  if (!Array.isArray(nodes)) return ''
  const line = Fragment.fromArray(nodes)
  if (nodes.every((node) => node.isInline)) return line.textBetween(0, line.size, null, leafWords)
  return nodes
    .map((node) =>
      node.isLeaf ? leafWords(node).trim() : node.textBetween(0, node.content.size, '\n', leafWords),
    )
    .join('\n')
}

/** As long as a quote in a sentence may be. */
const quotedMax = 120

/** What a suggestion does in one sentence, where its author says nothing about it: in mail, in exports, in lists. */
export function sentenceOfSuggestion(suggestion: Suggestion): string {
  const [old, fresh] = [quoted(plainText(suggestion.base)), quoted(plainText(suggestion.replacement))]
  if (changesLookOnly(suggestion)) return `Change how ${old} looks.`
  switch (changeOf(suggestion)) {
    case 'insert':
      return `Insert ${fresh}.`
    case 'delete':
      return `Delete ${old}.`
    case 'replace':
      return `Replace ${old} by ${fresh}.`
    case 'blocks':
      if (suggestion.base.length === 0) return `Add ${fresh}.`
      return suggestion.replacement.length === 0 ? `Delete ${old}.` : `Replace ${old} by ${fresh}.`
  }
}

function quoted(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  if (line === '') return 'an empty block'
  return `“${line.length <= quotedMax ? line : `${cutText(line, quotedMax)}…`}”`
}
