import type { CalloutKind } from '../attribute'
import { hasClass, isElement, type MarkupElement, type MarkupNode } from './markup'

const kinds: Readonly<Record<string, CalloutKind>> = {
  note: 'note',
  info: 'note',
  seealso: 'note',
  tip: 'tip',
  hint: 'tip',
  success: 'tip',
  important: 'important',
  warning: 'warning',
  attention: 'warning',
  caution: 'caution',
  danger: 'caution',
  error: 'caution',
}

const box = /^(?:markdown-alert|admonition|theme-admonition|custom-block|callout)$/
const title =
  /^(?:markdown-alert-title|admonition-title|custom-block-title|callout-title)$|^admonitionHeading/

/**
 * A box that stands out, as GitHub and generators of documentation draw it. Its title goes where it says no more
 * than the kind, which a callout says itself. Null: it is none.
 */
export function calloutOf(
  node: MarkupElement,
): { kind: CalloutKind; content: { readonly children: readonly MarkupNode[] } } | null {
  if (!hasClass(node, box)) return null
  const named = (node.attributes.class ?? '')
    .toLowerCase()
    .split(/\s+/)
    .map((name) => name.replace(/^(?:markdown-alert|theme-admonition|callout|alert)-/, ''))
    .find((name) => Object.hasOwn(kinds, name))
  const kind = (named === undefined ? undefined : kinds[named]) ?? 'note'
  return { kind, content: { children: withoutTitle(node.children) } }
}

const withoutTitle = (nodes: readonly MarkupNode[]): MarkupNode[] =>
  nodes.filter((node) => !isElement(node) || !hasClass(node, title))
