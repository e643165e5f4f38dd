import { randomUUID } from 'node:crypto'
import { Fragment, type Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { Proposal } from '../../lib/api-proposal'
import { anchorAt, quoteOfTitle } from '../../lib/content/anchor/anchor'
import { indexOf, type Range } from '../../lib/content/anchor/anchor-index'
import { wordsBetween } from '../../lib/content/anchor/anchor-words'
import type { DocumentJson } from '../../lib/content/document-json'
import { applySuggestion, nodesOf, rangeOfSuggestion } from '../../lib/content/suggestion/suggestion'
import { sectionOfSuggestion } from '../../lib/content/suggestion/suggestion-make'
import {
  buildNodes,
  idsIn,
  keepingIds,
  type Unbuilt,
  withoutIds,
} from '../../lib/content/suggestion/suggestion-nodes'
import type { Suggestion, SuggestionPlace } from '../../lib/content/suggestion/suggestion-shape'
import { PublicError } from '../../lib/errors'
import { type AttachedTo, type Attachment, attachTo } from './attach'
import type { Located } from './located'

export type Proposed = AttachedTo & { readonly suggestion: Suggestion }

/**
 * What a caller proposes, checked against the saved text: it applies there now, and what it would make of the text is
 * one that a body can hold.
 *
 * @throws PublicError `invalid` for a place that is none, `foreign_anchor`; `suggestion_stale` where the text is not
 *   the one that it was made on; `schema`, `too_large` for a replacement that a body cannot hold.
 */
export function proposedIn(located: Located, given: Attachment & { suggestion: Proposal }): Proposed {
  const { replacement, base } = given.suggestion
  const known = base === undefined ? null : built(base)
  const at = placeOf(located, given)
  const suggestion: Suggestion = {
    place: at.place,
    base: jsonOf(known ?? at.there),
    replacement: [],
  }
  const range = rangeOfSuggestion(located.place, at.anchor, suggestion)
  if (!range) throw new PublicError('suggestion_stale')
  const nodes =
    typeof replacement === 'string'
      ? plainNodes(located.place.doc, range, replacement, at.place)
      : built(replacement)
  const isBlocks = at.place.kind === 'blocks'
  const proposed = {
    ...suggestion,
    replacement: isBlocks ? keepingIds(jsonOf(nodes), idsIn(suggestion.base)) : jsonOf(nodes),
  }
  if (saysNothing(known ?? at.there, nodes)) {
    throw new PublicError('invalid', {
      sentence: 'This suggestion changes nothing. Change something, or comment.',
    })
  }
  const made = applySuggestion(located.place, at.anchor, proposed, randomUUID)
  if (made === 'stale') throw new PublicError('suggestion_stale')
  if (made === 'schema') throw new PublicError('schema', { sentence: doesNotFit })
  if (at.anchor)
    return { anchor: at.anchor, sectionId: at.anchor.sectionId, quote: at.anchor.quote, suggestion: proposed }
  const sectionId = sectionOfSuggestion(located.place, range)
  return {
    anchor: null,
    sectionId,
    quote: quoteOfTitle(located.titleOf(sectionId) ?? ''),
    suggestion: proposed,
  }
}

const doesNotFit =
  'What is to stand there does not fit: a document cannot hold it at this place. Suggest it otherwise.'

interface ProposedPlace {
  readonly place: SuggestionPlace
  readonly anchor: AttachedTo['anchor']
  /** What it takes away, as it stands there now. */
  readonly there: readonly ProseMirrorNode[]
}

function placeOf(located: Located, given: Attachment & { suggestion: Proposal }): ProposedPlace {
  const { at = 'words', gap = '', blocks } = given.suggestion
  const { doc } = located.place
  if (blocks) {
    if (given.anchor !== undefined || given.quote !== undefined) {
      throw new PublicError('invalid', {
        sentence: 'A suggestion is on words or on whole blocks, not on both. Leave one out.',
      })
    }
    const { ids, after = null } = blocks
    const there = ids.flatMap((id) => blockOf(doc, id) ?? [])
    if (there.length < ids.length || (ids.length === 0 && after !== null && !blockOf(doc, after)))
      throw new PublicError('suggestion_stale')
    const place = { kind: 'blocks' as const, blockIds: ids, after: ids.length > 0 ? null : after }
    const range = rangeOfSuggestion(located.place, null, { place, base: jsonOf(there), replacement: [] })
    const words = range && (ids.length > 0 ? range : lastWordBefore(doc, range.from))
    return { place, there, anchor: words && anchorAt(located.place, words) }
  }
  if (given.anchor === undefined && given.quote === undefined) {
    throw new PublicError('invalid', {
      sentence:
        'Say what is to be changed: words (`anchor` or `quote`), or whole blocks (`suggestion.blocks`).',
    })
  }
  const { anchor } = attachTo(located, given)
  const words = anchor && located.range(anchor)
  if (!words) throw new PublicError('suggestion_stale')
  if (at !== 'words') return { place: { kind: at, gap }, anchor, there: [] }
  const $from = doc.resolve(words.from)
  if (!$from.parent.inlineContent || words.to > $from.end()) {
    throw new PublicError('invalid', {
      sentence: 'These words are in more than one block. Suggest whole blocks instead (`suggestion.blocks`).',
    })
  }
  return { place: { kind: 'words' }, anchor, there: nodesOf(doc.slice(words.from, words.to).content) }
}

/** What comes behind a block stands beside its last word. */
function lastWordBefore(doc: ProseMirrorNode, position: number): Range | null {
  const words = wordsBetween(doc, 0, position)
  const at = /\S{1,64}\s*$/u.exec(words.text.slice(-200))
  if (!at) return null
  const from = Math.max(0, words.text.length - 200) + at.index
  return { from: words.posAt(from), to: words.endAt(words.text.length) }
}

const blockOf = (doc: ProseMirrorNode, id: string): ProseMirrorNode | null => {
  const range = indexOf(doc).block(id)
  return range && doc.nodeAt(range.from)
}

/** Text as nodes: in the look of what it replaces or stands behind; as paragraphs where whole blocks are meant. */
function plainNodes(
  doc: ProseMirrorNode,
  range: Range,
  text: string,
  place: SuggestionPlace,
): ProseMirrorNode[] {
  const { schema } = doc.type
  if (place.kind === 'blocks') {
    const lines = text.trim() === '' ? [] : text.trim().split(/\n+/)
    return built(lines.map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] })))
  }
  if (text === '') return []
  const $from = doc.resolve(range.from)
  const marks = (range.from < range.to ? $from.nodeAfter : $from.nodeBefore)?.marks ?? []
  const isCode = $from.parent.type.spec.code === true
  const lines = isCode ? [text] : text.split('\n')
  const json = lines.flatMap((line, index): DocumentJson[] => [
    ...(index > 0 ? [{ type: 'hardBreak' }] : []),
    ...(line === '' ? [] : [schema.text(line, marks).toJSON() as DocumentJson]),
  ])
  return built(json)
}

const saysNothing = (old: readonly ProseMirrorNode[], fresh: readonly ProseMirrorNode[]): boolean =>
  Fragment.fromArray(old.map(withoutIds)).eq(Fragment.fromArray(fresh.map(withoutIds)))

const jsonOf = (nodes: readonly ProseMirrorNode[]): DocumentJson[] =>
  nodes.map((node) => node.toJSON() as DocumentJson)

function built(given: readonly unknown[]): ProseMirrorNode[] {
  const nodes: ProseMirrorNode[] | Unbuilt = buildNodes(given)
  if (Array.isArray(nodes)) return nodes
  if (nodes === 'too_large') {
    throw new PublicError('too_large', {
      sentence: 'This suggestion is larger than Rationale accepts. Split it into several.',
    })
  }
  throw new PublicError('schema')
}
