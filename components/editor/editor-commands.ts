import type { Editor } from '@tiptap/core'
import type { Command, CommandGroup } from '../shell/commands'
import { blockActions, type EditorAction, markActions } from './actions'
import { insertActions, isPossible, runInsert } from './insert/insert-list'

/** What can be put into the text or done to it, for the list of commands. */
export function editorCommands(editor: Editor): Command[] {
  if (editor.isDestroyed) return []
  const inserts = insertActions
    .filter((action) => isPossible(editor.state, action))
    .map((action): Command => {
      const { id, label, icon, shortcut, keywords } = action
      return {
        id: `insert-${id}`,
        group: 'Insert',
        label,
        words: keywords.join(' '),
        icon,
        ...(shortcut ? { shortcut } : {}),
        run: () => runInsert(editor, action),
      }
    })
  const known = new Set(insertActions.map(({ id }) => id))
  const blocks = blockActions.filter(({ id }) => !known.has(id))
  return [...inserts, ...[...blocks, ...markActions].map((action) => formatCommand(editor, action)), ...keys]
}

const formatCommand = (editor: Editor, action: EditorAction): Command => ({
  id: `format-${action.id}`,
  group: 'Format',
  label: action.label,
  icon: action.icon,
  ...(action.shortcut ? { shortcut: action.shortcut } : {}),
  run: () => action.run(editor),
})

const key = (id: string, group: CommandGroup, label: string, shortcut: string): Command => ({
  id: `key-${id}`,
  group,
  label,
  shortcut,
})

/** What the text hears itself. */
const keys: readonly Command[] = [
  key('slash', 'Insert', 'The list of what can be put in', '/'),
  key('link', 'Format', 'Link the selected words', 'Mod-Shift-k'),
  key('undo', 'Format', 'Undo', 'Mod-z'),
  key('redo', 'Format', 'Redo', 'Mod-Shift-z'),
  key('bar', 'Format', 'To the bar over the selected words', 'Alt-F10'),
  key('drawn', 'Format', 'To the buttons of a callout, a decision, a footnote', 'Alt-Enter'),
  key('block', 'Format', 'The menu of the block at the caret', 'Alt-F9'),
  key('block-up', 'Format', 'Move the block up (within a table: the row)', 'Alt-Shift-ArrowUp'),
  key('block-down', 'Format', 'Move the block down (within a table: the row)', 'Alt-Shift-ArrowDown'),
  key('column-left', 'Format', 'In a table: move the column left', 'Alt-Shift-ArrowLeft'),
  key('column-right', 'Format', 'In a table: move the column right', 'Alt-Shift-ArrowRight'),
  key('column-wider', 'Format', 'In a table: a wider column', 'Alt-Shift-.'),
  key('column-narrower', 'Format', 'In a table: a narrower column', 'Alt-Shift-,'),
  key('table-below', 'Format', 'In a table: go on below it', 'Mod-Enter'),
  key('row-up', 'Document', 'In the outline: move a section up', 'Alt-ArrowUp'),
  key('row-down', 'Document', 'In the outline: move a section down', 'Alt-ArrowDown'),
]
