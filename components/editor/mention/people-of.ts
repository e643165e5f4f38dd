import { callApi } from '../../call-api'
import type { MentionsOptions } from './mentions'

/** How many are offered behind an `@`. */
const mostOffered = 8

/** Asks the server whom a document can name, and whom it names. */
export const peopleOf = (documentId: string): Omit<MentionsOptions, 'canWrite'> => ({
  searchPeople: async (query, signal) => {
    const { items } = await callApi('listMentionable', {
      params: { id: documentId },
      query: { q: query.trim(), limit: mostOffered },
      signal,
    })
    // Whoever would have to be given access first is no part of a text that others read.
    return items.filter(({ canRead }) => canRead).map(({ person }) => person)
  },
  askPeople: async () => (await callApi('listNamed', { params: { id: documentId } })).items,
})
