import { Extension, InputRule } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { undo, ySyncPluginKey, yUndoPluginKey } from '@tiptap/y-tiptap'
import { isFollowable, isKeepable } from '../../../lib/content/link-address'

/** True: what was typed last became something else, and nothing was done since. */
const key = new PluginKey<boolean>('typedRules')

/**
 * What is typed as in Markdown becomes what it stands for, in a step of undo of its own: Backspace at once or Ctrl-Z
 * gives back what was typed, character by character. So the last character is written first, and the rules of all
 * extensions look at the text behind it; by themselves they would swallow it.
 */
export const TypedRules = Extension.create({
  name: 'typedRules',
  // Before those rules, and before the keys that lift and join.
  priority: 1_200,
  addKeyboardShortcuts() {
    return {
      Backspace: ({ editor }) => key.getState(editor.state) === true && undo(editor.state),
    }
  },
  addProseMirrorPlugins: () => [typedRules()],
})

/** What Markdown has beyond the rules that come with each kind of block. In an extension of its own, behind those keys. */
export const LinkAndTableRules = Extension.create({
  name: 'linkAndTableRules',
  addInputRules: () => [linkRule(), tableRule()],
})

export function typedRules(): Plugin<boolean> {
  return new Plugin<boolean>({
    key,
    state: {
      init: () => false,
      apply(tr, before, old) {
        // Ids that new blocks are given go with what made them; what arrives from others changes nothing here.
        if (tr.getMeta('appendedTransaction') || tr.getMeta(ySyncPluginKey) !== undefined) return before
        const isRule = rulesOf(old).some((plugin) => tr.getMeta(plugin))
        if (isRule || (before && tr.docChanged)) yUndoPluginKey.getState(old)?.undoManager.stopCapturing()
        if (isRule) return true
        return before && !tr.docChanged && !tr.selectionSet
      },
    },
    props: {
      handleTextInput(...typed) {
        const [view, , , , usual] = typed
        if (view.composing) return false
        if (takenBehind(typed)) return true
        view.dispatch(usual())
        applyRules(view)
        return true
      },
    },
  })
}

/** The rules of all extensions, in the order of their plugins. */
const rulesOf = ({ plugins }: EditorState): readonly Plugin[] =>
  plugins.filter(({ spec }) => (spec as { isInputRules?: boolean }).isInputRules === true)

type TypedText = Parameters<NonNullable<Plugin['props']['handleTextInput']>>

/** Whatever else has a meaning for what is typed comes first, wherever its plugin stands. @returns true: it took it. */
function takenBehind(typed: TypedText): boolean {
  const { plugins } = typed[0].state
  const rules = rulesOf(typed[0].state)
  const behind = plugins.slice(plugins.findIndex(({ spec }) => spec.key === key) + 1)
  return behind.some(
    (plugin) => !rules.includes(plugin) && plugin.props.handleTextInput?.call(plugin, ...typed) === true,
  )
}

function applyRules(view: EditorView): void {
  const { $head, empty } = view.state.selection
  if (!empty || !$head.parent.isTextblock) return
  for (const rules of rulesOf(view.state)) {
    const { handleTextInput } = rules.props
    // Nothing more is typed: they look at what stands before the caret.
    const nothing = () => view.state.tr
    if (handleTextInput?.call(rules, view, $head.pos, $head.pos, '', nothing)) return
  }
}

/** `[words](address)`. An address that no link may have stays as it was typed. */
function linkRule(): InputRule {
  return new InputRule({
    find: /(?<!!)\[([^[\]]+)\]\(([^\s()]+)\)$/,
    handler({ state, range, match }) {
      const [, words = '', href = ''] = match
      const type = state.schema.marks.link
      if (!type || !(isFollowable(href) || isKeepable(href))) return null
      const { tr } = state
      const { from } = range
      tr.delete(from + 1 + words.length, range.to).delete(from, from + 1)
      tr.addMark(from, from + words.length, type.create({ href })).removeStoredMark(type)
      tr.setMeta('preventAutolink', true)
    },
  })
}

/** `| a | b |` and Enter: a table with these headings, and the caret in its first row. */
function tableRule(): InputRule {
  return new InputRule({
    find: /^\|.*\|\s*\n$/,
    handler: ({ state, range }) => (tableFrom(state.tr, range.from) ? undefined : null),
  })
}

/** Puts a table in place of the paragraph around a position. False: it says no row of a table, or none may stand there. */
function tableFrom(tr: Transaction, position: number): boolean {
  const $at = tr.doc.resolve(position)
  const { parent, depth } = $at
  const { table, tableRow, tableHeader, tableCell, paragraph } = parent.type.schema.nodes
  if (!table || !tableRow || !tableHeader || !tableCell || !paragraph || depth === 0) return false
  const [index, holder] = [$at.index(depth - 1), $at.node(depth - 1)]
  if (parent.type !== paragraph || !holder.canReplaceWith(index, index + 1, table)) return false
  const headings = headingsIn(parent)
  if (headings === null) return false
  const row = headings.map((content) => tableHeader.create(null, paragraph.create(null, content)))
  const blank = headings.map(() => tableCell.create(null, paragraph.create()))
  const made = table.create(null, [tableRow.create(null, row), tableRow.create(null, blank)])
  const from = $at.before(depth)
  tr.replaceWith(from, $at.after(depth), made)
  const secondRow = from + 1 + (made.firstChild?.nodeSize ?? 0)
  tr.setSelection(TextSelection.near(tr.doc.resolve(secondRow + 1)))
  return true
}

/** What stands between the bars of a line, with its marks; null: fewer than two cells. */
function headingsIn({ content, textContent }: ProseMirrorNode) {
  if (content.size !== textContent.length) return null
  const bars = [...textContent.matchAll(/(?<!\\)\|/g)].map(({ index }) => index)
  const cells = bars.slice(1).map((end, index) => {
    const start = (bars[index] ?? 0) + 1
    const words = textContent.slice(start, end)
    const lead = words.length - words.trimStart().length
    return content.cut(start + lead, start + Math.max(lead, words.trimEnd().length))
  })
  return cells.length < 2 ? null : cells
}
