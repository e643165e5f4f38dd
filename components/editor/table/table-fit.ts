import { Fragment, type Node as ProseMirrorNode, Slice } from '@tiptap/pm/model'

/**
 * What is pasted into a cell, of blocks that a cell can hold: what stands in others is taken out of them, and the words
 * of a heading are a line. As it was, the table would be parted where it goes in.
 *
 * @returns null: a cell holds all of it as it is.
 */
export function fittedToCell(slice: Slice, cell: ProseMirrorNode): Slice | null {
  const { content, openStart, openEnd } = slice
  const { paragraph } = cell.type.schema.nodes
  if (content.firstChild?.isInline || !paragraph) return null
  const holds = (node: ProseMirrorNode) => cell.type.contentMatch.matchType(node.type) !== null
  if (content.content.every(holds)) return null
  const fitted: ProseMirrorNode[] = []
  const take = (node: ProseMirrorNode): void => {
    if (holds(node)) fitted.push(node)
    else if (node.isTextblock) fitted.push(paragraph.create(null, node.content))
    else node.forEach(take)
  }
  content.forEach(take)
  const isSame = (a: ProseMirrorNode | null | undefined, b: ProseMirrorNode | null | undefined) => a === b
  const start = isSame(content.firstChild, fitted[0]) ? openStart : fitted[0]?.isTextblock ? 1 : 0
  const end = isSame(content.lastChild, fitted.at(-1)) ? openEnd : fitted.at(-1)?.isTextblock ? 1 : 0
  return new Slice(Fragment.fromArray(fitted), start, end)
}

/**
 * Cells that are pasted, none of them a heading: what heads a spreadsheet is a row like others in the middle of a table.
 */
export function withoutHeadings(slice: Slice): Slice {
  const plain = (content: Fragment): Fragment => {
    const nodes = content.content.map((node) => {
      const { tableRole } = node.type.spec as { tableRole?: string }
      if (tableRole === 'header_cell') {
        return node.type.schema.nodes.tableCell?.create(node.attrs, node.content) ?? node
      }
      return tableRole === 'table' || tableRole === 'row' ? node.copy(plain(node.content)) : node
    })
    return Fragment.fromArray(nodes)
  }
  return new Slice(plain(slice.content), slice.openStart, slice.openEnd)
}
