import { type Editor, Extension } from '@tiptap/core'
import { Fragment, Slice } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type { DocumentJson } from '../../../lib/content/document-json'
import { applySuggestions, nodesOf, rangeOfSuggestion } from '../../../lib/content/suggestion/suggestion'
import { suggestBody } from '../../../lib/content/suggestion/suggestion-diff'
import type { Made } from '../../../lib/content/suggestion/suggestion-make'
import { placeOfState } from '../binding/state-place'
import type { DrawnSuggestion } from './suggest-marks'
import { NestedEditor, type Proposed } from './suggest-nested'

export interface SuggestModeOptions {
  /**
   * Starts these suggestions, and takes the threads back that they stand for.
   * @returns false: they were not taken, and the person was told why.
   */
  onPropose: (made: readonly Made[], instead: readonly string[]) => Promise<boolean>
  /** What was typed cannot be suggested: a sentence. */
  onRefuse: (sentence: string) => void
}

interface Editing {
  readonly from: number
  readonly to: number
  /** The block as it was when it was entered: what is proposed is proposed on that. */
  readonly block: string
  /** Own suggestions on this block, which the new ones stand for. */
  readonly instead: readonly string[]
  readonly nested: NestedEditor
  /** Somebody has changed the block, and this person was told: what they propose now is meant for it as it is. */
  readonly overtaken: boolean
}

interface ModeState {
  /** What is typed is proposed, not written. */
  readonly on: boolean
  /** Own suggestions that stand open. */
  readonly own: readonly DrawnSuggestion[]
  readonly editing: Editing | null
}

type ModeMeta = Partial<ModeState>

const key = new PluginKey<ModeState>('suggestMode')

/**
 * While it is on, typing changes nothing in the text: the block at the caret becomes a small editor of its own, drawn
 * over it, and what comes of it is proposed when the caret leaves. What others write in the text goes on as ever.
 */
export const SuggestMode = Extension.create<SuggestModeOptions>({
  name: 'suggestMode',
  // Before whatever else would answer a key.
  priority: 1_500,
  addOptions: () => ({ onPropose: async () => false, onRefuse: () => {} }),
  addProseMirrorPlugins() {
    return [suggestMode(this.options)]
  },
})

function suggestMode(options: SuggestModeOptions): Plugin<ModeState> {
  const enter = (view: EditorView, then: (nested: NestedEditor) => void): boolean => {
    const { on, editing } = stateOf(view.state)
    if (!on) return false
    if (editing === null) {
      const opened = open(view, options)
      if (typeof opened === 'string') options.onRefuse(opened)
      else then(opened)
    } else if (!editing.nested.isBusy) {
      editing.nested.editor.view.focus()
      then(editing.nested)
    }
    return true
  }
  const stop = (view: EditorView, event: Event, then: (nested: NestedEditor) => void): boolean => {
    if (!enter(view, then)) return false
    event.preventDefault()
    return true
  }
  return new Plugin<ModeState>({
    key,
    state: {
      init: () => ({ on: false, own: [], editing: null }),
      apply(tr, before) {
        const given = { ...before, ...(tr.getMeta(key) as ModeMeta | undefined) }
        const { editing } = given
        if (!editing || !tr.docChanged) return tr.getMeta(key) === undefined ? before : given
        const from = tr.mapping.mapResult(editing.from, 1)
        const to = tr.mapping.mapResult(editing.to, -1)
        return { ...given, editing: { ...editing, from: from.pos, to: Math.max(from.pos, to.pos) } }
      },
    },
    filterTransaction: (tr, state) =>
      !tr.docChanged || !stateOf(state).on || tr.getMeta(ySyncPluginKey) !== undefined,
    props: {
      attributes: (state): Record<string, string> => (stateOf(state).on ? { 'data-suggesting': '' } : {}),
      decorations(state) {
        const { editing } = stateOf(state)
        if (!editing) return null
        const { from, to, nested, overtaken } = editing
        const over = Decoration.widget(to, () => nested.dom, {
          key: 'suggest-edit',
          side: 1,
          ignoreSelection: true,
          stopEvent: () => true,
        })
        const hidden = from < to && !overtaken ? [Decoration.node(from, to, { class: 'suggest-hidden' })] : []
        return DecorationSet.create(state.doc, [...hidden, over])
      },
      handleDOMEvents: {
        beforeinput: (view, event) =>
          stop(view, event, ({ editor }) => {
            if (!event.inputType.startsWith('insert') || !event.data) return
            editor.view.dispatch(editor.state.tr.insertText(event.data).scrollIntoView())
          }),
        compositionstart: (view, event) => stop(view, event, () => {}),
        paste: (view, event) =>
          stop(view, event, ({ editor }) => {
            // The same paste once more, where it belongs: the small editor reads it as this one would.
            const { clipboardData } = event
            editor.view.dom.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }))
          }),
        cut: (view, event) => stop(view, event, ({ editor }) => void editor.commands.deleteSelection()),
        drop: (view, event) => stop(view, event, () => {}),
      },
      handleKeyDown(view, event) {
        if (!stateOf(view.state).on || event.isComposing) return false
        const isCommand = event.metaKey || event.ctrlKey
        if (isCommand && ['b', 'i', 'e', 'z', 'y'].includes(event.key.toLowerCase())) {
          event.preventDefault()
          return true
        }
        switch (event.key) {
          case 'Backspace':
          case 'Delete':
            return stop(view, event, ({ editor }) => removeBeside(editor, event.key === 'Delete'))
          case 'Enter':
            return stop(view, event, ({ editor }) => void editor.commands.keyboardShortcut('Enter'))
          default:
            return false
        }
      },
    },
    view: (view) => ({
      destroy: () => leave(view, options),
    }),
  })
}

