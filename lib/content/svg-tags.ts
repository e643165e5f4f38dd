/** A tag of an SVG, as an XML parser reads it. */
export type SvgTag =
  | { readonly closes: string }
  | {
      readonly opens: string
      /** By name; references to characters are what they stand for. */
      readonly attributes: ReadonlyMap<string, string>
      readonly isEmpty: boolean
    }

const tagName = /<\/?([^\s/>"'<!?=][^\s/>"'<=]*)/y
const turn = /["'<>]/g
const attribute = /\s*([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y

/**
 * The tags of a drawing, in one pass over it. It ends where an XML parser ends, at the first tag that is not well-formed:
 * nothing behind it is drawn. A search that began anew there would take the square of the length.
 */
export function* svgTags(text: string): Generator<SvgTag> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const behind =
      skipped(text, at, '<!--', '-->') ??
      skipped(text, at, '<![CDATA[', ']]>') ??
      skipped(text, at, '<?', '?>')
    if (behind !== null) {
      if (behind < 0) return
      at = behind
      continue
    }
    const end = endOfTag(text, at + 1)
    if (end < 0) return
    tagName.lastIndex = at
    const name = tagName.exec(text)?.[1]
    if (name !== undefined) {
      if (text[at + 1] === '/') yield { closes: name }
      else {
        const inside = text.slice(at + 1 + name.length, end)
        yield { opens: name, attributes: attributesIn(inside), isEmpty: inside.endsWith('/') }
      }
    }
    at = end + 1
  }
}

/** Where it goes on behind what begins here so; -1: it does not end. Null: something else begins here. */
function skipped(text: string, at: number, begins: string, ends: string): number | null {
  if (!text.startsWith(begins, at)) return null
  const end = text.indexOf(ends, at + begins.length)
  return end < 0 ? -1 : end + ends.length
}

/** Where its `>` is; -1: it has none, or another tag begins before. */
function endOfTag(text: string, from: number): number {
  for (let at = from; ; ) {
    turn.lastIndex = at
    const found = turn.exec(text)
    if (!found || found[0] === '<') return -1
    if (found[0] === '>') return found.index
    const close = text.indexOf(found[0], found.index + 1)
    if (close < 0) return -1
    at = close + 1
  }
}

function attributesIn(inside: string): Map<string, string> {
  const found = new Map<string, string>()
  attribute.lastIndex = 0
  for (let one = attribute.exec(inside); one; one = attribute.exec(inside)) {
    found.set(one[1] ?? '', withoutReferences(one[2] ?? one[3] ?? ''))
  }
  return found
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** `&#35;` is `#`. There are no entities of its own: with a declaration of them it is no image. */
export const withoutReferences = (value: string): string =>
  value.includes('&')
    ? value.replace(
        /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi,
        (whole, decimal, hex, name) =>
          name
            ? (named[String(name).toLowerCase()] ?? whole)
            : character(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
      )
    : value

const character = (code: number): string => (code <= 0x10_ff_ff ? String.fromCodePoint(code) : '')
