import type { Metadata } from 'next'
import { LeftBehindWords } from '../../../../components/document/left-behind-words'
import { NothingHere } from '../../../../components/shell/nothing-here'

export const metadata: Metadata = { title: 'Nothing here' }

/** Only own words, kept on this device, may say more, and to their author alone. */
export default function NotFound() {
  return (
    <NothingHere>
      <LeftBehindWords />
    </NothingHere>
  )
}