const stateOf = (state: EditorState): ModeState =>
  key.getState(state) ?? { on: false, own: [], editing: null }

function removeBeside(editor: Editor, ahead: boolean): void {
  const { empty, $from } = editor.state.selection
  if (!empty) {
    editor.commands.deleteSelection()
    return
  }
  const text = $from.parent.textBetween(0, $from.parent.content.size, '', '\n')
  const beside = ahead ? text.slice($from.parentOffset) : text.slice(0, $from.parentOffset)
  const character = ahead ? [...beside][0] : [...beside].at(-1)
  if (!character) return
  const [from, to] = ahead
    ? [$from.pos, $from.pos + character.length]
    : [$from.pos - character.length, $from.pos]
  editor.commands.deleteRange({ from, to })
}

/** Draws the small editor over the block of the selection. @returns why not, as a sentence. */
function open(view: EditorView, options: SuggestModeOptions): NestedEditor | string {
  const { state } = view
  const { $from, $to } = state.selection
  const place = placeOfState(state)
  if (!place || $from.depth === 0 || $from.index(0) !== $to.index(0)) {
    return 'These words are in several blocks. Change one after the other, or select them and press Suggest.'
  }
  const [from, to] = [$from.before(1), $from.after(1)]
  const mine = stateOf(state).own.filter(({ anchor, suggestion }) => {
    const range = rangeOfSuggestion(place, anchor, suggestion)
    return range !== null && range.from >= from && range.to <= to && (range.from > from || range.to > from)
  })
  const { doc, applied } = applySuggestions(place, mine, newId)
  const end = to + doc.content.size - state.doc.content.size
  const block = $from.node(1)
  const nested = new NestedEditor({
    blocks: nodesOf(doc.slice(from, end).content).map((node) => node.toJSON() as DocumentJson),
    selection: applied.length > 0 ? null : { from: $from.pos - from - 1, to: $to.pos - from - 1 },
    onPropose: (blocks) => propose(view, options, blocks),
    onWithdraw: () => close(view),
  })
  const editing: Editing = {
    from,
    to,
    block: JSON.stringify(block.toJSON()),
    instead: applied.map(({ id }) => id),
    nested,
    overtaken: false,
  }
  view.dispatch(state.tr.setMeta(key, { editing } satisfies ModeMeta))
  nested.focus()
  return nested
}

async function propose(
  view: EditorView,
  { onPropose, onRefuse }: SuggestModeOptions,
  blocks: readonly DocumentJson[],
): Promise<Proposed> {
  const { editing } = stateOf(view.state)
  if (!editing) return 'refused'
  if (!editing.overtaken && !isUntouched(view.state, editing)) {
    view.dispatch(view.state.tr.setMeta(key, { editing: { ...editing, overtaken: true } } satisfies ModeMeta))
    return 'overtaken'
  }
  const made = madeOf(view.state, editing, blocks)
  if (made === null) {
    onRefuse(
      'There is no place for it in the text as it is now. Copy your words, and suggest them elsewhere.',
    )
    return 'refused'
  }
  const { instead } = editing
  const taken = (made.length === 0 && instead.length === 0) || (await onPropose(made, instead))
  if (taken && !view.isDestroyed) close(view)
  return taken ? 'taken' : 'refused'
}

/** The block is still as it was when it was entered. */
function isUntouched({ doc }: EditorState, { from, to, block }: Editing): boolean {
  const there = doc.nodeAt(from)
  return there !== null && from + there.nodeSize === to && JSON.stringify(there.toJSON()) === block
}

/** What stands in the small editor, as suggestions on the text as it is now. Null: it has no place there. */
function madeOf(state: EditorState, { from, to }: Editing, blocks: readonly DocumentJson[]): Made[] | null {
  const { doc, schema } = state
  const place = placeOfState(state)
  if (!place || doc.resolve(from).depth > 0 || doc.resolve(to).depth > 0) return null
  const nodes = blocks.map((json) => schema.nodeFromJSON(json))
  return suggestBody(place, doc.replace(from, to, new Slice(Fragment.fromArray(nodes), 0, 0)))
}

/** The page goes over to another body while somebody types: what they have typed so far is proposed. */
function leave(view: EditorView, { onPropose, onRefuse }: SuggestModeOptions): void {
  const { editing } = stateOf(view.state)
  if (!editing) return
  const { nested, instead } = editing
  if (nested.isChanged && !nested.isBusy) {
    const made = madeOf(view.state, editing, nested.blocks)
    if (made === null) onRefuse('What you were typing had no place in the text any more.')
    else if (made.length > 0) void onPropose(made, instead)
  }
  nested.destroy()
}

function close(view: EditorView): void {
  const { editing } = stateOf(view.state)
  if (!editing) return
  const hadFocus = editing.nested.dom.contains(document.activeElement)
  view.dispatch(view.state.tr.setMeta(key, { editing: null } satisfies ModeMeta))
  editing.nested.destroy()
  if (hadFocus) view.focus()
}

const newId = (): string => crypto.randomUUID()

/** Whether what is typed is proposed. */
export function setSuggesting(editor: Editor, on: boolean): void {
  if (stateOf(editor.state).on === on) return
  // Whoever goes back to writing has not thrown away what they have typed so far.
  if (!on) void stateOf(editor.state).editing?.nested.propose()
  editor.view.dispatch(editor.state.tr.setMeta(key, { on } satisfies ModeMeta))
}

/** The person's own open suggestions: typing into them again changes them. */
export const setOwnSuggestions = (editor: Editor, own: readonly DrawnSuggestion[]): void =>
  editor.view.dispatch(editor.state.tr.setMeta(key, { own } satisfies ModeMeta))
