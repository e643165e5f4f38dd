import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { lazyPart } from '../../shell/lazy-part'
import { onPopupAsked, type PopupRequest } from '../container/container-popup'

const ContainerPopups = lazyPart(() =>
  import('../container/container-popups').then((part) => part.ContainerPopups),
)

/** Menus and cards of what is drawn in the text, fetched when the first of them is asked for. */
export function DrawnPopups({ editor }: { readonly editor: Editor }) {
  const [request, setRequest] = useState<PopupRequest | null>(null)
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    if (editor.isDestroyed) return
    return onPopupAsked(editor.view.dom, (asked) => {
      setWanted(true)
      // Pressed again: it closes.
      setRequest((open) => (open?.button === asked.button ? null : asked))
    })
  }, [editor])
  const button = request?.button
  useEffect(() => {
    button?.setAttribute('aria-expanded', 'true')
    return () => button?.setAttribute('aria-expanded', 'false')
  }, [button])
  if (!wanted) return null
  return <ContainerPopups editor={editor} request={request} onClose={() => setRequest(null)} />
}
