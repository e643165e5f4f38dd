import type { BlockContent, DefinitionContent, Literal, Paragraph, Parent } from 'mdast'

/**
 * What stands in a tree of Markdown beside CommonMark's and GitHub's own nodes, the same on the way in and out.
 */

/** `$…$` or `` $`…`$ `` in a line; as `$$…$$` one that may stand on lines of its own. */
export interface FormulaNode extends Literal {
  type: 'formula'
  isDisplay?: boolean
}

/** Lines between `$$` and `$$`. */
export interface DisplayMath extends Literal {
  type: 'displayMath'
  /** False: a blank line or the end came first, and it was none. */
  isClosed: boolean
}

/** `<details>` … `</details>`. */
export interface DetailsNode extends Parent {
  type: 'details'
  /** What the summary holds; null: there is none. */
  summary: (BlockContent | DefinitionContent)[] | null
  children: (BlockContent | DefinitionContent)[]
}

/** A quote whose first line says what it is (`[!NOTE]`). Only written: it is read as a quote. */
export interface AlertNode extends Parent {
  type: 'alert'
  /** In capitals, as GitHub writes it. */
  marker: string
  /** What stands behind the marker in its line. */
  line: Paragraph
  children: (BlockContent | DefinitionContent)[]
}

declare module 'mdast' {
  interface BlockContentMap {
    details: DetailsNode
    displayMath: DisplayMath
    alert: AlertNode
  }
  interface RootContentMap {
    details: DetailsNode
    displayMath: DisplayMath
    alert: AlertNode
    formula: FormulaNode
  }
  interface PhrasingContentMap {
    formula: FormulaNode
  }
  interface TextData {
    /** Its dollars would be read as a formula. */
    dollarsEscaped?: boolean
  }
}

export type FlowContent = BlockContent | DefinitionContent
