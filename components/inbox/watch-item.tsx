'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Eye, EyeOff } from 'lucide-react'
import { callApi, sentenceOf } from '../call-api'
import { MenuItem } from '../ui/menu'
import { toast } from '../ui/toast'

/** Hears of what happens to a document without a part in it, or no longer; asked when its menu opens. */
export function WatchItem({ documentId }: { documentId: string }) {
  const client = useQueryClient()
  const key = ['watch', documentId]
  const params = { params: { id: documentId } }
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => callApi('getWatch', { ...params, signal }),
  })
  const watching = data?.watching ?? false
  const turn = async () => {
    try {
      await callApi(watching ? 'unwatchDocument' : 'watchDocument', params)
      client.setQueryData(key, { watching: !watching })
      toast({
        text: watching
          ? 'You hear no more of this document, unless you have a part in it.'
          : 'You hear of comments, verdicts and its status from now on.',
      })
    } catch (error) {
      toast({ kind: 'error', text: sentenceOf(error) })
    }
  }
  return (
    <MenuItem
      icon={watching ? <EyeOff size={15} /> : <Eye size={15} />}
      disabled={data === undefined}
      onSelect={() => void turn()}
    >
      {watching ? 'Stop watching' : 'Watch'}
    </MenuItem>
  )
}
