import type { BlockContent, Heading, Paragraph, PhrasingContent, RootContent, Table } from 'mdast'
import type { ReviewerAnswer } from '../api-review'
import type { SectionAnswer } from '../api-section'
import type { CommentAnswer, ThreadAnswer } from '../api-thread'
import { namedInFull } from '../comment'
import { sectionStateNames } from '../document'
import { verdictNames } from '../review'
import { kindNames, outcomeNames, wasOverruled } from '../thread'
import { writtenMarkdown } from './markdown/markdown-export'
import { plainText } from './suggestion/suggestion-redline'

export interface Appendix {
  /** All of a document's, the oldest first; what is not sent yet is left out. */
  readonly threads: readonly ThreadAnswer[]
  readonly reviewers: readonly ReviewerAnswer[]
  readonly sections: readonly SectionAnswer[]
  /** Title of a section by the id of its heading; null: it is not there any more. */
  readonly titleOf: (sectionId: string) => string | null
}

/**
 * What was said about a document and who signed it off, as Markdown to stand behind its text. People's words are
 * written as words, whatever they hold.
 */
export function appendixMarkdown({ threads: all, reviewers, sections, titleOf }: Appendix): string {
  const threads = all.filter((thread) => !thread.unsent)
  const [open, resolved] = [
    threads.filter((thread) => thread.state === 'open'),
    threads.filter((thread) => thread.state === 'resolved'),
  ]
  const list = (name: string, some: readonly ThreadAnswer[]): RootContent[] =>
    some.length === 0 ? [] : [heading(2, name), ...some.flatMap((thread) => threadNodes(thread, titleOf))]
  return writtenMarkdown({
    type: 'root',
    children: [
      { type: 'thematicBreak' },
      heading(1, 'Appendix: review'),
      heading(2, 'Sign-offs'),
      ...signOffs(reviewers),
      ...sectionsSaid(sections),
      ...list('Open threads', open),
      ...list('Resolved threads', resolved),
      ...(threads.length === 0 ? [heading(2, 'Threads'), paragraph('There are none.')] : []),
    ],
  })
}

const text = (value: string): PhrasingContent => ({ type: 'text', value })
const paragraph = (...words: (string | PhrasingContent)[]): Paragraph => ({
  type: 'paragraph',
  children: words.map((one) => (typeof one === 'string' ? text(one) : one)),
})
const heading = (depth: 1 | 2 | 3, words: string): Heading => ({
  type: 'heading',
  depth,
  children: [text(words)],
})
const code = (value: string): PhrasingContent => ({ type: 'inlineCode', value })

