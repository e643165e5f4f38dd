import type { Editor } from '@tiptap/core'
import { createTable } from '@tiptap/extension-table'
import type { EditorState } from '@tiptap/pm/state'
import { Code2, Minus, Table } from 'lucide-react'
import { blockActions, type EditorAction, listActions } from '../actions'
import { structural } from '../binding/structural'
import { containerActions } from '../container/container-actions'
import { diagramActions } from '../drawn/diagram-actions'
import { footnoteAction } from '../footnote/footnote-insert'
import { mentionAction } from '../mention/mention-insert'
import { uploadActions } from '../upload/upload-actions'
import { type InsertAction, insertGroups } from './insert-action'
import { insertBlock } from './insert-block'

const known = new Map<string, EditorAction>([...blockActions, ...listActions].map((one) => [one.id, one]))

/** One of the bar's, as something to insert. */
function fromBar(id: string, more: Omit<InsertAction, 'id' | 'label' | 'icon' | 'run'>): InsertAction {
  const action = known.get(id)
  if (!action) throw new Error(`no action ${id}`)
  const { isActive: _, ...rest } = action
  return { ...rest, ...more }
}

const heading = (level: number): InsertAction =>
  fromBar(`heading-${level}`, {
    group: 'Text',
    keywords: [`h${level}`, 'title', 'section', 'header'],
    hint: '#'.repeat(level),
    turnsInto: 'heading',
  })

const table: InsertAction = {
  id: 'table',
  label: 'Table',
  icon: Table,
  group: 'Blocks',
  keywords: ['grid', 'rows', 'columns', 'spreadsheet'],
  hint: '| a | b |',
  run: (editor) => insertBlock(editor, createTable(editor.schema, 3, 3, true)),
}

const code: InsertAction = {
  id: 'code-block',
  label: 'Code block',
  icon: Code2,
  shortcut: 'Mod-Alt-c',
  group: 'Blocks',
  keywords: ['fence', 'snippet', 'program', 'pre'],
  hint: '```',
  turnsInto: 'codeBlock',
  run: (editor) => structural(editor, (chain) => chain.toggleCodeBlock()),
}

const divider: InsertAction = {
  id: 'divider',
  label: 'Divider',
  icon: Minus,
  group: 'Blocks',
  keywords: ['line', 'rule', 'separator', 'hr'],
  hint: '---',
  run: (editor) => {
    const rule = editor.schema.nodes.horizontalRule?.create()
    if (rule) insertBlock(editor, rule)
  },
}

/**
 * Everything that can be put into the text, within its group in the order of the menus. What brings a part of the
 * editor along has its action in that part's own file, and a line here; what it needs to run is loaded when it runs.
 */
const all: readonly InsertAction[] = [
  fromBar('paragraph', {
    group: 'Text',
    keywords: ['paragraph', 'plain'],
    turnsInto: 'paragraph',
  }),
  heading(1),
  heading(2),
  heading(3),
  fromBar('bullets', {
    group: 'Lists',
    keywords: ['bullet', 'unordered', 'ul'],
    hint: '-',
    turnsInto: 'bulletList',
  }),
  fromBar('numbers', {
    group: 'Lists',
    keywords: ['ordered', 'ol', 'steps'],
    hint: '1.',
    turnsInto: 'orderedList',
  }),
  fromBar('tasks', {
    group: 'Lists',
    keywords: ['todo', 'check', 'checkbox'],
    hint: '[]',
    turnsInto: 'taskList',
  }),
  fromBar('quote', {
    group: 'Blocks',
    keywords: ['blockquote', 'citation'],
    hint: '>',
    turnsInto: 'blockquote',
  }),
  ...containerActions,
  table,
  code,
  ...diagramActions,
  divider,
  ...uploadActions,
  footnoteAction,
  mentionAction,
]

export const insertActions: readonly InsertAction[] = insertGroups.flatMap((group) =>
  all.filter((action) => action.group === group),
)

/** True where the block at the caret may become this, or nothing has to. */
export function isPossible({ selection, schema }: EditorState, { turnsInto }: InsertAction): boolean {
  const { $from } = selection
  const type = turnsInto === undefined ? undefined : schema.nodes[turnsInto]
  if (!type || $from.depth === 0) return true
  const parent = $from.node(-1)
  return parent.contentMatchAt($from.index(-1)).matchType(type) !== null
}

/** What matches the words that were typed, the best first; all of it in its order for none. */
export function matchingActions(state: EditorState, typed: string): readonly InsertAction[] {
  const possible = insertActions.filter((action) => isPossible(state, action))
  const query = typed.trim().toLowerCase()
  if (query === '') return possible
  const ranked = possible.map((action) => ({ action, rank: rankOf(action, query) }))
  return ranked
    .filter(({ rank }) => rank < noMatch)
    .sort((a, b) => a.rank - b.rank)
    .map(({ action }) => action)
}

const noMatch = 4

/** From 0, its name begins so, to `noMatch`. */
function rankOf({ label, keywords }: InsertAction, query: string): number {
  const name = label.toLowerCase()
  if (name.startsWith(query)) return 0
  if (name.split(' ').some((word) => word.startsWith(query))) return 1
  if (keywords.some((word) => word.startsWith(query))) return 2
  return name.includes(query) ? 3 : noMatch
}

/** Runs one where the caret is, with the focus in the text: the browser's old caret would be read otherwise. */
export function runInsert(editor: Editor, action: InsertAction): void {
  editor.view.focus()
  action.run(editor)
}
