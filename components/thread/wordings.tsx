import { useQuery } from '@tanstack/react-query'
import type { CommentAnswer } from '../../lib/api-thread'
import { namedInFull } from '../../lib/comment'
import { diffWords, type Stretch } from '../../lib/content/redline/word-diff'
import { callApi, sentenceOf } from '../call-api'
import { readAll } from '../read-all'
import { When } from '../ui/when'
import { QuotedWords } from './comment-text'

/** What a comment said before, the newest change first, each as what it took out and put in. */
export function Wordings({ comment }: { readonly comment: CommentAnswer }) {
  const { id, mentions, wordings } = comment
  const found = useQuery({
    // Another change is another list.
    queryKey: ['wordings', id, wordings],
    queryFn: ({ signal }) => readAll((query) => callApi('listWordings', { params: { id }, query, signal })),
  })
  if (found.isError) return <p className="text-blocking text-xs">{sentenceOf(found.error)}</p>
  if (!found.data) return <p className="text-ink-3 text-xs">Looking…</p>
  const texts = [...found.data.map((one) => one.body), comment.body ?? ''].map((body) =>
    namedInFull(body, mentions),
  )
  const steps = found.data.map(({ writtenAt }, index) => ({
    writtenAt,
    stretches: diffWords(texts[index] ?? '', texts[index + 1] ?? ''),
  }))
  return (
    <ol aria-label="Earlier wordings" className="flex flex-col gap-2 rounded-s bg-sunk px-2 py-1.5">
      {steps.reverse().map(({ writtenAt, stretches }) => (
        <li key={writtenAt}>
          <p className="text-ink-3 text-xs">
            Written <When at={writtenAt} nowMs={Date.now()} />, then changed:
          </p>
          <p
            dir="auto"
            className="whitespace-pre-wrap break-words text-s leading-[1.5] [unicode-bidi:isolate]"
          >
            {stretches.map((stretch, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of a text have no other name
              <Changed key={index} {...stretch} />
            ))}
          </p>
        </li>
      ))}
    </ol>
  )
}

function Changed({ kind, text }: Stretch) {
  const words = <QuotedWords text={text} />
  if (kind === 'added')
    return <ins className="bg-[var(--ins)] text-[var(--ins-ink)] no-underline">{words}</ins>
  return kind === 'removed' ? <del className="bg-[var(--del)] text-[var(--del-ink)]">{words}</del> : words
}
