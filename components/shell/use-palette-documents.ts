import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FileText } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { searchKey, searchWords } from '../../lib/search'
import { callApi } from '../call-api'
import { typingPauseMs, useSettled } from '../use-settled'
import type { Command } from './commands'

/** Documents whose number or title has the words that were typed; nothing typed: the last changed ones. */
export function usePaletteDocuments(typed: string): {
  readonly title: string
  readonly commands: readonly Command[]
  /** True while the answer for what is typed is on its way. */
  readonly isAsking: boolean
} {
  const router = useRouter()
  const here = usePathname()
  const words = searchWords(typed)
  const question = words.join(' ')
  const asked = useSettled(question, question === '' ? 0 : typingPauseMs)
  const found = useQuery({
    queryKey: ['palette', asked],
    queryFn: ({ signal }) =>
      callApi('listDocuments', { query: { limit: 6, ...(asked === '' ? {} : { q: asked }) }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  })
  // Only what fits what is typed now: an answer may be to what was typed before.
  const items = found.data?.items
  const commands = useMemo(
    () =>
      (typed.trim() !== '' && question === '' ? [] : (items ?? []))
        .filter(({ number, title }) => fits(`${number ?? ''} ${title}`, question))
        // Nobody goes to where they are.
        .filter(({ id }) => question !== '' || here !== `/d/${id}`)
        .slice(0, question === '' ? 4 : 6)
        .map(
          ({ id, number, title }): Command => ({
            id: `document-${id}`,
            group: 'Go to',
            label: title,
            ...(number === null ? {} : { note: number }),
            icon: FileText,
            run: () => router.push(`/d/${id}`),
          }),
        ),
    [items, question, typed, router, here],
  )
  return {
    title: question === '' ? 'Changed last' : 'Documents',
    commands,
    isAsking: found.isFetching || asked !== question,
  }
}

const fits = (name: string, question: string): boolean => {
  const key = searchKey(name)
  return question === '' || question.split(' ').every((word) => key.includes(word))
}
