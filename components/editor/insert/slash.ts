import { type Editor, Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { endUndoStep } from '../binding/structural'
import type { InsertAction } from './insert-action'
import { matchingActions, runInsert } from './insert-list'
import { ariaOfOffer, isPlainText, lineBefore, offerKey, signAfter, typedFrom } from './typed-offer'

interface SlashState {
  /** Before the slash. */
  readonly from: number
  /** What was typed behind it. */
  readonly query: string
  /** Which of the matches Enter takes, counted from 0. */
  readonly chosen: number
}

/** What the slash menu shows. */
export interface SlashMenu {
  readonly from: number
  readonly query: string
  readonly chosen: number
  /** Never empty. */
  readonly actions: readonly InsertAction[]
}

const key = new PluginKey<SlashState | null>('slash')

/** The longest that is looked for, in characters: whoever types more writes a sentence. */
const longestQuery = 30

export const slashListId = 'slash-menu'
export const slashOptionId = (action: InsertAction): string => `slash-${action.id}`

/** `/` where a word may begin opens a list of what can be put there (typed-offer.ts). */
export const Slash = Extension.create({
  name: 'slash',
  // Before the keys of lists and tables.
  priority: 1_500,
  addProseMirrorPlugins() {
    return [slashPlugin(this.editor)]
  },
})

export function slashPlugin(editor: Editor): Plugin<SlashState | null> {
  return new Plugin<SlashState | null>({
    key,
    state: { init: () => null, apply: slashAfter },
    props: {
      attributes: ariaOf,
      handleTextInput(view, from, to, text, usual) {
        if (text !== '/' || !mayBegin(view.state, from, to)) return false
        view.dispatch(usual().setMeta(key, { from, query: '', chosen: 0 } satisfies SlashState))
        return true
      },
      handleKeyDown: (view, event) => handleKey(editor, view, event),
    },
  })
}

/** A path and a date are no commands: a slash opens where a word may begin. */
function mayBegin(state: EditorState, from: number, to: number): boolean {
  return isPlainText(state, from, to) && /(^|[\s(])$/u.test(lineBefore(state, from))
}

/** The state behind a transaction, in which the slash may be gone or the caret elsewhere. */
function slashAfter(
  tr: Transaction,
  before: SlashState | null,
  _: EditorState,
  state: EditorState,
): SlashState | null {
  const given = tr.getMeta(key) as SlashState | null | undefined
  if (given !== undefined) return given
  if (!before || (!tr.docChanged && !tr.selectionSet)) return before
  const from = signAfter(tr, before.from)
  const query = from === null ? null : queryOf(state, from)
  if (from === null || query === null) return null
  // Of a new list the first is the best; what others type meanwhile changes no choice.
  return { from, query, chosen: query === before.query ? before.chosen : 0 }
}

/** What was typed behind the slash; null: the caret has left it, or it is gone. */
function queryOf(state: EditorState, from: number): string | null {
  const text = typedFrom(state, from)
  if (text === null) return null
  const isQuery = text.startsWith('/') && text.length <= longestQuery + 1 && !/\s\s|\uFFFC/u.test(text)
  return isQuery ? text.slice(1) : null
}

/** What is to be shown; null: nothing was asked for, or nothing matches. */
export function slashMenuOf(state: EditorState): SlashMenu | null {
  const open = key.getState(state)
  if (!open) return null
  const actions = matchingActions(state, open.query)
  const chosen = Math.min(open.chosen, actions.length - 1)
  return actions.length === 0 ? null : { ...open, chosen, actions }
}

function ariaOf(state: EditorState): Record<string, string> {
  const menu = slashMenuOf(state)
  const action = menu?.actions[menu.chosen]
  return action ? ariaOfOffer(slashListId, slashOptionId(action)) : {}
}

function handleKey(editor: Editor, view: EditorView, event: KeyboardEvent): boolean {
  const menu = slashMenuOf(view.state)
  return offerKey<InsertAction>(
    event,
    menu && {
      options: menu.actions,
      chosen: menu.chosen,
      choose: (chosen) => {
        const { from, query } = menu
        view.dispatch(view.state.tr.setMeta(key, { from, query, chosen } satisfies SlashState))
      },
      take: (action) => takeSlash(editor, action),
      close: () => closeSlash(view),
    },
  )
}

/** What was typed stays. */
function closeSlash(view: EditorView): void {
  view.dispatch(view.state.tr.setMeta(key, null))
}

/** Takes the slash and the words behind it away, as one step of undo with typing them, and does what was chosen. */
export function takeSlash(editor: Editor, action: InsertAction): void {
  const menu = slashMenuOf(editor.state)
  if (!menu) return
  const { tr, selection } = editor.state
  editor.view.dispatch(tr.delete(menu.from, selection.head).setMeta(key, null))
  endUndoStep(editor)
  runInsert(editor, action)
}
