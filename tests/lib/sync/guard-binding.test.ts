import { updateYFragment } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { contentSchema } from '../../../lib/content/schema'
import { seedUpdate } from '../../../lib/content/seed'
import * as shape from '../../../lib/content/shape'
import { guardUpdate } from '../../../lib/sync/guard'

/** States of a document between which an author might go: every block and mark that there is, in and out. */
const states = [
  '',
  'One paragraph, **bold**, *slanted*, ~~gone~~ and `code`.',
  '# Title\n\nOne paragraph, *slanted*, with a [link](https://a.example/ "said") and a\\\nbreak.',
  '## Title\n\n- one\n- two\n  - deeper\n    1. still\n    2. more\n\n> quoted\n>\n> > twice',
  '## Title\n\n- [ ] open\n- [x] done\n  - [ ] below\n\n```ts title="x"\nconst a = 1\n```\n\n---',
  '| a | b |\n| :-- | --: |\n| 1 | **2** |\n| 3 | `4` |\n\nAfter **the [table](#title)**.',
  '| a | b | c |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n\n1. one\n\n   ```\n   code in a list\n   ```\n',
  'One paragraph, **bold**, *slanted*.\n\nAnd another one.',
  '',
]

test('everything that the editor’s binding writes passes the guard, and so does the seed', () => {
  let made = 0
  const newId = () => `b${made++}`
  const server = new Y.Doc()
  const seed = seedUpdate(importMarkdown(states[1] ?? '', { newId }).content, 1)
  expect(guardUpdate({ doc: server, update: seed, shape }).kind).toBe('take')
  Y.applyUpdate(server, seed)
  for (const [writer, order] of [
    [7, states],
    [8, states.toReversed()],
  ] as const) {
    const page = new Y.Doc()
    Y.applyUpdate(page, Y.encodeStateAsUpdate(server))
    page.clientID = writer
    for (const markdown of order) {
      const updates: Uint8Array[] = []
      page.on('update', (update: Uint8Array) => updates.push(update))
      const node = contentSchema.nodeFromJSON(importMarkdown(markdown, { newId }).content)
      const meta = { mapping: new Map(), isOMark: new Map() }
      page.transact(() => updateYFragment(page, page.getXmlFragment('content'), node, meta))
      for (const update of updates) {
        const verdict = guardUpdate({ doc: server, update, shape })
        expect(verdict, markdown).toMatchObject({ kind: expect.stringMatching(/take|nothing_new/) })
        Y.applyUpdate(server, update)
      }
    }
    expect(Y.encodeStateVector(page)).toEqual(Y.encodeStateVector(server))
  }
})
