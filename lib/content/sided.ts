/**
 * Blocks whose own side matters (a marker, a bar, a cell): drawn, they run the way their first letter does. Lines of text
 * do so by style alone (`unicode-bidi: plaintext`), and have no `dir`: a block takes no direction from what has its own.
 */
export const sidedBlocks: readonly string[] = [
  'listItem',
  'blockquote',
  'callout',
  'tableCell',
  'tableHeader',
]
