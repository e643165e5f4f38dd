import type { Node as ProseMirrorNode } from '@tiptap/pm/model'

/**
 * The characters of a stretch of a document in a row, without what separates blocks and lines: splitting a
 * paragraph, joining two, or breaking a line changes nothing here, and words that were marked before are found
 * after it. Offsets count UTF-16 code units, as positions do.
 */
export interface Words {
  readonly text: string
  /** Position before the character at an offset. */
  posAt(offset: number): number
  /** Position behind the last character before an offset. */
  endAt(offset: number): number
  /** How many characters stand before a position. */
  offsetAt(position: number): number
  /** True where a block or a line begins, and at both ends. */
  breakAt(offset: number): boolean
  /** The characters from one offset to another, with one `\n` for each break between them. */
  between(start: number, end: number): string
}

const unwritable = /\0|[\ud800-\udfff]/

/** NUL and halves of characters as U+FFFD: what neither JSON nor a database takes, without moving an offset. */
export const writable = (text: string): string =>
  unwritable.test(text) ? text.replace(/\0|\p{Cs}/gu, '\ufffd') : text

/** The characters of a quote as `Words` has them. */
export const squeezed = (quote: string): string => quote.replace(/\n/g, '')

/** A stretch that is in a row in the document too. */
interface Piece {
  readonly offset: number
  readonly position: number
  readonly text: string
  /** A block or a line begins with it. */
  readonly broken: boolean
}

/** The words between two positions; beyond the document they are its ends. */
export function wordsBetween(doc: ProseMirrorNode, from: number, to: number): Words {
  const start = Math.max(0, from)
  const pieces = piecesBetween(doc, start, Math.min(doc.content.size, to))
  const text = pieces.map((piece) => piece.text).join('')
  const pieceAt = (offset: number) => pieces[lastAtMost(pieces, 'offset', offset)]
  return {
    text,
    posAt(offset) {
      const piece = pieceAt(offset)
      return piece ? piece.position + offset - piece.offset : start
    },
    endAt(offset) {
      const piece = pieceAt(offset - 1)
      return piece ? piece.position + offset - piece.offset : start
    },
    offsetAt(position) {
      const piece = pieces[lastAtMost(pieces, 'position', position)]
      return piece ? piece.offset + Math.min(position - piece.position, piece.text.length) : 0
    },
    breakAt(offset) {
      const piece = pieceAt(offset)
      return offset <= 0 || offset >= text.length || (piece?.offset === offset && piece.broken)
    },
    between(a, b) {
      let said = ''
      let at = a
      for (let index = lastAtMost(pieces, 'offset', a) + 1; index < pieces.length; index += 1) {
        const piece = pieces[index]
        if (!piece || piece.offset >= b) break
        if (!piece.broken) continue
        said += `${text.slice(at, piece.offset)}\n`
        at = piece.offset
      }
      return said + text.slice(at, b)
    },
  }
}

function piecesBetween(doc: ProseMirrorNode, start: number, end: number): Piece[] {
  const pieces: Piece[] = []
  let offset = 0
  let broken = true
  const add = (text: string, position: number) => {
    if (text === '') return
    pieces.push({ offset, position, text, broken })
    offset += text.length
    broken = false
  }
  if (start >= end) return pieces
  doc.nodesBetween(start, end, (node, position) => {
    if (!node.isText) {
      broken = true
      return
    }
    const first = Math.max(position, start)
    const all = writable(node.text ?? '').slice(first - position, end - position)
    let line = 0
    for (let at = all.indexOf('\n'); at >= 0; at = all.indexOf('\n', line)) {
      add(all.slice(line, at), first + line)
      broken = true
      line = at + 1
    }
    add(all.slice(line), first + line)
  })
  return pieces
}

/** Index of the last piece whose number is at most `wanted`; -1: none is. */
function lastAtMost(pieces: readonly Piece[], by: 'offset' | 'position', wanted: number): number {
  let low = 0
  let high = pieces.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pieces[middle]?.[by] ?? 0) <= wanted) low = middle + 1
    else high = middle
  }
  return low - 1
}
