import { ChevronRight, Gavel, Info } from 'lucide-react'
import { structural } from '../binding/structural'
import type { InsertAction } from '../insert/insert-action'

const wrapping = (
  type: 'callout' | 'details' | 'decision',
  more: Pick<InsertAction, 'label' | 'icon' | 'keywords' | 'hint'>,
): InsertAction => ({
  id: type,
  group: 'Blocks',
  turnsInto: type,
  // Where the block at the caret is one already, it is none afterwards.
  run: (editor) => structural(editor, (chain) => chain.toggleWrap(type)),
  ...more,
})

/** Blocks that are put around others. */
export const containerActions: readonly InsertAction[] = [
  wrapping('callout', {
    label: 'Callout',
    icon: Info,
    keywords: ['note', 'tip', 'important', 'warning', 'caution', 'admonition', 'alert', 'info'],
    hint: '!!!',
  }),
  wrapping('details', {
    label: 'Details',
    icon: ChevronRight,
    keywords: ['collapsible', 'fold', 'toggle', 'expand', 'summary'],
    hint: '>>',
  }),
  wrapping('decision', {
    label: 'Decision',
    icon: Gavel,
    keywords: ['adr', 'decide', 'record', 'choice'],
    hint: '> [!decision]',
  }),
]
