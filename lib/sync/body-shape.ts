/**
 * What a body may be made of, as the guard needs it: names, values and depth, without ProseMirror. The
 * module `lib/content/shape.ts` is one, derived from the content schema, so that there is a single list.
 */
export interface BodyShape {
  /** Name of the one root that counts; every other root name is refused. */
  readonly fragmentName: string
  /** A block directly in the root has depth 1. What nests deeper overflows the stacks of its readers. */
  readonly maxDepth: number
  /** Names that a `Y.XmlElement` may have. */
  readonly elementNames: ReadonlySet<string>
  isLegalAttribute(elementName: string, attribute: string, value: unknown): boolean
  /** The mark that a formatting key of a `Y.XmlText` stands for; null: none. */
  markNameOf(key: string): string | null
  /** Null ends a mark. */
  isLegalMarkValue(markName: string, value: unknown): boolean
  /** Whether an element may stand somewhere in another (null: in the root). Order and number are not judged. */
  mayContain(parent: string | null, child: string): boolean
  mayContainText(elementName: string): boolean
}
