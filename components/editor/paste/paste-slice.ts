import {
  Fragment,
  type Node as ProseMirrorNode,
  type ResolvedPos,
  type Schema,
  Slice,
} from '@tiptap/pm/model'
import { isIdentified } from '../../../lib/content/attribute'
import type { DocumentJson } from '../../../lib/content/document-json'
import { newFootnoteLabel } from '../../../lib/content/footnotes'
import { picturedBy } from '../../../lib/content/paste/pictures'

/** What is put into the text, and the pictures that go with it once they are stored. */
export interface PasteSlice {
  readonly slice: Slice
  /** Number of each picture without an address, and where it stands, as a distance from the slice's beginning. */
  readonly pictures: readonly { readonly index: number; readonly offset: number }[]
}

/**
 * Blocks as a slice for one place in the text. A paragraph at either end goes on in the line that it meets there;
 * items of a list become items of the one that the caret is in.
 *
 * @param newId an id for each block, so that nothing has to be written again right after it.
 */
export function pasteSlice(
  schema: Schema,
  blocks: readonly DocumentJson[],
  { $from, newId }: { $from: ResolvedPos; newId: () => string },
): PasteSlice {
  const identified = withOwnLabels(blocks, newId).map((block) => withId(block, newId))
  const whole = Fragment.fromArray(identified.map((block) => schema.nodeFromJSON(block)))
  const { content, pictures } = withoutPictures(whole)
  const openStart = opensWith(content.firstChild, $from)
  const openEnd = endsWith(content, openStart)
  const moved = pictures.map(({ index, offset }) => ({ index, offset: Math.max(0, offset - openStart) }))
  return { slice: new Slice(content, openStart, openEnd), pictures: moved }
}

/** Footnotes under labels of their own: another one of the same label may be in the text already. */
function withOwnLabels(blocks: readonly DocumentJson[], newId: () => string): readonly DocumentJson[] {
  const labels = new Map<unknown, string>()
  const gather = ({ type, attrs, content = [] }: DocumentJson): void => {
    if (type === 'footnote' && !labels.has(attrs?.label)) labels.set(attrs?.label, newFootnoteLabel(newId))
    content.forEach(gather)
  }
  blocks.forEach(gather)
  if (labels.size === 0) return blocks
  const rename = (block: DocumentJson): DocumentJson => {
    const label = labels.get(block.attrs?.label)
    return {
      ...block,
      ...(label === undefined ? {} : { attrs: { ...block.attrs, label } }),
      ...(block.content ? { content: block.content.map(rename) } : {}),
    }
  }
  return blocks.map(rename)
}

function withId(block: DocumentJson, newId: () => string): DocumentJson {
  const { content } = block
  const held = content ? { ...block, content: content.map((child) => withId(child, newId)) } : block
  return isIdentified(block.type) ? { ...held, attrs: { ...block.attrs, id: newId() } } : held
}

/** How many levels of the first block are open on the left. */
function opensWith(first: ProseMirrorNode | null, $from: ResolvedPos): number {
  if (first?.type.name === 'paragraph') return 1
  const item = first?.firstChild
  const isItem = item?.type.name === 'listItem' || item?.type.name === 'taskItem'
  const list = $from.depth >= 3 ? $from.node(-2) : null
  return isItem && list?.type === first?.type && item.firstChild?.type.name === 'paragraph' ? 3 : 0
}

/** How many levels of the last block are open on the right. */
function endsWith({ childCount, lastChild }: Fragment, openStart: number): number {
  if (lastChild?.type.name === 'paragraph') return openStart === 1 || childCount > 1 ? 1 : 0
  // Items among the items of another list: what follows them stays in it.
  if (openStart < 3 || childCount > 1) return 0
  return lastChild?.lastChild?.lastChild?.type.name === 'paragraph' ? 3 : 1
}

/** Without pictures that are not stored yet: a cell or an item that held nothing else gets a line. */
function withoutPictures(whole: Fragment): {
  content: Fragment
  pictures: { index: number; offset: number }[]
} {
  const pictures: { index: number; offset: number }[] = []
  let at = 0
  const strip = (content: Fragment): Fragment => {
    const kept: ProseMirrorNode[] = []
    content.forEach((node) => {
      const index = node.type.name === 'image' ? picturedBy(node.attrs.src) : null
      if (index !== null) {
        pictures.push({ index, offset: at })
        return
      }
      if (node.isTextblock || node.isLeaf) {
        kept.push(node)
        at += node.nodeSize
        return
      }
      at += 1
      const before = pictures.length
      let within = strip(node.content)
      if (within.childCount === 0 && pictures.length > before) {
        const line = node.type.contentMatch.defaultType?.createAndFill()
        within = Fragment.from(line)
        at += within.size
      }
      at += 1
      kept.push(node.copy(within))
    })
    return Fragment.fromArray(kept)
  }
  return { content: strip(whole), pictures }
}
