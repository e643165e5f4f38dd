import fc from 'fast-check'
import type { DocumentJson } from '../../../lib/content/document-json'

export type Marked = [string, ...(string | DocumentJson)[]]
/** Text and its marks, as inline content. */
export const said = ([text, ...marks]: Marked): DocumentJson => ({
  type: 'text',
  text,
  marks: marks.map((mark) => (typeof mark === 'string' ? { type: mark } : (mark as { type: string }))),
})
export const hardBreak = { type: 'hardBreak' }
export const link = (href: string) => ({ type: 'link', attrs: { href, title: null } })

const words = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'a',
      'word ',
      ' of',
      'x_y',
      '1. ',
      'é😀',
      'https://e.example/x',
      'a@b.example',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '*',
      '_',
      '`',
      '~',
      '[',
      ']',
      '(',
      '<',
      '>',
      '&amp;',
      '\\',
      '|',
      '!',
      '#',
      '-',
      '+',
      ':',
      '\t',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6, unit: 'grapheme' }) },
)
const runs = fc.array(
  fc.record({
    text: fc.array(words, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
    marks: fc.uniqueArray(fc.constantFrom('bold', 'italic', 'strike', 'code', 'link'), { maxLength: 3 }),
    broken: fc.boolean(),
  }),
  { maxLength: 5 },
)
const inlineJson = runs.map((given) =>
  given.flatMap(({ text, marks, broken }) => [
    ...(text === ''
      ? []
      : [said([text, ...marks.map((mark) => (mark === 'link' ? link('https://e.example/') : mark))])]),
    ...(broken ? [hardBreak] : []),
  ]),
)
const blocks = fc.letrec<{ block: DocumentJson; list: DocumentJson; leaf: DocumentJson }>((tie) => ({
  leaf: fc.oneof(
    { weight: 4, arbitrary: inlineJson.map((content) => ({ type: 'paragraph', content })) },
    fc
      .tuple(inlineJson, fc.integer({ min: 1, max: 6 }))
      .map(([content, level]) => ({ type: 'heading', attrs: { level }, content })),
    fc.tuple(words, fc.constantFrom(null, 'ts', 'rust,ignore a=1')).map(([text, language]) => ({
      type: 'codeBlock',
      attrs: { language },
      content: text === '' ? [] : [{ type: 'text', text: `${text}\n\`\`\`` }],
    })),
    fc.constant({ type: 'horizontalRule' }),
    fc.array(inlineJson, { minLength: 2, maxLength: 4 }).map((cells) => ({
      type: 'table',
      content: [0, 1].map((row) => ({
        type: 'tableRow',
        content: cells.map((content) => ({
          type: row === 0 ? 'tableHeader' : 'tableCell',
          content: [{ type: 'paragraph', content }],
        })),
      })),
    })),
  ),
  list: fc
    .tuple(
      fc.constantFrom('bulletList', 'orderedList', 'taskList'),
      fc.array(fc.tuple(inlineJson, fc.array(tie('block'), { maxLength: 2 })), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.boolean(),
    )
    .map(([type, items, checked]) => ({
      type,
      content: items.map(([content, rest]) => ({
        type: type === 'taskList' ? 'taskItem' : 'listItem',
        ...(type === 'taskList' ? { attrs: { checked } } : {}),
        content: [{ type: 'paragraph', content }, ...rest],
      })),
    })),
  block: fc.oneof(
    { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    tie('list'),
    fc
      .array(tie('block'), { minLength: 1, maxLength: 3 })
      .map((content) => ({ type: 'blockquote', content })),
  ),
}))

/** The blocks of any small body: every kind, nested, with text that Markdown could mistake. */
export const anyBlocks: fc.Arbitrary<DocumentJson[]> = fc.array(blocks.block, { minLength: 1, maxLength: 3 })
