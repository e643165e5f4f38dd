import type { EditorAction } from '../actions'

/** Under which words it stands where nothing was typed to find it. In this order. */
export const insertGroups = ['Text', 'Lists', 'Blocks', 'Files', 'In a line'] as const

/** Something that is put where the caret is, by the slash menu, the button at an empty line, or the docked bar. */
export interface InsertAction extends Pick<EditorAction, 'id' | 'label' | 'icon' | 'shortcut' | 'run'> {
  readonly group: (typeof insertGroups)[number]
  /** Other words by which people look for it, in small letters. */
  readonly keywords: readonly string[]
  /** What can be typed instead. */
  readonly hint?: string
  /**
   * The node type that the block at the caret is turned into, or wrapped in: offered only where the schema allows
   * it, and in the block menu under *Turn into*. Undefined: `run` puts something in and leaves the block as it is.
   */
  readonly turnsInto?: string
}
