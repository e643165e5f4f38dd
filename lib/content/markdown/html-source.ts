/**
 * Raw HTML inside Markdown. A body has no HTML: tags that are known are left out and what they enclose stays;
 * what only looks like a tag (`Vec<T>` without backticks) is the author's text.
 */

const elements = new Set(
  (
    'a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas ' +
    'caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed ' +
    'fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html ' +
    'i iframe img input ins kbd label legend li link main map mark menu meta meter nav noscript object ol ' +
    'optgroup option output p param picture pre progress q rp rt ruby s samp script search section select ' +
    'slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot ' +
    'th thead time title tr track tt u ul var video wbr'
  ).split(' '),
)

export type HtmlPiece =
  | { kind: 'comment' }
  | { kind: 'tag'; name: string; closing: boolean; source: string }
  | { kind: 'text'; text: string }

/** Splits HTML into comments, known tags, and everything else as text. Linear in its length. */
export function htmlPieces(source: string): HtmlPiece[] {
  const pieces: HtmlPiece[] = []
  let text = ''
  let at = 0
  const flush = () => {
    if (text !== '') pieces.push({ kind: 'text', text })
    text = ''
  }
  while (at < source.length) {
    const open = source.indexOf('<', at)
    if (open < 0) break
    text += source.slice(at, open)
    if (source.startsWith('<!--', open)) {
      flush()
      pieces.push({ kind: 'comment' })
      const close = source.indexOf('-->', open + 4)
      at = close < 0 ? source.length : close + 3
      continue
    }
    const close = endOfTag(source, open)
    const written = /^<\/?([A-Za-z][A-Za-z0-9-]*)[\s/>]/.exec(source.slice(open, open + 64))?.[1] ?? ''
    // One capital letter is a type parameter, not `<a>`, `<b>`, `<p>`, ….
    const name = /^[A-Z]$/.test(written) ? '' : written.toLowerCase()
    if (close < 0 || !elements.has(name)) {
      text += '<'
      at = open + 1
      continue
    }
    flush()
    pieces.push({
      kind: 'tag',
      name,
      closing: source[open + 1] === '/',
      source: source.slice(open, close + 1),
    })
    at = close + 1
  }
  text += source.slice(at)
  flush()
  return pieces
}

/** Longest tag that is looked for: an unclosed one must not make every other search the rest of the file. */
const maxTagLength = 4_000

function endOfTag(source: string, open: number): number {
  let quote = ''
  const end = Math.min(source.length, open + maxTagLength)
  for (let at = open + 1; at < end; at++) {
    const character = source[at] as string
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '>') return at
    else if (character === '<') return -1
  }
  return -1
}

/** An attribute's value in a tag's source; null when it has none. */
export function tagAttribute(source: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(source)
  const value = found ? (found[1] ?? found[2] ?? found[3] ?? null) : null
  return value === null ? null : decodeEntities(value)
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

/** Text with the references that people write by hand as their characters; others stay as they are. */
export const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi, (_, tens, hex, name) => {
    if (name) return named[name.toLowerCase()] ?? ''
    const code = hex ? Number.parseInt(hex, 16) : Number(tens)
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    return isCharacter ? String.fromCodePoint(code) : '\ufffd'
  })

const written: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as HTML has it between tags. */
export const encodeText = (text: string): string => text.replace(/[&<>]/g, (sign) => written[sign] ?? sign)

/** Text as HTML has it between `"`, on one line: a bar would end a cell of a table, `=` looks like an attribute. */
export const encodeValue = (text: string): string =>
  text.replace(/[&<>"|=\r\n]/g, (sign) => written[sign] ?? `&#${sign.charCodeAt(0)};`)
