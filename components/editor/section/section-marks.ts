import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { Decoration } from '@tiptap/pm/view'
import type { OutlineSection } from '../../../lib/content/outline'
import type { SectionState } from '../../../lib/document'

/** What is known of a section, as its heading says it. */
export interface HeadingSign {
  readonly state: SectionState
  /** Why it does not apply. */
  readonly reason: string | null
  /** It only holds others: nothing is said of it alone. */
  readonly holds: boolean
  /** It may have been typed again for one that was deleted. */
  readonly returns: boolean
}

/** `more`: there is nothing to say of it, and this person might. `returns`: this person is asked. */
type ChipState = SectionState | 'more' | 'returns'

/** What is drawn at sections and never written: numbers, guidance, the words of an empty page. */
export interface SectionMarksInput {
  readonly doc: ProseMirrorNode
  readonly outline: readonly OutlineSection[]
  /** Advice by the heading's block id. */
  readonly guidance: ReadonlyMap<string, string>
  /** Headings whose advice was asked for although they have text. */
  readonly open: ReadonlySet<string>
  readonly canWrite: boolean
  /** Open threads of each section itself, by its heading's block id; null: this person takes no part in any. */
  readonly threads: ReadonlyMap<string, number> | null
  /** By the heading's block id. */
  readonly signs: ReadonlyMap<string, HeadingSign>
  /** This person says what a section is. */
  readonly maySay: boolean
}

/** One thing that is drawn; `decorationOf` makes ProseMirror's form of it. */
export type SectionMark =
  | {
      readonly kind: 'heading'
      readonly from: number
      readonly to: number
      readonly number: string
      readonly depth: number
      readonly blank: boolean
    }
  /** Inside the empty paragraph in which the author would write. */
  | { readonly kind: 'hint'; readonly from: number; readonly to: number; readonly text: string }
  /** Below the heading, where there is no paragraph to write in, or the section has text already. */
  | {
      readonly kind: 'advice'
      readonly at: number
      readonly id: string
      readonly text: string
      readonly startsHere: boolean
    }
  /** The buttons at a heading. */
  | {
      readonly kind: 'chips'
      readonly at: number
      readonly id: string
      /** Of a section that has text: whether its advice is shown. Null: there is none, or it stands there anyway. */
      readonly advice: 'shown' | 'hidden' | null
      /** Open threads; null: no button. */
      readonly threads: number | null
      readonly state: ChipState | null
    }

const nothingYet = 'Nothing here yet.'

/** What an empty section says: why it does not apply, else its advice; readers are not told what to write. */
export function saidOfEmpty(
  advised: string | undefined,
  reason: string | null,
  canWrite: boolean,
): string | undefined {
  if (reason !== null) return `Does not apply: ${reason}`
  return advised === undefined || canWrite ? advised : nothingYet
}

/** What who may write sees in an empty text. */
export const firstWords = 'Write here. Type / to insert a heading, a list, a table or code.'

export function sectionMarks({
  doc,
  outline,
  guidance,
  open,
  canWrite,
  threads,
  signs,
  maySay,
}: SectionMarksInput): SectionMark[] {
  const marks: SectionMark[] = []
  if (canWrite && doc.childCount === 1 && isEmptyParagraph(doc.firstChild)) {
    marks.push({ kind: 'hint', from: 0, to: doc.firstChild?.nodeSize ?? 0, text: firstWords })
  }
  for (const section of outline) {
    if (section.level === 0) continue
    const { id, from, ownFrom, ownEnd, number, depth, title } = section
    marks.push({ kind: 'heading', from, to: ownFrom, number, depth, blank: title === '' })
    const advised = guidance.get(id)
    const sign = signs.get(id)
    const state = chipState(sign, maySay)
    const reason = sign?.state === 'not_applicable' && section.empty ? sign.reason : null
    const text = section.empty ? saidOfEmpty(advised, reason, canWrite) : canWrite ? advised : undefined
    const advice = text === undefined || section.empty ? null : open.has(id) ? 'shown' : 'hidden'
    const count = threads === null ? null : (threads.get(id) ?? 0)
    if (advice !== null || count !== null || state !== null) {
      marks.push({ kind: 'chips', at: from, id, advice, threads: count, state })
    }
    if (text === undefined) continue
    if (!section.empty) {
      if (open.has(id)) marks.push({ kind: 'advice', at: ownFrom, id, text, startsHere: false })
      continue
    }
    const first = ownFrom < ownEnd ? doc.nodeAt(ownFrom) : null
    if (first && isEmptyParagraph(first)) {
      marks.push({ kind: 'hint', from: ownFrom, to: ownFrom + first.nodeSize, text })
    } else if (first === null && (canWrite || reason !== null))
      marks.push({ kind: 'advice', at: ownFrom, id, text, startsHere: canWrite })
  }
  return marks
}

