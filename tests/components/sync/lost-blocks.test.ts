import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { lateEdits } from '../../../components/sync/late-edits'
import { contentSchema } from '../../../lib/content/schema'
import { writeBody } from '../../../lib/content/write-body'
import { exactDoc } from '../../../lib/sync/exact-doc'

const paragraph = (id: string, text: string) => ({
  type: 'paragraph',
  attrs: { id },
  content: [{ type: 'text', text }],
})
const item = (id: string, text: string) => ({
  type: 'listItem',
  attrs: { id: `i${id}` },
  content: [paragraph(id, text)],
})
const list = (...items: object[]) => ({ type: 'bulletList', attrs: { id: 'list' }, content: items })

/** A page had saved `saved`; then the server's text was made `approved` again while the page wrote into `id`. */
function lateIn(id: string, saved: object[], approved: object[], own: 'noted' | 'not noted' = 'noted') {
  const write = (doc: Y.Doc, content: object[]) =>
    doc.transact(() =>
      writeBody(doc.getXmlFragment('content'), contentSchema.nodeFromJSON({ type: 'doc', content })),
    )
  const server = exactDoc({ gc: false })
  write(server, approved)
  const page = exactDoc()
  Y.applyUpdate(page, Y.encodeStateAsUpdate(server))
  write(page, saved)
  Y.applyUpdate(server, Y.encodeStateAsUpdate(page))
  write(server, approved)
  const text = textOf(page.getXmlFragment('content'), id)
  text?.insert(text.length, ' and more')
  const fresh = exactDoc()
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(server))
  const held = { doc: page, own: own === 'noted' ? new Set([page.clientID]) : null }
  return lateEdits(held, fresh, { documentId: 'd', personId: 'p' }).map(({ body }) =>
    JSON.stringify(body.suggestion),
  )
}

function textOf(parent: Y.XmlFragment | Y.XmlElement, id: string): Y.XmlText | null {
  for (const child of parent.toArray()) {
    if (!(child instanceof Y.XmlElement)) continue
    const first = child.get(0)
    if (child.getAttribute('id') === id && first instanceof Y.XmlText) return first
    const within = textOf(child, id)
    if (within) return within
  }
  return null
}

test.each(['noted', 'not noted'] as const)(
  'words on their way into a paragraph that was taken away come back with it, where it stood (whose they are is %s)',
  (own) => {
    const [one, three] = [paragraph('one', 'One.'), paragraph('three', 'Three.')]
    const made = lateIn('two', [one, paragraph('two', 'Two'), three], [one, three], own)
    expect(made).toHaveLength(1)
    expect(made[0]).toContain('"Two and more"')
    expect(JSON.parse(made[0] ?? '').blocks).toEqual({ ids: [], after: 'one' })
  },
)

test('of an item of a list that stays, its words come back behind the list', () => {
  const short = [list(item('a', 'A'))]
  const made = lateIn('b', [list(item('a', 'A'), item('b', 'B'))], short)
  expect(made).toHaveLength(1)
  expect(made[0]).toContain('"B and more"')
  const whole = lateIn('b', [paragraph('one', 'One.'), list(item('b', 'B'))], [paragraph('one', 'One.')])
  expect(whole).toHaveLength(1)
  expect(whole[0]).toContain('bulletList')
})

test('a paragraph that was taken away while nobody was writing in it stays away', () => {
  const one = paragraph('one', 'One.')
  expect(lateIn('one', [one, paragraph('two', 'Two')], [one])).toEqual([expect.stringContaining(' and more')])
})
