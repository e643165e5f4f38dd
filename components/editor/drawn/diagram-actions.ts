import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { Radical, Sigma, Workflow } from 'lucide-react'
import { diagramLanguage, mathLanguage } from '../../../lib/content/nodes/drawn-language'
import { dispatchAsStep } from '../binding/structural'
import type { InsertAction } from '../insert/insert-action'
import { insertBlock } from '../insert/insert-block'
import { openFormula } from './formulas'

/** What a new diagram begins with: something that is drawn at once, and can be written over. */
const firstDiagram = 'flowchart LR\n  client[Client] --> service[Service]\n  service --> store[(Store)]'

const insertCode = (editor: Editor, language: string, text: string): boolean => {
  const { codeBlock } = editor.schema.nodes
  const block = codeBlock?.create({ language }, text === '' ? null : editor.schema.text(text))
  return block !== undefined && insertBlock(editor, block)
}

/** What is drawn of its source. */
export const diagramActions: readonly InsertAction[] = [
  {
    id: 'diagram',
    label: 'Diagram',
    icon: Workflow,
    group: 'Blocks',
    keywords: ['mermaid', 'flowchart', 'sequence', 'graph', 'chart', 'drawing', 'gantt'],
    hint: '```mermaid',
    run: (editor) => insertCode(editor, diagramLanguage, firstDiagram),
  },
  {
    id: 'formula-block',
    label: 'Formula block',
    icon: Sigma,
    group: 'Blocks',
    keywords: ['math', 'maths', 'equation', 'latex', 'tex'],
    hint: '$$',
    run: (editor) => insertCode(editor, mathLanguage, ''),
  },
  {
    id: 'formula',
    label: 'Formula',
    icon: Radical,
    group: 'In a line',
    keywords: ['math', 'maths', 'equation', 'latex', 'tex'],
    hint: '$x^2$',
    run: (editor) => insertFormula(editor),
  },
]

/** Makes the selected words a formula; where none are, a short one that is written over. */
function insertFormula(editor: Editor): void {
  const { state } = editor
  const type = state.schema.marks.formula
  const { from, to, empty, $from, $to } = state.selection
  if (!type || !$from.parent.inlineContent || !$from.sameParent($to) || $from.parent.type.spec.code) return
  const { tr } = state
  if (empty) tr.insert(from, state.schema.text('x', [type.create()]))
  else tr.addMark(from, to, type.create())
  const end = empty ? from + 1 : to
  dispatchAsStep(editor, openFormula(tr.setSelection(TextSelection.create(tr.doc, from, end))))
}
