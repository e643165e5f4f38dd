'use client'

import { Link } from 'lucide-react'
import { documentAddress } from '../home/document-words'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'

/** Copies the document's address. It opens the document for those alone who have a role on it. */
export function CopyLink({ documentId }: { documentId: string }) {
  const copy = async () => {
    const address = new URL(documentAddress(documentId), location.origin).href
    try {
      // Browsers leave the clipboard out where a page came without https.
      await navigator.clipboard.writeText(address)
      toast({ text: 'Link copied.' })
    } catch {
      toast({ kind: 'error', text: `This browser did not allow copying. The link is ${address}` })
    }
  }
  return (
    <Button onClick={() => void copy()}>
      <Link size={15} aria-hidden="true" />
      Copy link
    </Button>
  )
}
