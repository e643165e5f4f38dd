'use client'

import { useSyncExternalStore } from 'react'

const stepMs = 30_000
const stepped = () => Math.floor(Date.now() / stepMs) * stepMs

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, stepMs)
  return () => clearInterval(timer)
}

/**
 * The time in milliseconds since the epoch, renewed every 30 s: first the server's, so that the first paint is
 * the one that the server sent, then this device's.
 */
export const useNow = (serverNowMs: number): number =>
  useSyncExternalStore(
    subscribe,
    () => Math.max(stepped(), 0),
    () => serverNowMs,
  )
