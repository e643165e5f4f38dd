'use client'

import { CircleCheck } from 'lucide-react'
import { useEffect } from 'react'
import { buttonClass } from '../ui/button-class'
import { DraftingGround } from './drafting-ground'
import { signedInChannel } from './signed-in-channel'

/** Tells the pages that wait for it who has signed in, and closes its window. */
export function SignedInNotice({ personId, name }: { personId: string; name: string }) {
  useEffect(() => {
    const channel = new BroadcastChannel(signedInChannel)
    channel.postMessage({ personId })
    channel.close()
    // Does nothing in a window that was not opened by a page of ours: then the words below stand.
    window.close()
  }, [personId])
  return (
    <main className="relative isolate grid min-h-dvh place-items-center px-4 py-8 text-center">
      <DraftingGround />
      <div className="flex flex-col items-center">
        <CircleCheck size={32} className="text-approved" aria-hidden="true" />
        <h1 className="mt-3 font-[660] text-h3">You are signed in as {name}</h1>
        <p className="mt-1 mb-5 text-ink-2">You can close this window and go on where you were.</p>
        <a href="/" className={buttonClass()}>
          Go to documents
        </a>
      </div>
    </main>
  )
}
