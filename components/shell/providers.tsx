'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import dynamic from 'next/dynamic'
import { type ReactNode, useEffect, useState } from 'react'
import { CommandKeys } from './command-keys'
import { onFirstUse } from './on-first-use'
import { QueryProvider } from './query'

const loadTip = () => import('../ui/page-tip').then((part) => part.PageTip)
const PageTip = dynamic(loadTip, { ssr: false })
const Toaster = dynamic(() => import('../ui/toaster').then((part) => part.Toaster), { ssr: false })

/** What pages of work stand in. No style element is ever written into them. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <QueryProvider>
        {children}
        <CommandKeys />
      </QueryProvider>
      <LaterToaster />
      <LaterTip />
    </CSPProvider>
  )
}

/** What buttons say of themselves, from the moment that somebody touches the page. */
function LaterTip() {
  const [due, setDue] = useState(false)
  // A page whose server is away goes without.
  useEffect(
    () =>
      onFirstUse(
        () =>
          void loadTip().then(
            () => setDue(true),
            () => {},
          ),
      ),
    [],
  )
  return due ? <PageTip /> : null
}

/**
 * The place of toasts is fetched once the page stands, not before: the first paint does not need it; a server
 * that cannot be reached later must find it here.
 */
function LaterToaster() {
  const [due, setDue] = useState(false)
  useEffect(() => {
    // Safari has no idle callbacks.
    const later = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 500))
    const cancel = globalThis.cancelIdleCallback ?? clearTimeout
    const id = later(() => setDue(true))
    return () => cancel(id as number)
  }, [])
  return due ? <Toaster /> : null
}
