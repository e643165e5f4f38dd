import { useState } from 'react'
import type { KeptText } from '../sync/session-ports'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { toast } from '../ui/toast'

const reasons: Record<KeptText['why'], string> = {
  read_only:
    'Your role changed, or the text was approved, before they arrived, so the document did not take your last words.',
  too_large: 'The change, or the document with it, would be larger than it may be.',
  invalid: 'The change held something that a document cannot hold.',
  not_yours: 'The change was sent under a name that belongs to somebody else.',
  no_access: 'Your access ended before your last words arrived.',
  gone: 'The document was moved to the bin, or your access ended, before your last words arrived.',
}

/** Words that the document did not take: they are the person's, to copy, to download, or to throw away. */
export function KeptWords({
  texts,
  onForget,
}: {
  texts: readonly KeptText[]
  onForget: (id: string) => void
}) {
  const [openId, setOpenId] = useState<string | null>(null)
  const shown = texts.find((text) => text.id === openId) ?? null
  return (
    <>
      {texts.map((text) => (
        <Banner
          key={text.id}
          kind="warning"
          title="Some of your words are not in this document."
          actions={
            <Button size="s" onClick={() => setOpenId(text.id)}>
              Show them
            </Button>
          }
        >
          {reasons[text.why]} They are kept on this device.
        </Banner>
      ))}
      <Dialog
        open={shown !== null}
        onOpenChange={(open) => {
          if (!open) setOpenId(null)
        }}
        title="Your words"
        description={
          shown ? `Not taken by “${shown.title}” on ${new Date(shown.atMs).toLocaleString('en')}.` : ''
        }
        actions={
          shown && (
            <>
              <Button
                look="quiet"
                onClick={() => {
                  onForget(shown.id)
                  setOpenId(null)
                }}
              >
                Throw away
              </Button>
              <Button onClick={() => download(shown)}>Download</Button>
              <Button
                look="primary"
                onClick={() => {
                  navigator.clipboard.writeText(shown.words).then(
                    () => toast({ text: 'Copied.' }),
                    () =>
                      toast({
                        kind: 'error',
                        text: 'This browser did not allow copying. Download them instead.',
                      }),
                  )
                }}
              >
                Copy
              </Button>
            </>
          )
        }
      >
        <textarea
          readOnly
          aria-label="Your words"
          value={shown?.words ?? ''}
          rows={10}
          className="w-full resize-y rounded-s border border-line bg-paper p-3 font-text text-ink text-l"
        />
      </Dialog>
    </>
  )
}

function download(text: KeptText): void {
  const address = URL.createObjectURL(new Blob([text.words], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'my-words.txt'
  link.click()
  URL.revokeObjectURL(address)
}
