'use client'

import dynamic from 'next/dynamic'
import { type ComponentType, useEffect } from 'react'
import { toast } from '../ui/toast'

/**
 * A part of a page that is fetched when it is first shown. Where it cannot be fetched (the server is away, or a
 * newer release has taken its place), the page stays and says so.
 */
export const lazyPart = <Props extends object>(load: () => Promise<ComponentType<Props>>) =>
  dynamic<Props>(() => load().catch(() => Missing), { ssr: false })

function Missing() {
  useEffect(
    () =>
      toast({
        kind: 'error',
        text: 'A part of this page could not be fetched. Check your connection, then reload; what was saved is safe.',
      }),
    [],
  )
  return null
}
