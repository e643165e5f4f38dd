import { Mark } from '@tiptap/core'

/**
 * A formula in a line, as TeX. It is text under a mark, not a node with a value: two may write in one formula, and
 * threads, suggestions and comparisons see its characters. A formula on its own is a block of code in the language
 * `math`, a diagram one in `mermaid`: GitHub draws both of them from the same Markdown.
 */
export const Formula = Mark.create({
  name: 'formula',
  // Of itself alone: what else the words are is ignored where the formula is drawn.
  excludes: 'formula',
  code: true,
  // Around all others, so that one formula of which a word is bold is drawn as one.
  priority: 1_100,
  // What is typed behind a drawn one is text: a page says where it belongs to it (components/editor/drawn/formulas.ts).
  inclusive: false,
  parseHTML: () => [{ tag: 'span[data-formula-drawn]', ignore: true }, { tag: 'span[data-formula]' }],
  renderHTML: () => ['span', { 'data-formula': '' }, 0],
})
