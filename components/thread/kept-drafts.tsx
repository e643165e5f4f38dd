import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'
import { QuotedWords } from './comment-text'
import type { Draft, DraftPlace } from './drafts'

export interface KeptDraftsProps {
  readonly drafts: readonly (readonly [DraftPlace, Draft])[]
  readonly onForget: (place: DraftPlace) => void
}

/** Comments that were being typed when their field went away, with the access or with the thread: they are their author's. */
export function KeptDrafts({ drafts, onForget }: KeptDraftsProps) {
  return drafts.map(([place, { text, target }]) => (
    <Banner
      key={place}
      kind="warning"
      title="Your comment was not sent."
      actions={
        <>
          <Button
            size="s"
            onClick={() => {
              navigator.clipboard.writeText(text).then(
                () => toast({ text: 'Copied.' }),
                () =>
                  toast({
                    kind: 'error',
                    text: 'This browser did not allow copying. Select the words instead.',
                  }),
              )
            }}
          >
            Copy
          </Button>
          <Button size="s" look="quiet" onClick={() => onForget(place)}>
            Throw away
          </Button>
        </>
      }
    >
      {target?.kind === 'text' && (
        <span className="text-ink-2">
          On “<QuotedWords text={target.anchor.quote} />
          ”:{' '}
        </span>
      )}
      <span className="whitespace-pre-wrap break-words">{text}</span>
    </Banner>
  ))
}
