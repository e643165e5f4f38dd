import { expect, test } from 'vitest'
import { markAttributes, nodeAttributes } from '../../../lib/content/attribute'
import { contentSchema } from '../../../lib/content/schema'
import { everyBlock } from './every-block'
import { checkedNode, idsOf } from './world'

test('the body of every block has every node, every mark, and every attribute with a value of its own', () => {
  const doc = checkedNode(everyBlock)
  const [nodes, marks, attributes] = [new Set(['doc']), new Set<string>(), new Set<string>()]
  const see = (
    owner: string,
    attrs: Record<string, unknown>,
    defaults: Record<string, { default?: unknown }>,
  ) => {
    for (const [name, value] of Object.entries(attrs)) {
      if (value !== defaults[name]?.default) attributes.add(`${owner}.${name}`)
    }
  }
  doc.descendants((node) => {
    nodes.add(node.type.name)
    see(node.type.name, node.attrs, node.type.spec.attrs ?? {})
    for (const mark of node.marks) {
      marks.add(mark.type.name)
      see(mark.type.name, mark.attrs, mark.type.spec.attrs ?? {})
    }
  })
  expect([...nodes].sort()).toEqual(Object.keys(contentSchema.nodes).sort())
  expect([...marks].sort()).toEqual(Object.keys(contentSchema.marks).sort())
  const all = Object.entries({ ...nodeAttributes, ...markAttributes }).flatMap(([owner, rules]) =>
    Object.keys(rules).map((name) => `${owner}.${name}`),
  )
  expect([...attributes].sort()).toEqual(all.sort())
  expect(new Set(idsOf(doc)).size).toBe(idsOf(doc).length)
})
