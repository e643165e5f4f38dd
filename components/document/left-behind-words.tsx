'use client'

import { useParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import { parseDocumentId } from '../../lib/id'
import { callApi } from '../call-api'
import type { KeptText } from '../sync/session-ports'
import { KeptWords } from './kept-words'

/** On the page of a document that cannot be opened: own words that never reached it, if there are any. */
export function LeftBehindWords() {
  const { id } = useParams<{ id?: string }>()
  const documentId = parseDocumentId(id ?? '')
  const [texts, setTexts] = useState<readonly KeptText[]>([])
  useEffect(() => {
    if (!documentId) return
    let gone = false
    const look = async () => {
      const { id: personId } = await callApi('getMe')
      const { leftBehind } = await import('../sync/left-behind')
      const found = await leftBehind(personId, documentId)
      if (!gone) setTexts(found)
    }
    // Whoever is not signed in, or keeps nothing here, has nothing to be shown.
    look().catch(() => {})
    return () => {
      gone = true
    }
  }, [documentId])
  if (texts.length === 0) return null
  return (
    <div className="text-left">
      <KeptWords
        texts={texts}
        onForget={(textId) => {
          setTexts((before) => before.filter((text) => text.id !== textId))
          void import('../sync/kept-texts').then(({ forgetText }) => forgetText(textId))
        }}
      />
    </div>
  )
}
