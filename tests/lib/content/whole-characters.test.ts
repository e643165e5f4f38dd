import { expect, test } from 'vitest'
import { maxFileNameLength } from '../../../lib/content/attachment'
import { maxAltLength, maxDecidersLength } from '../../../lib/content/attribute'
import { decisionsOf, longestDecision } from '../../../lib/content/decision-log'
import { parseDrawAnswer } from '../../../lib/content/diagram'
import { entriesOf } from '../../../lib/content/glossary'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { pictureOf } from '../../../lib/content/paste/pictures'
import { pictureAt, reportAt } from './every-block'
import { checkedNode, counting } from './world'

/** Its last character begins within the limit and ends beyond it. */
const long = (max: number) => `${'a'.repeat(max - 1)}😀 and more`

const read = (markdown: string) => importMarkdown(markdown, { newId: counting() }).content
const doc = (markdown: string) => checkedNode(read(markdown))

// Half a character has no UTF-8 form: whoever cut it has another text than everybody whom it is sent to.
test.each<[string, () => unknown]>([
  ['the description of an image', () => read(`![${long(maxAltLength)}](${pictureAt})`)],
  ['the name of a file', () => read(`[${long(maxFileNameLength)}](${reportAt})`)],
  ['the title of a link', () => read(`[here](https://example.com "${long(1_000)}")`)],
  ['who decided', () => read(`> [!DECISION] accepted · ${long(maxDecidersLength)}\n>\n> Yes.`)],
  ['a decision in the log', () => decisionsOf(doc(`> [!DECISION] accepted\n>\n> ${long(longestDecision)}`))],
  ['a meaning in the glossary', () => entriesOf(doc(`- term: ${long(600)}`).children)],
  [
    'a picture that is pasted',
    () =>
      pictureOf(
        { tag: 'img', attributes: { src: pictureAt, alt: long(maxAltLength) }, children: [] },
        { base: null, pictures: { data: [] } },
      ),
  ],
  ['what a diagram failed of', () => parseDrawAnswer({ kind: 'failed', id: 1, message: long(300) })],
])('%s is cut between characters', (_what, made) => {
  const said = JSON.stringify(made())
  expect(said).toContain('aaa')
  expect(said).not.toContain('and more')
  // As JSON writes half a character.
  expect(said).not.toMatch(/\\ud[89a-f]/)
})
