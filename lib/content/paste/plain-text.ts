import { type DocumentJson, element, elementWith, textJson } from '../document-json'
import { codeJson, languageNamed } from './code'
import { mind } from './limits'
import { cleanText } from './line'

/** What text on the clipboard is, by what it looks like. */
export type TextKind = 'address' | 'code' | 'table' | 'markdown' | 'plain'

/** More than this of it is not looked at: what begins as something goes on as it. In UTF-16 code units. */
const lookedAt = 50_000

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals write them
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[()][0-9A-Za-z]|[ -~])/g

/** Text without what tells a terminal colours and places. */
export const withoutEscapes = (text: string): string => text.replace(escapes, '')

export function kindOfText(text: string): TextKind {
  const start = text.slice(0, lookedAt)
  if (/^\s*(?:https?:\/\/|mailto:)\S+\s*$/i.test(start)) return 'address'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's colours
  if (/\u001b\[/.test(start)) return 'code'
  const lines = start.split(/\r\n?|\n/)
  if (text.length > lookedAt) lines.pop()
  if (isTable(lines)) return 'table'
  if (isTerminal(lines)) return 'code'
  if (isMarkdown(lines)) return 'markdown'
  return isCode(lines) ? 'code' : 'plain'
}

/** A line for each row, each with as many tabs as the first one: what a spreadsheet copies as text. */
function isTable(lines: readonly string[]): boolean {
  const rows = lines.at(-1) === '' ? lines.slice(0, -1) : lines
  const columns = columnsIn(rows[0] ?? '')
  return columns > 1 && rows.length > 1 && rows.every((row) => row[0] !== '\t' && columnsIn(row) === columns)
}

const columnsIn = (row: string): number => row.split('\t').length

/** Somebody's prompt: `name@host:~$`, `$ make`, `PS C:\>`, `>>> `. */
const prompt =
  /^(?:\([\w.-]+\) ?)?(?:\[?[\w.-]+@[\w.-]+[ :][^$#%]{0,80}[$#%]|[$❯➜] ?(?=\S)|PS [A-Z]:\\[^>]*>|[A-Z]:\\[^>]*>|>>> )\s?\S*/

/** Two lines of a drawing, or a prompt in front of the first of several lines. */
function isTerminal(lines: readonly string[]): boolean {
  const drawn = lines.filter((line) => /[\u2500-\u257f\u2580-\u259f]/.test(line)).length
  const asked = lines.filter((line) => prompt.test(line) && !/^\$\d/.test(line)).length
  return drawn > 1 || (asked > 0 && lines.length > 1 && prompt.test(lines[0] ?? '')) || asked > 1
}

/** Signs that are seldom in a text that is no Markdown: one of the strong ones, or two of the others. */
function isMarkdown(lines: readonly string[]): boolean {
  const prose = outsideFences(lines)
  if (prose === null) return true
  const has = (sign: RegExp, times = 1) => prose.filter((line) => sign.test(line)).length >= times
  const headings = prose.filter((line, index) => isHeading(line, prose, index)).length
  const isTabled = prose.some(
    (line, index) =>
      /^\|?[ :]*-{3,}[ :]*(?:\|[ :]*-{3,}[ :]*)*\|?$/.test(line.trim()) && prose[index - 1]?.includes('|'),
  )
  const items = has(/^\s{0,3}[-*+] \S/, 2) || has(/^\s{0,3}\d{1,3}[.)] \S/, 2)
  if (
    isTabled ||
    items ||
    has(/^\s*[-*+] \[[ xX]\] \S/) ||
    has(/\[[^[\]\n]+\]\((?:https?:|mailto:|[./#])[^)\s]*\)/)
  ) {
    return !isCode(prose)
  }
  const weak = [
    headings > 0,
    has(/\*\*\S[^*\n]*\*\*/),
    has(/(?<![`\w])`[^`\n]+`(?![`\w])/),
    has(/^> \S/),
    has(/~~\S[^~\n]*~~/),
    has(/^\s{0,3}[-*+] \S/),
  ].filter(Boolean).length
  return (weak > 1 || headings > 0 || has(/\*\*\S[^*\n]*\*\*/)) && !isCode(prose)
}

/** The lines that are not in a fence; null: there is a whole one, which no other text has. */
function outsideFences(lines: readonly string[]): readonly string[] | null {
  const fences = lines.filter((line) => /^\s{0,3}(?:```|~~~)[^`]*$/.test(line)).length
  return fences > 1 ? null : lines
}

/** A heading stands by itself, or names what follows; a comment in a script stands above its line. */
function isHeading(line: string, lines: readonly string[], index: number): boolean {
  if (!/^#{1,6} \S/.test(line)) return false
  const [before = '', after = ''] = [lines[index - 1], lines[index + 1]]
  return before.trim() === '' && (after.trim() === '' || line.startsWith('##')) && !/^#!/.test(lines[0] ?? '')
}

/** A third of its lines end as statements do, in more than two lines. */
function isCode(lines: readonly string[]): boolean {
  const said = lines.filter((line) => line.trim() !== '')
  const ends = said.filter(
    (line) => /(?:[;{}]|\);?|=>|\\)\s*$/.test(line) && !/[.!?]\)\s*$/.test(line),
  ).length
  const isScript = /^#!\s*\//.test(said[0] ?? '')
  const braces = said.filter((line) => /[{};]\s*$/.test(line)).length
  return isScript || (said.length > 2 && braces > 0 && ends * 3 >= said.length)
}

/** A paragraph for each line that says something. */
export const paragraphsOf = (text: string): DocumentJson[] =>
  cleanText(text)
    .split(/[\r\n\v\f\u2028\u2029]+/)
    .filter((line) => line.trim() !== '')
    .map((line) => element('paragraph', [textJson(line)]))

/** Text as a block of code. @param named the language as an editor calls it. */
export const codeOf = (text: string, named = ''): DocumentJson[] => [
  codeJson(withoutEscapes(text).replace(/(?:\r\n?|\n)+$/, ''), languageNamed(named)),
]

/** Rows and columns as a table; the first row is its head where it alone holds no number. */
export function tableOfText(text: string): DocumentJson[] {
  const rows = cleanText(text)
    .replace(/(?:\r\n?|\n)$/, '')
    .split(/\r\n?|\n/)
    .map((row) => row.split('\t'))
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  mind('cells', rows.length * width)
  const isNumber = (cell: string) => /^\s*[-+]?[\d.,]+\s*%?$/.test(cell)
  const [head = [], ...rest] = rows
  const hasHead = head.every((cell) => cell.trim() !== '' && !isNumber(cell)) && rest.flat().some(isNumber)
  const cell = (said: string, type: string) =>
    element(type, [element('paragraph', said.trim() === '' ? [] : [textJson(said.trim())])])
  return [
    element(
      'table',
      rows.map((row, index) =>
        element(
          'tableRow',
          Array.from({ length: width }, (_, column) =>
            cell(row[column] ?? '', hasHead && index === 0 ? 'tableHeader' : 'tableCell'),
          ),
        ),
      ),
    ),
  ]
}

/** One line of code, within a line. */
export const codeLine = (text: string): DocumentJson[] => [
  elementWith('paragraph', {}, [textJson(cleanText(text.trim()), [{ type: 'code' }])]),
]
