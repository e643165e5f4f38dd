import { useSyncExternalStore } from 'react'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'
import { QuotedWords } from './comment-text'
import type { Drafts } from './drafts'

/** Comments that were being typed when access ended: they are their author's. */
export function KeptDrafts({ drafts }: { readonly drafts: Drafts }) {
  const stored = useSyncExternalStore(drafts.subscribe, drafts.all, drafts.all)
  const typed = [...stored].filter(([, draft]) => draft.text.trim() !== '')
  return typed.map(([place, { text, target }]) => (
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
          <Button size="s" look="quiet" onClick={() => drafts.put(place, null)}>
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
