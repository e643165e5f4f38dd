import { useEffect, useRef } from 'react'
import { toast } from '../ui/toast'
import type { LinkedTo } from './use-thread-desk'
import type { Threads } from './use-threads'

/** Who follows a link to what is gone is told that it is: once, when that is known. */
export function useLinked(linked: LinkedTo | null, { list, known, error }: Threads): void {
  const told = useRef<LinkedTo | null>(null)
  useEffect(() => {
    if (linked === null || !known || error !== null || told.current === linked) return
    told.current = linked
    const thread = list.find((one) => one.id === linked.threadId)
    const comment = thread?.comments.find((one) => one.id === linked.commentId)
    if (!thread) {
      toast({ text: 'The thread that this link leads to is not there any more. Its author has removed it.' })
    } else if (linked.commentId !== null && !comment?.body) {
      toast({ text: 'The comment that this link leads to was removed by its author.' })
    }
  }, [linked, list, known, error])
}
