'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'
import { Toaster } from '../ui/toast'
import { QueryProvider } from './query'

/** What every page stands in. No style element is ever written into the page: the content policy forbids it. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <QueryProvider>
        <Tooltip.Provider delay={500}>{children}</Tooltip.Provider>
        <Toaster />
      </QueryProvider>
    </CSPProvider>
  )
}
