import { ImageUp, Paperclip } from 'lucide-react'
import { imageTypes } from '../../../lib/content/attachment-kind'
import type { InsertAction } from '../insert/insert-action'
import { startUploads } from './uploads'

const choosing = (
  given: Pick<InsertAction, 'id' | 'label' | 'icon' | 'keywords'> & { accept: string },
): InsertAction => {
  const { accept, ...action } = given
  return {
    ...action,
    group: 'Files',
    run: ({ view }) => {
      const field = document.createElement('input')
      field.type = 'file'
      field.multiple = true
      field.accept = accept
      field.addEventListener('change', () => {
        const files = [...(field.files ?? [])]
        if (files.length > 0 && !view.isDestroyed) startUploads(view, files)
        view.focus()
      })
      field.click()
    },
  }
}

/** Images and files from the person's device, several at once. */
export const uploadActions: readonly InsertAction[] = [
  choosing({
    id: 'image',
    label: 'Image',
    icon: ImageUp,
    keywords: ['picture', 'photo', 'screenshot', 'upload', 'png', 'svg'],
    accept: imageTypes.join(','),
  }),
  choosing({
    id: 'file',
    label: 'File',
    icon: Paperclip,
    keywords: ['attachment', 'upload', 'attach', 'pdf'],
    accept: '',
  }),
]
