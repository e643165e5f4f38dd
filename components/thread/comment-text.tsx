import { Fragment, type ReactNode } from 'react'
import { commentParts } from '../../lib/comment'
import type { Person } from '../../lib/person'

/** Code between backticks, addresses, and characters that would change the order of what is read. */
const parts =
  /(`[^`\n]+`)|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'])|([\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C])/gu

/**
 * A comment as it was typed: plain text. Nothing in it is markup; overrides of the writing direction are shown
 * as signs and do nothing.
 */
export function CommentText(props: { readonly text: string; readonly mentions: readonly Person[] }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap break-words text-m leading-[1.5] [unicode-bidi:isolate]">
      {commentParts(props.text).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
        <Fragment key={index}>
          {'text' in part ? (
            drawn(part.text)
          ) : (
            <Named person={props.mentions.find((one) => one.id === part.personId)} />
          )}
        </Fragment>
      ))}
    </p>
  )
}

/** Somebody who is named in a comment. */
function Named({ person }: { readonly person: Person | undefined }) {
  return (
    <span className="rounded-[4px] bg-accent-soft px-0.5 text-accent" title={person?.email ?? undefined}>
      @<QuotedWords text={person?.name ?? 'somebody'} />
    </span>
  )
}

/** Words of somebody's within a line of ours, on which their writing direction has no hold. */
export function QuotedWords({ text }: { readonly text: string }) {
  return <bdi>{drawn(text, { links: false })}</bdi>
}

function drawn(text: string, { links = true } = {}): ReactNode[] {
  const out: ReactNode[] = []
  let from = 0
  for (const found of text.matchAll(parts)) {
    const [whole, code, address, control] = found
    if (found.index > from) out.push(text.slice(from, found.index))
    out.push(
      <Fragment key={found.index}>
        {code && (
          <code className="rounded-[4px] bg-sunk px-1 font-code text-[0.9em]">{code.slice(1, -1)}</code>
        )}
        {address && !links && address}
        {address && links && (
          <a
            href={address}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="text-accent underline"
          >
            {address}
          </a>
        )}
        {control && (
          <span
            className="rounded-[3px] bg-review-soft px-1 text-review text-xs"
            title="Changes the writing direction"
          >
            {`U+${(control.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`}
          </span>
        )}
      </Fragment>,
    )
    from = found.index + whole.length
  }
  out.push(text.slice(from))
  return out
}
