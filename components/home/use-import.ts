'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { DocumentAnswer, Loss } from '../../lib/api'
import { callApi, sentenceOf } from '../call-api'
import { importRefusal } from './import-refusal'
import { documentsKey } from './use-documents'

/** An import is nothing, under way, or ended in one of two ways. */
export type ImportState =
  | { readonly step: 'idle' }
  | { readonly step: 'running'; readonly name: string }
  | { readonly step: 'failed'; readonly name: string; readonly sentence: string; readonly again: File | null }
  | {
      readonly step: 'done'
      readonly name: string
      readonly document: DocumentAnswer
      readonly losses: readonly Loss[]
    }

const idle: ImportState = { step: 'idle' }

/** One import at a time: begin it with a file, cancel it, put its outcome away. */
export function useImport() {
  const client = useQueryClient()
  const [state, setState] = useState<ImportState>(idle)
  const running = useRef<AbortController | null>(null)

  useEffect(() => () => running.current?.abort(), [])

  const begin = useCallback(
    async (files: readonly File[]) => {
      const refusal = importRefusal(files)
      const file = files[0]
      if (refusal || !file) {
        setState({ step: 'failed', name: file?.name ?? '', sentence: refusal ?? '', again: null })
        return
      }
      running.current?.abort()
      const own = new AbortController()
      running.current = own
      setState({ step: 'running', name: file.name })
      const form = new FormData()
      form.set('file', new File([file], file.name, { type: 'text/markdown' }))
      try {
        const { document, losses } = await callApi('importDocument', { content: form, signal: own.signal })
        if (running.current === own) setState({ step: 'done', name: file.name, document, losses })
      } catch (error) {
        if (running.current === own && !own.signal.aborted)
          setState({ step: 'failed', name: file.name, sentence: sentenceOf(error), again: file })
      }
      await client.invalidateQueries({ queryKey: documentsKey })
    },
    [client],
  )

  const close = useCallback(() => {
    running.current?.abort()
    running.current = null
    setState(idle)
  }, [])

  return { state, begin, close }
}
