import fc from 'fast-check'
import { calloutKinds, decisionStates } from '../../../lib/content/attribute'
import type { DocumentJson } from '../../../lib/content/document-json'
import { adaId, pictureAt } from './every-block'

export type Marked = [string, ...(string | DocumentJson)[]]
/** Text and its marks, as inline content. */
export const said = ([text, ...marks]: Marked): DocumentJson => ({
  type: 'text',
  text,
  marks: marks.map((mark) => (typeof mark === 'string' ? { type: mark } : (mark as { type: string }))),
})
export const hardBreak = { type: 'hardBreak' }
export const mention = (name: string | null) => ({ type: 'mention', attrs: { person: adaId, name } })
export const noted = (label: string) => ({ type: 'footnoteReference', attrs: { label } })
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
      '$',
      '$x$',
      '$$',
      '[^a]',
      '[!NOTE]',
      '</details>',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6, unit: 'grapheme' }) },
)
const runs = fc.array(
  fc.record({
    text: fc.array(words, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
    marks: fc.uniqueArray(fc.constantFrom('bold', 'italic', 'strike', 'code', 'link', 'formula'), {
      maxLength: 3,
    }),
    behind: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          hardBreak,
          hardBreak,
          mention('Ada'),
          mention('[G]'),
          mention(null),
          noted('a'),
          noted('~b'),
        ),
      },
    ),
  }),
  { maxLength: 5 },
)
const inlineJson = runs.map((given) =>
  given.flatMap(({ text, marks, behind }) => [
    ...(text === ''
      ? []
      : [said([text, ...marks.map((mark) => (mark === 'link' ? link('https://e.example/') : mark))])]),
    ...(behind ? [behind] : []),
  ]),
)
const places = fc.constantFrom(pictureAt, 'https://e.example/a b.png', '../x_y.pdf')
const containers: fc.Arbitrary<DocumentJson> = fc.oneof(
  fc.constant({ type: 'blockquote' }),
  fc.constant({ type: 'details' }),
  fc.constantFrom(...calloutKinds).map((kind) => ({ type: 'callout', attrs: { kind } })),
  fc
    .tuple(
      fc.constantFrom(...decisionStates),
      fc.constantFrom(null, '2026-11-26'),
      fc.constantFrom(null, 'Ada, Grace', '2026-11-26 · *all* $x$', '– · [us]'),
    )
    .map(([state, day, deciders]) => ({ type: 'decision', attrs: { state, day, deciders } })),
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
    fc
      .tuple(places, fc.option(words), fc.option(fc.integer({ min: 10, max: 100 })))
      .map(([src, alt, width]) => ({ type: 'image', attrs: { src, alt, width } })),
    fc
      .tuple(places, fc.option(words), fc.option(fc.nat()))
      .map(([src, name, size]) => ({ type: 'file', attrs: { src, name, size } })),
    fc.array(inlineJson, { minLength: 2, maxLength: 4 }).map((cells) => ({
      type: 'table',
      content: [0, 1].map((row) => ({
        type: 'tableRow',
        content: cells.map((content) => ({
          type: row === 0 ? 'tableHeader' : 'tableCell',
          content: [
            { type: 'paragraph', content },
            ...(content.length === 1
              ? [{ type: 'image', attrs: { src: pictureAt, alt: 'a|b', width: null } }]
              : []),
          ],
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
      .tuple(containers, fc.array(tie('block'), { minLength: 1, maxLength: 3 }))
      .map(([container, content]) => ({ ...container, content })),
  ),
}))

/** The blocks of any small body: every kind, nested, with text that Markdown could mistake. */
export const anyBlocks: fc.Arbitrary<DocumentJson[]> = fc
  .tuple(fc.array(blocks.block, { minLength: 1, maxLength: 3 }), blocks.block)
  .map(([content, note]) => {
    // Whatever is referred to is there: what is not is written as text.
    const labels = ['a', '~b'].filter((label) => JSON.stringify(content).includes(`"label":"${label}"`))
    const used = labels.length > 0 && JSON.stringify(note).includes('"label"') ? ['a', '~b'] : labels
    return [...content, ...used.map((label) => ({ type: 'footnote', attrs: { label }, content: [note] }))]
  })
