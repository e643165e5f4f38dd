import { BookCheck } from 'lucide-react'
import type { ReviewAnswer } from '../../lib/api-review'
import { MenuItem } from '../ui/menu'

export interface ReadItemProps {
  readonly review: ReviewAnswer
  readonly sectionId: string
  readonly onRead: (sectionId: string) => void
}

/** In the menu of a section, for whoever was asked to review. */
export function ReadItem({ review, sectionId, onRead }: ReadItemProps) {
  return (
    <MenuItem icon={<BookCheck size={15} />} shortcut="V" onSelect={() => onRead(sectionId)}>
      {review.mine.read.includes(sectionId) ? 'Not read any more' : 'Mark as read'}
    </MenuItem>
  )
}
