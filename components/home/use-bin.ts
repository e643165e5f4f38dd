'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { DocumentAnswer } from '../../lib/api'
import { callApi, sentenceOf } from '../call-api'
import { toast } from '../ui/toast'
import { documentsKey } from './use-documents'

/** Into the bin and out of it, with a word about what happened and the way back. */
export function useBin() {
  const client = useQueryClient()
  const renew = () => client.invalidateQueries({ queryKey: documentsKey })
  const failed = (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) })

  const restore = async (document: DocumentAnswer) => {
    try {
      await callApi('restoreDocument', { params: { id: document.id } })
      toast({ text: `“${document.title}” is back in the list.` })
    } catch (error) {
      failed(error)
    }
    await renew()
  }
  const move = async (document: DocumentAnswer) => {
    try {
      await callApi('deleteDocument', { params: { id: document.id } })
      toast({
        text: `“${document.title}” is in the bin.`,
        action: { text: 'Undo', run: () => void restore(document) },
      })
    } catch (error) {
      failed(error)
    }
    await renew()
  }
  return { move, restore }
}