/** What the chip of a heading says; where nothing was said, only who may say it has one. */
function chipState(sign: HeadingSign | undefined, maySay: boolean): ChipState | null {
  if (!sign) return null
  if (sign.returns && maySay) return 'returns'
  if (sign.holds) return null
  const isSaid = sign.state !== 'empty' && sign.state !== 'writing'
  return isSaid ? sign.state : maySay ? 'more' : null
}

const isEmptyParagraph = (node: ProseMirrorNode | null): boolean =>
  node !== null && node.type.name === 'paragraph' && node.content.size === 0

/** What the drawn buttons do. */
export interface SectionMarkActions {
  toggleAdvice(headingId: string): void
  /** In a section that is asked for by its heading's id: where it is drawn, positions may have moved since. */
  startWriting(headingId: string): void
  showThreads(headingId: string): void
  showMenu(headingId: string, button: HTMLElement): void
}

export function decorationOf(mark: SectionMark, actions: SectionMarkActions): Decoration {
  switch (mark.kind) {
    case 'heading':
      return Decoration.node(mark.from, mark.to, {
        class: `section-heading depth-${Math.min(mark.depth, 3)}${mark.blank ? ' is-blank' : ''}`,
        'data-number': mark.number,
        // The page's title is the first level: ranks, not levels as written, so that none is skipped.
        'aria-level': String(Math.min(mark.depth + 1, 6)),
      })
    case 'hint':
      return Decoration.node(mark.from, mark.to, { class: 'has-hint', 'data-hint': mark.text })
    case 'advice':
      return Decoration.widget(mark.at, () => drawAdvice(mark, actions), {
        side: -1,
        key: `advice-${mark.id}-${mark.startsHere ? 'start' : 'open'}-${mark.text}`,
        ignoreSelection: true,
        stopEvent: () => true,
      })
    case 'chips':
      return Decoration.widget(mark.at, () => drawChips(mark, actions), {
        side: -1,
        key: `chips-${mark.id}-${mark.advice}-${mark.threads}-${mark.state}`,
        ignoreSelection: true,
        stopEvent: () => true,
      })
  }
}

function drawAdvice(mark: SectionMark & { kind: 'advice' }, actions: SectionMarkActions): HTMLElement {
  if (!mark.startsHere) {
    const note = document.createElement('aside')
    note.className = 'section-advice'
    note.contentEditable = 'false'
    note.setAttribute('aria-label', 'Guidance')
    note.textContent = mark.text
    return note
  }
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'section-advice is-start'
  button.contentEditable = 'false'
  button.textContent = mark.text
  button.title = 'Write here'
  button.addEventListener('click', () => actions.startWriting(mark.id))
  return button
}

function drawChips(mark: SectionMark & { kind: 'chips' }, actions: SectionMarkActions): HTMLElement {
  const holder = document.createElement('div')
  holder.className = 'section-chips'
  holder.contentEditable = 'false'
  const row = document.createElement('div')
  row.className = 'section-chip-row'
  holder.append(row)
  if (mark.advice !== null) {
    const button = chip('Guidance', () => actions.toggleAdvice(mark.id))
    button.classList.add('is-guidance')
    button.setAttribute('aria-expanded', String(mark.advice === 'shown'))
    row.append(button)
  }
  if (mark.threads !== null) {
    const words = mark.threads === 1 ? '1 thread' : `${mark.threads} threads`
    const button = chip(mark.threads === 0 ? 'Comment' : words, () => actions.showThreads(mark.id))
    if (mark.threads === 0) button.setAttribute('aria-label', 'Comment on this section')
    button.classList.toggle('has-threads', mark.threads > 0)
    row.append(button)
  }
  if (mark.state !== null) row.append(stateChip(mark.id, mark.state, actions))
  return holder
}

const stateWords: Record<ChipState, string> = {
  returns: 'Typed again?',
  more: '⋯',
  empty: '⋯',
  writing: '⋯',
  ready: '✓ Ready',
  changed_since_ready: 'Changed',
  not_applicable: 'Does not apply',
}

function stateChip(id: string, state: ChipState, actions: SectionMarkActions): HTMLButtonElement {
  const button = chip(stateWords[state], (pressed) => actions.showMenu(id, pressed))
  button.classList.add(`is-${state.replaceAll('_', '-')}`)
  if (state === 'more') button.setAttribute('aria-label', 'More about this section')
  if (state === 'changed_since_ready') {
    button.title = 'Changed since it was called ready'
    button.setAttribute('aria-label', button.title)
  }
  button.setAttribute('aria-haspopup', 'menu')
  return button
}

function chip(text: string, onClick: (button: HTMLButtonElement) => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'section-chip'
  button.textContent = text
  button.addEventListener('click', () => onClick(button))
  return button
}
