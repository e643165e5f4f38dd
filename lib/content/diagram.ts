import { cutText } from '../cut-text'

/**
 * Diagrams are drawn in a frame that can reach nothing: no origin, no network, nobody's cookies. What passes between
 * it and the page is text and numbers, and either side takes the other for hostile.
 */

/** Longest source that is drawn, in UTF-16 code units. */
export const maxDiagramLength = 20_000
/** Arrows in one diagram: the time to lay them out grows faster than their number. */
export const maxDiagramEdges = 400
/** Longest drawing that a page takes, in UTF-16 code units of SVG. */
export const maxDrawingLength = 1_000_000
/** Elements in it: a page draws them by itself, and has to go on typing. */
export const maxDrawingElements = 20_000
/** Widest and highest drawing, in CSS pixels. */
export const maxDrawingSide = 20_000

/** Below this path the server gives the frame and what runs in it, and nothing else. */
export const diagramPath = '/diagram/'
export const diagramFrame = `${diagramPath}frame`

/** The first message to the frame: with it comes the port that everything else passes through. */
export const diagramGreeting = 'rationale: draw diagrams'

/** Colours of the page, as CSS writes them with numbers: `rgb(…)`. */
export interface DiagramColours {
  readonly paper: string
  readonly ink: string
  readonly line: string
  readonly soft: string
  readonly accent: string
  readonly accentSoft: string
  readonly note: string
  readonly isDark: boolean
}

export interface DrawRequest {
  readonly id: number
  readonly source: string
  readonly colours: DiagramColours
}

export type DrawAnswer =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'drawn'
      readonly id: number
      /** One `svg` element as XML. */
      readonly svg: string
      /** In CSS pixels. */
      readonly width: number
      readonly height: number
      /** What the source itself says that it shows; empty: nothing. */
      readonly title: string
    }
  | {
      readonly kind: 'failed'
      readonly id: number
      readonly message: string
      /** Line of the source, from 1; null: not known. */
      readonly line: number | null
    }

/** Null for what is no answer, or a drawing that no page would take. */
export function parseDrawAnswer(given: unknown): DrawAnswer | null {
  if (typeof given !== 'object' || given === null) return null
  const { kind, id, svg, width, height, title, message, line } = given as Record<string, unknown>
  if (kind === 'ready') return { kind }
  if (!Number.isSafeInteger(id)) return null
  if (kind === 'failed' && typeof message === 'string') {
    const known = Number.isSafeInteger(line) && (line as number) > 0
    return {
      kind,
      id: id as number,
      message: oneLine(message, 300),
      line: known ? (line as number) : null,
    }
  }
  if (kind !== 'drawn' || !isDrawing(svg) || !isSide(width) || !isSide(height)) return null
  const said = typeof title === 'string' ? oneLine(title, 300) : ''
  return { kind, id: id as number, svg, width, height, title: said }
}

const isSide = (side: unknown): side is number =>
  typeof side === 'number' && side >= 1 && side <= maxDrawingSide

/** One `svg` element, without a document type (entities of which could grow without end), and not too much of it. */
function isDrawing(svg: unknown): svg is string {
  if (typeof svg !== 'string' || svg.length > maxDrawingLength) return false
  if (!/^<svg[\s>]/.test(svg) || svg.includes('<!')) return false
  return svg.split('<', maxDrawingElements * 2 + 1).length <= maxDrawingElements * 2
}

const oneLine = (text: string, longest: number): string => cutText(text.replace(/\s+/g, ' ').trim(), longest)

/**
 * The line of a source that a parser means, which counted without what is taken away before it reads: front matter,
 * blank lines at the beginning, and lines that are comments.
 *
 * @param counted from 1.
 * @returns from 1; the last line where the parser's is behind it.
 */
export function diagramLine(source: string, counted: number): number {
  const lines = source.split('\n')
  let first = 0
  if (lines[0]?.trim() === '---') {
    const end = lines.findIndex((line, at) => at > 0 && line.trim() === '---')
    if (end > 0) first = end + 1
  }
  let left = counted
  let started = false
  for (let at = first; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (/^\s*%%(?!\{)/.test(line)) continue
    started ||= line.trim() !== '' && !/^\s*%%\{.*\}%%\s*$/.test(line)
    if (!started) continue
    left -= 1
    if (left === 0) return at + 1
  }
  return lines.length
}
