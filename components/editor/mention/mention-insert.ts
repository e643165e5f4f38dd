import { AtSign } from 'lucide-react'
import type { InsertAction } from '../insert/insert-action'
import { offerPeople } from './mention-offer'

export const mentionAction: InsertAction = {
  id: 'mention',
  label: 'Mention',
  icon: AtSign,
  group: 'In a line',
  keywords: ['person', 'people', 'name', 'at'],
  hint: '@',
  run: (editor) => offerPeople(editor.view),
}
