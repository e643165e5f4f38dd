import { Extension } from '@tiptap/core'
import type { DOMOutputSpec, Node as ProseMirrorNode } from '@tiptap/pm/model'
import { sidedBlocks } from '../../lib/content/sided'

/** Right-to-left and mixed text: nobody chooses a direction, and nothing of it is in the document. */
export const TextDirection = Extension.create({
  name: 'textDirectionOfBlocks',
  onBeforeCreate() {
    for (const name of sidedBlocks) {
      const spec = this.editor.schema.nodes[name]?.spec
      const draw = spec?.toDOM
      if (spec && draw) spec.toDOM = (node: ProseMirrorNode) => withDirection(draw(node))
    }
  },
})

function withDirection(drawn: DOMOutputSpec): DOMOutputSpec {
  if (!Array.isArray(drawn)) return drawn
  const [tag, attributes, ...rest] = drawn as [string, ...unknown[]]
  const hasAttributes = typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes)
  const given = hasAttributes ? attributes : {}
  const inner = hasAttributes || attributes === undefined ? rest : [attributes, ...rest]
  return [tag, { ...given, dir: 'auto' }, ...inner]
}
