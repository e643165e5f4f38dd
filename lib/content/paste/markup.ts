/**
 * Pasted HTML as plain data: what the page read from the clipboard, without a DOM. Nothing in it has run or was
 * fetched, and its depth is bounded by whoever made it (`maxMarkupDepth`), so that walks may recurse.
 */
export interface MarkupElement {
  /** In lower case; with its prefix where it has one (`o:p`). */
  readonly tag: string
  /** Names in lower case. Own properties alone: `Object.hasOwn` before reading one that comes from elsewhere. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly MarkupNode[]
}

/** Comments are left out; text is what it says, entities resolved. */
export type MarkupNode = string | MarkupElement

/** What stands deeper than this is read as if it stood here. Word's own nesting is some 20 deep. */
export const maxMarkupDepth = 200

export const isElement = (node: MarkupNode | undefined): node is MarkupElement => typeof node === 'object'

export const elementsIn = ({ children }: MarkupElement): MarkupElement[] => children.filter(isElement)

/** An attribute's value; empty where it has none. */
export const attributeOf = ({ attributes }: MarkupElement, name: string): string =>
  Object.hasOwn(attributes, name) ? (attributes[name] ?? '') : ''

export const hasAttribute = ({ attributes }: MarkupElement, name: string): boolean =>
  Object.hasOwn(attributes, name)

export const classesOf = (element: MarkupElement): string[] =>
  attributeOf(element, 'class').split(/\s+/).filter(Boolean)

export const hasClass = (element: MarkupElement, wanted: RegExp): boolean =>
  classesOf(element).some((name) => wanted.test(name))

/** All text in it, as it is written. */
export const textOf = (node: MarkupNode): string =>
  typeof node === 'string' ? node : node.children.map(textOf).join('')

/** The first element, itself or within, that is what is asked for. */
export function findIn(
  node: MarkupNode,
  wanted: (element: MarkupElement) => boolean,
): MarkupElement | undefined {
  if (!isElement(node)) return undefined
  if (wanted(node)) return node
  for (const child of node.children) {
    const found = findIn(child, wanted)
    if (found) return found
  }
  return undefined
}

/** Declarations of the `style` attribute, by property in lower case; the last of a name counts. */
export function styleOf(element: MarkupElement): Readonly<Record<string, string>> {
  const written = attributeOf(element, 'style')
  if (written === '') return {}
  const declared = written.split(';').flatMap((declaration) => {
    const colon = declaration.indexOf(':')
    const name = declaration.slice(0, colon).trim().toLowerCase()
    return colon > 0
      ? [
          [
            name,
            declaration
              .slice(colon + 1)
              .trim()
              .toLowerCase(),
          ] as const,
        ]
      : []
  })
  return Object.fromEntries(declared)
}
