import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { seedUpdate } from '../../../lib/content/seed'
import * as shape from '../../../lib/content/shape'
import { templateDocument } from '../../../lib/content/template/template'
import { guardUpdate } from '../../../lib/sync/guard'

test('a block beside a loaded one is taken, though nobody has read the root by its name yet', () => {
  let ids = 0
  const seed = seedUpdate(templateDocument('blank', () => `b${ids++}`)?.content ?? { type: 'doc' }, 7)
  const stored = new Y.Doc()
  Y.applyUpdate(stored, seed)
  const page = new Y.Doc()
  Y.applyUpdate(page, seed)
  const sent: Uint8Array[] = []
  page.on('update', (update) => sent.push(update))
  const content = page.getXmlFragment('content')
  content.insert(content.length, [new Y.XmlElement('paragraph')])
  expect(guardUpdate({ doc: stored, update: sent[0] ?? new Uint8Array(), shape })).toMatchObject({
    kind: 'take',
  })
})