/** `2026-11-27 09:30 UTC`. */
const moment = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`

function signOffs(reviewers: readonly ReviewerAnswer[]): RootContent[] {
  if (reviewers.length === 0) return [paragraph('Nobody was asked to review.')]
  const rows = reviewers.map((reviewer): PhrasingContent[][] => {
    const { person, required, verdict } = reviewer
    return [
      [text(person.name)],
      [text(required ? 'required' : 'invited')],
      [text(verdict ? verdictNames[verdict.kind] : 'none')],
      verdict ? [text(`${verdict.version.number}, `), code(verdict.version.hash)] : [],
      [text(verdict ? moment(verdict.at) : '')],
      [text(standingOf(reviewer))],
    ]
  })
  return [tableOf(['Reviewer', 'Asked as', 'Verdict', 'Version and its hash', 'Given', 'Now'], rows)]
}

/** Sections that somebody said something of, or looks after. */
function sectionsSaid(sections: readonly SectionAnswer[]): RootContent[] {
  const rows = sections
    .filter(({ said, owner }) => said !== null || owner !== null)
    .map(({ number, title, state, said, owner }): PhrasingContent[][] => [
      [text(`${number} ${title}`.trim() || 'The beginning')],
      [text(`${sectionStateNames[state]}${said?.reason ? `: ${said.reason}` : ''}`)],
      [text(said?.by.name ?? '')],
      [text(said ? moment(said.at) : '')],
      [text(owner?.name ?? '')],
    ])
  if (rows.length === 0) return []
  return [heading(2, 'Sections'), tableOf(['Section', 'State', 'Said by', 'On', 'Owner'], rows)]
}

const tableOf = (names: readonly string[], rows: readonly PhrasingContent[][][]): Table => ({
  type: 'table',
  children: [names.map((name) => [text(name)]), ...rows].map((cells) => ({
    type: 'tableRow',
    children: cells.map((children) => ({ type: 'tableCell', children })),
  })),
})

const standingWords: Record<ReviewerAnswer['standing'], string> = {
  waiting: 'has said nothing yet',
  approved: 'stands',
  approved_changed: 'sections changed since',
  conditional: 'conditions are open',
  changes_requested: 'changes requested',
  commented: 'commented',
}

function standingOf({ state, reason, passedTo, standing, changes, verdict }: ReviewerAnswer): string {
  const why = reason ? `: ${reason}` : ''
  if (state === 'released') return `released by the owner${why}`
  if (state === 'stepped_aside') return `stepped aside${why}`
  if (state === 'handed_over') return `handed over${passedTo ? ` to ${passedTo.name}` : ''}${why}`
  const now =
    standing === 'approved_changed'
      ? `${standingWords[standing]}: ${changes.map(({ title }) => title).join(', ')}`
      : standingWords[standing]
  return [now, ...conditionsOf(verdict)].join('; ')
}

/** How many conditions of an approval are met, and by whose word where that was not its giver's. */
function conditionsOf(verdict: ReviewerAnswer['verdict']): string[] {
  const conditions = verdict?.conditions ?? []
  if (conditions.length === 0) return []
  const by = new Set(
    conditions.flatMap(({ met, metBy }) =>
      met && metBy && metBy.id !== verdict?.person.id ? [metBy.name] : [],
    ),
  )
  const met = conditions.filter((condition) => condition.met).length
  return [`${met} of ${conditions.length} conditions met`, ...[...by].map((name) => `marked met by ${name}`)]
}

function threadNodes(thread: ThreadAnswer, titleOf: Appendix['titleOf']): RootContent[] {
  const { kind, target, quote, sectionId, detached, comments } = thread
  const section = sectionId === null ? null : titleOf(sectionId)
  const place =
    target === 'document'
      ? 'on the document'
      : section === null
        ? 'on text that is gone'
        : `on ${section.trim() || 'the beginning'}`
  return [
    heading(3, `${kindNames[kind]} ${place}`),
    ...(quote === '' || target !== 'text' ? [] : [{ type: 'blockquote' as const, children: lines(quote) }]),
    ...(detached ? [paragraph('Its text is not in the document any more.')] : []),
    ...proposed(thread),
    ...comments.filter((comment) => !comment.unsent).flatMap(said),
    ...ended(thread, titleOf),
  ]
}

function proposed({ suggestion }: ThreadAnswer): RootContent[] {
  if (!suggestion) return []
  const [removed, added] = [plainText(suggestion.base), plainText(suggestion.replacement)]
  return [
    paragraph('Proposes:'),
    ...(removed === '' ? [] : [struck(removed)]),
    ...(added === '' ? [] : [{ type: 'blockquote' as const, children: lines(added) }]),
  ]
}

function said({ author, createdAt, editedAt, body, mentions }: CommentAnswer): RootContent[] {
  const edited = editedAt ? ', edited' : ''
  return [
    paragraph(
      { type: 'strong', children: [text(author.name)] },
      `, ${moment(createdAt)}${body === null ? '' : edited}:`,
    ),
    ...(body === null ? [paragraph(`Removed by ${author.name}.`)] : lines(namedInFull(body, mentions))),
  ]
}

function ended(thread: ThreadAnswer, titleOf: Appendix['titleOf']): RootContent[] {
  const { outcome, reason, movedTo, resolvedBy, resolvedAt, suggestion } = thread
  if (outcome === null) return []
  const how = suggestion
    ? suggestion.state === 'accepted'
      ? 'Accepted'
      : 'Declined'
    : wasOverruled(thread)
      ? 'Overruled'
      : outcomeNames[outcome]
  const where = movedTo === null ? '' : ` to ${titleOf(movedTo) ?? 'a section that is gone'}`
  const who = `, says ${resolvedBy?.name ?? 'somebody'}${resolvedAt ? `, ${moment(resolvedAt)}` : ''}`
  return [
    paragraph({ type: 'strong', children: [text(how)] }, `${where}${who}${reason ? `: ${reason}` : '.'}`),
  ]
}

/** Words of several lines: each stays one, and an empty one parts paragraphs. */
const lines = (words: string): BlockContent[] =>
  words
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) =>
      paragraph(
        ...part
          .split('\n')
          .flatMap((line, index): PhrasingContent[] =>
            index === 0 ? [text(line)] : [{ type: 'break' }, text(line)],
          ),
      ),
    )

const struck = (words: string): BlockContent => ({
  type: 'blockquote',
  children: lines(words).map((one) =>
    one.type === 'paragraph' ? { ...one, children: [{ type: 'delete', children: one.children }] } : one,
  ),
})
