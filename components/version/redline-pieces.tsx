import { createElement, type ReactNode } from 'react'
import type { MarkJson } from '../../lib/content/document-json'
import { isFollowable } from '../../lib/content/link-address'
import type { RedlinePiece } from '../../lib/content/redline/redline'
import { eachTurning, turning, turningNames } from '../../lib/content/turning'
import { Leaf } from './redline-containers'
import { VersionFormula } from './version-formula'

/** Names of people by their id. */
export type Names = ReadonlyMap<string, string>

export interface PiecesProps {
  readonly pieces: readonly RedlinePiece[]
  readonly names: Names
  /** All of the block came or went: its ground says so, and is one stop. Null: word by word. */
  readonly whole: 'added' | 'removed' | null
  /** It is code: what would turn the order of its letters is shown by name. Default: it is not. */
  readonly code?: boolean
}

/** The text of a block. Pieces side by side that differ are one stop on the way through. */
export function Pieces({ pieces, names, whole, code = false }: PiecesProps) {
  return groupsOf(pieces, whole).map(({ isStop, pieces: group, at }) =>
    isStop ? (
      <span key={at} data-stop tabIndex={-1} data-said={saidOf(group, names)}>
        {group.map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a comparison never changes
          <Piece key={index} piece={piece} names={names} whole={whole} code={code} />
        ))}
      </span>
    ) : (
      group.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a comparison never changes
        <Piece key={`${at} ${index}`} piece={piece} names={names} whole={whole} code={code} />
      ))
    ),
  )
}

function groupsOf(pieces: readonly RedlinePiece[], whole: PiecesProps['whole']) {
  const groups: { isStop: boolean; pieces: RedlinePiece[]; at: number }[] = []
  for (const [at, piece] of pieces.entries()) {
    const isStop = whole === null && piece.state !== 'same'
    const last = groups.at(-1)
    if (last?.isStop === isStop) last.pieces.push(piece)
    else groups.push({ isStop, pieces: [piece], at })
  }
  return groups
}

/** What happened, in words: *Grace added “…”; removed “…”*. */
function saidOf(pieces: readonly RedlinePiece[], names: Names): string {
  const words = (state: RedlinePiece['state']) =>
    pieces
      .filter((piece) => piece.state === state)
      .map(({ text }) => text ?? '\n')
      .join('')
      .trim()
  const [added, removed, formatted] = [words('added'), words('removed'), words('formatted')]
  const by = [...new Set(pieces.flatMap((piece) => (piece.state === 'added' ? nameOf(piece, names) : [])))]
  const who = by.length > 0 ? ` by ${by.join(' and ')}` : ''
  return [
    removed && `Removed: ${removed}`,
    added && `Added${who}: ${added}`,
    formatted && `Formatted anew: ${formatted}`,
    !added && !removed && !formatted && 'White space',
  ]
    .filter(Boolean)
    .join('. ')
}

const nameOf = ({ author }: RedlinePiece, names: Names): string[] => {
  const name = author === null ? undefined : names.get(author)
  return name === undefined ? [] : [name]
}

function Piece({ piece, names, whole, code }: Omit<PiecesProps, 'pieces'> & { piece: RedlinePiece }) {
  const { state, text, marks } = piece
  const content =
    text === null ? (
      <br />
    ) : (
      withMarks(marks, piece.leaf ? <Leaf leaf={piece.leaf} words={text} /> : code ? inOrder(text) : text)
    )
  const [name] = nameOf(piece, names)
  const added = name === undefined ? 'Added' : `Added by ${name}`
  const removed = name === undefined ? 'Removed' : `Removed; ${name} had written it`
  if (state === whole) return <span title={state === 'added' ? added : removed}>{content}</span>
  switch (state) {
    case 'same':
      return text !== null && marks.some(({ type }) => type === 'formula') ? (
        <VersionFormula source={text} />
      ) : (
        content
      )
    case 'added':
      return (
        <ins title={added}>
          {breakSign(text)}
          {content}
        </ins>
      )
    case 'removed':
      return <del title={removed}>{text === null ? breakSign(text) : content}</del>
    case 'formatted':
      return (
        <span className="redline-formatted" title={`Formatting changed: ${formatWords(piece)}`}>
          {content}
        </span>
      )
  }
}

/** Letters of code in the order in which they are run, as the editor draws them (editor/code/code-bidi.ts). */
const inOrder = (text: string): ReactNode =>
  turning.test(text)
    ? text.split(eachTurning).map((part, index) =>
        part in turningNames ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a comparison never changes
          <span key={index} className="turning" data-name={turningNames[part]}>
            {part}
          </span>
        ) : (
          part
        ),
      )
    : text

const breakSign = (text: string | null): ReactNode =>
  text === null ? <span aria-hidden="true">↵</span> : null

const tags: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  code: 'code',
  formula: 'code',
}

/** Marks as elements around the text, the first outermost. */
function withMarks(marks: readonly MarkJson[], text: ReactNode): ReactNode {
  let around = text
  for (const mark of marks.toReversed()) around = withMark(mark, around)
  return around
}

function withMark({ type, attrs }: MarkJson, inner: ReactNode): ReactNode {
  if (type !== 'link') return createElement(tags[type] ?? 'span', null, inner)
  const href = attrs?.href
  if (!isFollowable(href)) return <u>{inner}</u>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {inner}
    </a>
  )
}

const markWords: Readonly<Record<string, string>> = {
  bold: 'bold',
  italic: 'italic',
  strike: 'struck through',
  code: 'code',
  link: 'a link',
  formula: 'a formula',
}

/** *plain before, now bold*. */
function formatWords({ marks, wasMarks }: RedlinePiece): string {
  const words = (given: readonly MarkJson[]) =>
    given.length === 0 ? 'plain' : given.map(({ type }) => markWords[type] ?? type).join(', ')
  const [was, is] = [words(wasMarks ?? []), words(marks)]
  return was === is ? `${is}, to another address` : `${was} before, now ${is}`
}
