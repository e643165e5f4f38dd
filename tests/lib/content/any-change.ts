import fc from 'fast-check'
import type { DocumentJson } from '../../../lib/content/document-json'
import { withIds } from '../../../lib/content/with-ids'
import { anyBlocks } from './any-body'
import { checkedNode, counting } from './world'

const nameless = (node: DocumentJson): DocumentJson => ({
  ...node,
  ...(node.attrs ? { attrs: { ...node.attrs, id: null } } : {}),
  ...(node.content ? { content: node.content.map(nameless) } : {}),
})

/** Two texts, the later made of blocks of the earlier (left out, moved, written anew) and of others. */
export const anyChange = fc
  .tuple(anyBlocks, anyBlocks, fc.array(fc.nat(20), { maxLength: 8 }), fc.boolean(), fc.boolean())
  .map(([one, other, picks, isNamed, isRewritten]) => {
    const newId = counting()
    const before = withIds([...one, ...one], newId).content
    const added = withIds(other, newId).content.content ?? []
    const pool = [...(before.content ?? []), ...added]
    const chosen = [...new Set(picks)].flatMap((pick) => pool[pick % pool.length] ?? [])
    const unique = [...new Set(chosen)].map((node) => {
      const like = pool.find((another) => another !== node && another.type === node.type)
      return isRewritten && like?.content && node.content ? { ...node, content: like.content } : node
    })
    const content = unique.length > 0 ? unique : added
    const after = isNamed ? content : content.map(nameless)
    return [checkedNode(before), checkedNode({ type: 'doc', content: after })] as const
  })
