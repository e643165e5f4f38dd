import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { DocumentAnswer } from '../../lib/api'
import { callApi } from '../call-api'
import type { OpenSession } from '../sync/open-session'
import { toast } from '../ui/toast'

export interface DocumentActions {
  readonly rename: (title: string) => Promise<void>
  readonly moveToBin: () => void
  readonly takeOut: () => void
  readonly exportMarkdown: () => void
  /** With what was said about it, and who signed it off, behind the text. */
  readonly exportWithThreads: () => void
  readonly reload: () => void
}

const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'That did not work. Try again.'

/** What can be done with the document as a whole, and its title and status kept current. */
export function useDocumentActions(document: DocumentAnswer, open: OpenSession | null): DocumentActions {
  const router = useRouter()
  const params = { id: document.id }
  const { id } = document
  useEffect(
    () =>
      open?.session.onLive((event) => {
        if (event.type !== 'document.changed') return
        callApi('getDocument', { params: { id } }).then(
          (read) => open.session.documentRead(read),
          // Whoever lost access hears it from the socket; anything else is asked again at the next event.
          () => {},
        )
      }),
    [open, id],
  )
  const save = (query: { format: 'markdown'; appendix?: 'threads' }) => {
    callApi('getContent', { params, query }).then(
      (text) => saveFile(String(text), `${fileName(document)}.md`),
      (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) }),
    )
  }
  const leaveTo = (address: string) => {
    open?.leaveQuietly()
    router.push(address)
  }
  return {
    async rename(title) {
      const renamed = await callApi('updateDocument', { params, body: { title } })
      open?.session.documentRead(renamed)
    },
    moveToBin() {
      callApi('deleteDocument', { params }).then(
        () => {
          leaveTo('/')
          toast({
            text: `“${document.title}” is in the bin.`,
            action: {
              text: 'Undo',
              run: () => {
                callApi('restoreDocument', { params }).then(
                  () => router.push(`/d/${id}`),
                  (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) }),
                )
              },
            },
          })
        },
        (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) }),
      )
    },
    takeOut() {
      callApi('restoreDocument', { params }).then(
        (restored) => open?.session.documentRead(restored),
        (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) }),
      )
    },
    exportMarkdown: () => save({ format: 'markdown' }),
    exportWithThreads: () => save({ format: 'markdown', appendix: 'threads' }),
    reload() {
      open?.leaveQuietly()
      location.reload()
    },
  }
}

/** `TDD-0042 Payment retries`, without what file systems refuse. */
function fileName({ number, title }: DocumentAnswer): string {
  const name = `${number ? `${number} ` : ''}${title}`.replace(/[\\/:*?"<>|]/g, '-').trim()
  return name.slice(0, 120)
}

function saveFile(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/markdown;charset=utf-8' }))
  const link = window.document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
