import type { Html, PhrasingContent, Root, RootContent } from 'mdast'
import { decodeEntities, htmlPieces, tagAttribute } from './html-source'
import type { DetailsNode, FlowContent } from './markdown-tree'

/** HTML in which tags that fold are marked, or any other node. */
type Piece =
  | { kind: 'node'; node: RootContent }
  | { kind: 'html'; value: string; of: Html; line: number }
  | { kind: 'tag'; name: string; closing: boolean; value: string; of: Html; line: number }

type Container = { children: RootContent[] }

/**
 * Puts what stands between `<details>` and `</details>` into one node, wherever the two are among the same
 * siblings: a parser sees two blocks of HTML with ordinary blocks in between. Tags without their other half stay.
 */
export function foldDetails(root: Root): void {
  const open: Container[] = [root]
  for (let parent = open.pop(); parent; parent = open.pop()) {
    if (parent.children.some((node) => node.type === 'html' && /<\/details\b/i.test(node.value))) {
      parent.children = folded(parent.children)
    }
    for (const node of parent.children) {
      if (!('children' in node) || node.type === 'paragraph' || node.type === 'heading') continue
      if (node.type === 'table') continue
      open.push(node as Container)
      if (node.type === 'details' && node.summary) open.push({ children: node.summary })
    }
  }
}

interface Frame {
  readonly node: DetailsNode | null
  readonly children: RootContent[]
  /** Whether what comes is part of the summary. */
  inSummary: boolean
  /** The HTML that the last node was a part of, to put its further parts to it. */
  last: { node: Html; of: Html } | null
}

function folded(children: readonly RootContent[]): RootContent[] {
  const pieces = children.flatMap(piecesOf)
  const matched = matchedTags(pieces)
  const top: Frame = { node: null, children: [], inSummary: false, last: null }
  const frames = [top]
  pieces.forEach((piece, index) => {
    const frame = frames.at(-1) ?? top
    if (piece.kind !== 'tag' || (piece.name === 'details' && !matched.has(index))) put(frame, piece)
    else if (piece.name === 'details' && !piece.closing) {
      const node: DetailsNode = { type: 'details', summary: null, children: [], ...placeOf(piece) }
      frames.push({ node, children: node.children, inSummary: false, last: null })
    } else if (piece.name === 'details') {
      frames.pop()
      if (frame.node) put(frames.at(-1) ?? top, { kind: 'node', node: frame.node })
    } else if (!piece.closing && frame.node?.summary === null) {
      frame.node.summary = []
      frame.inSummary = true
    } else if (piece.closing && frame.inSummary) frame.inSummary = false
    else put(frame, piece)
  })
  return top.children
}

/** Indexes of the tags `<details>` and `</details>` that belong together. */
function matchedTags(pieces: readonly Piece[]): ReadonlySet<number> {
  const [matched, open] = [new Set<number>(), [] as number[]]
  pieces.forEach((piece, index) => {
    if (piece.kind !== 'tag' || piece.name !== 'details') return
    if (!piece.closing) open.push(index)
    else {
      const opening = open.pop()
      if (opening !== undefined) matched.add(opening).add(index)
    }
  })
  return matched
}

function put(frame: Frame, piece: Piece): void {
  const { node: details } = frame
  const into = frame.inSummary && details?.summary ? details.summary : (frame.children as RootContent[])
  if (piece.kind === 'node') {
    into.push(piece.node as FlowContent)
    frame.last = null
  } else if (frame.inSummary) {
    if (/\S/.test(piece.value)) {
      into.push({ type: 'paragraph', children: inlineHtml(piece), ...placeOf(piece) })
    }
  } else if (frame.last?.of === piece.of) frame.last.node.value += piece.value
  else if (/\S/.test(piece.value)) {
    const node: Html = { type: 'html', value: piece.value.trimStart(), ...placeOf(piece) }
    into.push(node)
    frame.last = { node, of: piece.of }
  }
}

const placeOf = ({ line }: { line: number }) => {
  const point = { line, column: 1 }
  return { position: { start: point, end: point } }
}

const tags = /<!--[\s\S]*?(?:-->|$)|<(\/?)(details|summary)(?:\s[^<>]*)?>/gi

function piecesOf(node: RootContent): Piece[] {
  if (node.type !== 'html') return [{ kind: 'node', node }]
  const pieces: Piece[] = []
  let [at, line] = [0, node.position?.start.line ?? 0]
  const html = (end: number) => {
    const value = node.value.slice(at, end)
    const blank = /^\s*/.exec(value)?.[0] ?? ''
    if (value !== '') pieces.push({ kind: 'html', value, of: node, line: line + endsIn(blank) })
    line += endsIn(value)
  }
  for (const found of node.value.matchAll(tags)) {
    const [value, slash, name] = found
    if (name === undefined) continue
    html(found.index)
    pieces.push({ kind: 'tag', name: name.toLowerCase(), closing: slash === '/', value, of: node, line })
    line += endsIn(value)
    at = found.index + value.length
  }
  html(node.value.length)
  return pieces
}

const endsIn = (text: string): number => text.split('\n').length - 1

const markNodes: Readonly<Record<string, 'strong' | 'emphasis' | 'delete'>> = {
  b: 'strong',
  strong: 'strong',
  i: 'emphasis',
  em: 'emphasis',
  del: 'delete',
  s: 'delete',
  strike: 'delete',
}

/** HTML of one line as the nodes that Markdown would have for it. Other tags stay, for the reader to tell of. */
function inlineHtml({ value: source, line }: { value: string; line: number }): PhrasingContent[] {
  const place = placeOf({ line })
  const top: PhrasingContent[] = []
  const open: { name: string; children: PhrasingContent[] }[] = []
  let code: string | null = null
  for (const piece of htmlPieces(source)) {
    const into = open.at(-1)?.children ?? top
    if (piece.kind === 'comment') into.push({ type: 'html', value: '<!-- -->', ...place })
    else if (piece.kind === 'text') {
      const text = decodeEntities(piece.text).replace(/[ \t\r\n]+/g, ' ')
      if (code === null) into.push({ type: 'text', value: text })
      else code += text
    } else if (piece.name === 'code') {
      if (code) into.push({ type: 'inlineCode', value: code })
      code = piece.closing ? null : ''
    } else if (piece.closing) {
      if (open.at(-1)?.name === piece.name) open.pop()
    } else {
      const mark = markNodes[piece.name]
      const href = piece.name === 'a' ? tagAttribute(piece.source, 'href') : null
      if (mark || href !== null) {
        const children: PhrasingContent[] = []
        into.push(
          mark
            ? { type: mark, children }
            : ({ type: 'link', url: href ?? '', children, ...place } as PhrasingContent),
        )
        open.push({ name: piece.name, children })
      } else into.push({ type: 'html', value: piece.source, ...place })
    }
  }
  if (code) (open.at(-1)?.children ?? top).push({ type: 'inlineCode', value: code })
  return top
}
