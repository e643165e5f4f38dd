'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { errorEntry, PublicError } from '../../lib/errors'

/**
 * What the server said is kept for 20 s, asked again when the page gets the focus, and a call is repeated (twice)
 * only where its code says that the same call may succeed later.
 */
const makeClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // What the browser takes for being offline is not always so; a call that fails says it in words.
        networkMode: 'always',
        staleTime: 20_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) =>
          failures < 2 && error instanceof PublicError && errorEntry(error.code).retry,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(makeClient)
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
