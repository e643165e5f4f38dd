import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { Person } from '../../../lib/person'
import { endUndoStep } from '../binding/structural'
import { ariaOfOffer, isPlainText, lineBefore, offerKey, signAfter, typedFrom } from '../insert/typed-offer'

/** What stands behind an `@` that somebody is typing. */
interface OfferState {
  /** Before the `@`. */
  readonly from: number
  readonly query: string
  /** Whom Enter takes, counted from 0. */
  readonly chosen: number
  /** Who was found for it. Empty while the answer is on its way. */
  readonly people: readonly Person[]
}

type OfferMeta = OfferState | { readonly people: readonly Person[]; readonly of: string } | null

const key = new PluginKey<OfferState | null>('mentionOffer')

/** The longest that is looked for, in characters, and its words: whoever types more writes a sentence. */
const longestQuery = 40
const mostWords = 3

export const mentionListId = 'mention-list'
export const mentionOptionId = (person: Person): string => `mention-${person.id}`

/** Whom a name's beginnings find: people who can read the document. */
export type SearchPeople = (query: string, signal: AbortSignal) => Promise<readonly Person[]>

/**
 * `@` where no letter precedes it offers people. As with the slash, what is typed stands in the text: Escape leaves
 * it, choosing puts the person in its place.
 */
export function mentionOffer(search: SearchPeople): Plugin<OfferState | null> {
  return new Plugin<OfferState | null>({
    key,
    state: { init: () => null, apply: offerAfter },
    props: {
      attributes: ariaOf,
      handleTextInput(view, from, to, text, usual) {
        if (text !== '@' || !mayBegin(view.state, from, to)) return false
        view.dispatch(usual().setMeta(key, { from, query: '', chosen: 0, people: [] } satisfies OfferMeta))
        return true
      },
      handleKeyDown: handleKey,
    },
    view(view) {
      let asked: string | null = null
      let asking: AbortController | null = null
      const ask = (query: string) => {
        asking?.abort()
        const mine = new AbortController()
        asking = mine
        search(query, mine.signal).then(
          (people) => {
            if (mine.signal.aborted) return
            view.dispatch(view.state.tr.setMeta(key, { people, of: query } satisfies OfferMeta))
          },
          // Whoever cannot be asked offers nobody: what was typed stays, and the next letter asks again.
          () => {},
        )
      }
      return {
        update() {
          const query = key.getState(view.state)?.query ?? null
          if (query === asked) return
          asked = query
          if (query === null) asking?.abort()
          else ask(query)
        },
        destroy: () => asking?.abort(),
      }
    },
  })
}

function mayBegin(state: EditorState, from: number, to: number): boolean {
  if (!isPlainText(state, from, to)) return false
  const $from = state.doc.resolve(from)
  const { mention } = state.schema.nodes
  if (!mention || !$from.parent.canReplaceWith($from.index(), $from.index(), mention)) return false
  return !/[\p{L}\p{N}_@]$/u.test(lineBefore(state, from))
}

function offerAfter(
  tr: Transaction,
  before: OfferState | null,
  _: EditorState,
  state: EditorState,
): OfferState | null {
  const given = tr.getMeta(key) as OfferMeta | undefined
  if (given === null) return null
  if (given && 'from' in given) return given
  if (!before) return null
  if (given) return given.of === before.query ? { ...before, people: given.people, chosen: 0 } : before
  if (!tr.docChanged && !tr.selectionSet) return before
  const from = signAfter(tr, before.from)
  const query = from === null ? null : queryOf(state, from)
  if (from === null || query === null) return null
  return query === before.query
    ? { ...before, from }
    : { from, query, chosen: 0, people: before.people.filter((person) => isCalled(person, query)) }
}

/** What was typed behind the `@`; null: the caret has left it, or it is no name any more. */
function queryOf(state: EditorState, from: number): string | null {
  const text = typedFrom(state, from)
  if (text === null) return null
  const query = text.slice(1)
  const isName = /^@(?!\s)[^@\n\uFFFC]*$/u.test(text) && query.length <= longestQuery
  return isName && query.split(' ').length <= mostWords ? query : null
}

/** What is shown until the answer to a longer query is there. */
const isCalled = (person: Person, query: string): boolean =>
  person.name.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase())

/** What is to be shown; null: nobody is offered. */
export function mentionOfferOf(state: EditorState): OfferState | null {
  const offer = key.getState(state)
  return offer && offer.people.length > 0 ? offer : null
}

function ariaOf(state: EditorState): Record<string, string> {
  const offer = mentionOfferOf(state)
  const person = offer?.people[offer.chosen]
  return person ? ariaOfOffer(mentionListId, mentionOptionId(person)) : {}
}

function handleKey(view: EditorView, event: KeyboardEvent): boolean {
  const offer = mentionOfferOf(view.state)
  const tell = (meta: OfferMeta) => view.dispatch(view.state.tr.setMeta(key, meta))
  return offerKey<Person>(
    event,
    offer && {
      options: offer.people,
      chosen: offer.chosen,
      choose: (chosen) => tell({ ...offer, chosen }),
      take: (person) => takePerson(view, person),
      close: () => tell(null),
    },
  )
}

/** Signs that would change how a name is read, or cannot be seen. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const longestName = 200

/** Puts a person in the place of what was typed, with a space behind, as one step of undo: it gives that back. */
export function takePerson(view: EditorView, { id, name }: Person): void {
  const offer = key.getState(view.state)
  const { mention } = view.state.schema.nodes
  if (!offer || !mention) return
  const { tr, selection, schema } = view.state
  const named = name.normalize('NFC').replace(unseen, '').trim().slice(0, longestName) || null
  tr.replaceWith(offer.from, selection.head, [mention.create({ person: id, name: named }), schema.text(' ')])
  endUndoStep(view)
  view.dispatch(tr.setMeta(key, null).scrollIntoView())
  endUndoStep(view)
}

/** Types the `@` for somebody who chose *Mention* from a list. */
export function offerPeople(view: EditorView): void {
  const { from, to } = view.state.selection
  if (!mayBegin(view.state, from, to)) return
  const tr = view.state.tr.insertText('@', from, to)
  view.dispatch(
    tr.setMeta(key, { from, query: '', chosen: 0, people: [] } satisfies OfferMeta).scrollIntoView(),
  )
}
