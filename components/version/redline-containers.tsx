import type { ReactNode } from 'react'
import { attachmentAt } from '../../lib/content/attachment'
import { isFollowable } from '../../lib/content/link-address'
import type { RedlineBlock, RedlineLeaf } from '../../lib/content/redline/redline'
import { sizeInWords } from '../../lib/size-in-words'
import { aboutDecision, calloutWord, decisionWord } from '../editor/container/container-words'
import { classes } from '../ui/classes'

type Attributes = Record<string, unknown> & { className?: string }

export interface Drawn {
  /** What says that it came, went or changed. */
  readonly given: Attributes
  readonly note: ReactNode
  readonly content: ReactNode
}

/** Blocks around blocks, images and files, as the document draws them; undefined for any other block. */
export function containerElement({ type, attrs }: RedlineBlock, { given, note, content }: Drawn): ReactNode {
  const inside = (
    <>
      {note}
      <div className="container-body">{content}</div>
    </>
  )
  switch (type) {
    case 'callout':
      return (
        <aside {...given} data-callout={String(attrs.kind)} aria-label={calloutWord(attrs.kind)}>
          <span className="callout-kind">{calloutWord(attrs.kind)}</span>
          {inside}
        </aside>
      )
    case 'decision':
      return (
        <section {...given} data-decision={String(attrs.state)} aria-label="Decision">
          <div className="decision-head">
            Decision
            <span className="decision-state">{decisionWord(attrs.state)}</span>
            <span className="decision-about">{aboutDecision(attrs)}</span>
          </div>
          {inside}
        </section>
      )
    case 'details':
      return (
        <div {...given} className={classes('details is-open', given.className)}>
          <span className="details-toggle" aria-hidden="true" />
          {inside}
        </div>
      )
    case 'footnote':
      return (
        <div {...given} data-footnote={String(attrs.label)} role="note" aria-label="Footnote">
          {inside}
        </div>
      )
    case 'image':
      return (
        <figure {...given} className={classes('image', given.className)}>
          {note}
          <Picture src={String(attrs.src)} alt={alternative(attrs.alt)} width={attrs.width} />
        </figure>
      )
    case 'file':
      return (
        <div {...given}>
          {note}
          <div className="file">
            <b>{String(attrs.name ?? 'File')}</b>
            <span>{typeof attrs.size === 'number' ? sizeInWords(attrs.size) : ''}</span>
          </div>
        </div>
      )
    default:
      return undefined
  }
}

const alternative = (alt: unknown): string => (typeof alt === 'string' ? alt : '')

/** One that lies elsewhere is never asked for. */
function Picture({ src, alt, width }: { src: string; alt: string; width: unknown }) {
  if (attachmentAt(src) !== null) {
    const style = typeof width === 'number' ? { width: `${width}%` } : undefined
    return (
      <div className="image-frame" style={style}>
        {/* biome-ignore lint/performance/noImgElement: it is given out as it was put in */}
        <img src={src} alt={alt} loading="lazy" />
      </div>
    )
  }
  return (
    <div className="image-missing">
      <p>
        {alt && `${alt} · `}Image elsewhere:{' '}
        {isFollowable(src) ? (
          <a href={src} target="_blank" rel="noopener noreferrer nofollow">
            {src}
          </a>
        ) : (
          <code>{src}</code>
        )}
      </p>
    </div>
  )
}

/** A part of a line that is no text. `words`: what it is called. */
export function Leaf({ leaf, words }: { leaf: RedlineLeaf; words: string }) {
  if (leaf.type === 'footnoteReference') return <sup className="footnote-reference">{words}</sup>
  if (leaf.type !== 'mention') return words
  return (
    <span className="mention">
      @<bdi>{words.replace(/^@/, '')}</bdi>
    </span>
  )
}

/** What of its own became another, in words: *Was proposed*; null: nothing that has words. */
export function wasWords({ type, attrs }: RedlineBlock, was: RedlineBlock['attrs']): string | null {
  const differs = (name: string) => was[name] !== attrs[name]
  switch (type) {
    case 'callout':
      return differs('kind') ? `Was ${calloutWord(was.kind).toLowerCase()}` : null
    case 'decision': {
      const about = differs('day') || differs('deciders') ? aboutDecision(was) || 'by nobody named' : ''
      const state = differs('state') ? decisionWord(was.state).toLowerCase() : ''
      const said = [state, about].filter(Boolean).join(', ')
      return said ? `Was ${said}` : null
    }
    case 'image':
      if (differs('src')) return 'Was another picture'
      if (differs('alt')) return was.alt ? `Was described as “${was.alt}”` : 'Was not described'
      return differs('width') ? 'Was of another width' : null
    case 'file':
      if (differs('src')) return 'Was another file'
      return differs('name') ? `Was named ${was.name ?? 'nothing'}` : null
    default:
      return null
  }
}
