import temml from 'temml'
import type { Drawn } from './drawn'

/** Longest formula that is drawn, in UTF-16 code units. */
const longest = 2_000
/** Elements in one: nesting without end is refused before it is laid out. */
const mostElements = 5_000
const deepest = 60

const errorOf = (error: unknown): string =>
  error instanceof RangeError
    ? 'This formula is nested too deeply.'
    : (error instanceof Error ? error.message : String(error))
        .replace(/^(ParseError:)?\s*/, '')
        .replace(/ at (position \d+|end of input):[\s\S]*$/, '.')

/**
 * The formula as MathML, which browsers draw themselves: no fonts, no styles, no script. What could lead out of it
 * (addresses, classes, ids) is refused by the parser (`trust`), and again here, where only elements of MathML with
 * attributes of size and shape are left.
 *
 * @param isBlock true: set as a line of its own.
 */
export function drawFormula(source: string, isBlock: boolean): Drawn {
  if (source.length > longest) {
    return failed(`A formula has at most ${longest.toLocaleString('en')} characters.`, null)
  }
  // Macros of one's own grow a short text without end, and the parser's limit counts their uses, not their length.
  const own = /\\(?:[gex]?def|let|futurelet|(?:re)?newcommand|providecommand)\b/.exec(source)
  if (own) return failed(`Macros of one’s own (${own[0]}) are not drawn here.`, lineAt(source, own.index))
  try {
    const box = document.createElement('span')
    temml.render(source, box, {
      displayMode: isBlock,
      throwOnError: true,
      trust: false,
      strict: false,
      maxSize: [20, 20],
      maxExpand: 300,
    })
    if (box.querySelectorAll('*').length > mostElements) return failed('This formula is too long.', null)
    for (const child of box.children) makeInert(child, 0)
    return { is: 'drawn', formula: box }
  } catch (error) {
    return failed(errorOf(error), placeOf(error, source))
  }
}

const failed = (message: string, line: number | null): Drawn => ({ is: 'failed', message, line })

const attributes =
  /^(accent|accentunder|columnalign|columnlines|columnspacing|columnspan|depth|display|displaystyle|encoding|fence|form|frame|height|largeop|linethickness|lquote|lspace|mathbackground|mathcolor|mathsize|mathvariant|maxsize|minsize|movablelimits|notation|rowlines|rowspacing|rowspan|rquote|rspace|scriptlevel|separator|stretchy|style|symmetric|voffset|width|class)$/

function makeInert(element: Element, depth: number): void {
  if (depth > deepest) throw new RangeError('nested too deeply')
  if (element.namespaceURI !== 'http://www.w3.org/1998/Math/MathML') {
    element.remove()
    return
  }
  for (const { name, value } of [...element.attributes]) {
    const isOurs = name !== 'class' || /^tml-[\w -]*$/.test(value)
    if (!attributes.test(name) || !isOurs || /url\(|position/i.test(value)) element.removeAttribute(name)
  }
  for (const child of [...element.children]) makeInert(child, depth + 1)
}

const lineAt = (source: string, at: number): number => source.slice(0, at).split('\n').length

/** The parser says where in the text it stopped. */
function placeOf(error: unknown, source: string): number | null {
  const position = (error as { position?: unknown } | null)?.position
  return typeof position === 'number' ? lineAt(source, position) : null
}
