import { type MarkupElement, textOf } from './markup'

const raised: Readonly<Record<string, string>> = {
  '+': '⁺',
  '-': '⁻',
  '−': '⁻',
  '(': '⁽',
  ')': '⁾',
  n: 'ⁿ',
  i: 'ⁱ',
}
const lowered: Readonly<Record<string, string>> = { '+': '₊', '-': '₋', '−': '₋', '(': '₍', ')': '₎' }
const raisedDigits = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const loweredDigits = '₀₁₂₃₄₅₆₇₈₉'

/** What is raised or lowered, in characters that are; null: there are none for it, and it stands in the line. */
export function raisedText(node: MarkupElement): string | null {
  const [table, digits] = node.tag === 'sup' ? [raised, raisedDigits] : [lowered, loweredDigits]
  const characters = [...textOf(node).trim()].map((character) =>
    /\d/.test(character)
      ? digits[Number(character)]
      : Object.hasOwn(table, character)
        ? table[character]
        : undefined,
  )
  return characters.length > 0 && characters.length <= 12 && !characters.includes(undefined)
    ? characters.join('')
    : null
}
