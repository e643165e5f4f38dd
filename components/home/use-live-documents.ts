import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { onServerEvent } from '../inbox/event-stream'
import { documentsKey } from './use-documents'

/** Changes that come together are asked for once, after so many ms. */
const togetherMs = 500

/** Renews lists of documents when the server says that one of them changed. */
export function useLiveDocuments(): void {
  const client = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onServerEvent((event) => {
      if (event !== 'document.changed') return
      clearTimeout(timer)
      timer = setTimeout(() => void client.invalidateQueries({ queryKey: documentsKey }), togetherMs)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client])
}
