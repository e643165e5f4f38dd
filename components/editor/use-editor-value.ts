import type { Editor } from '@tiptap/core'
import { useCallback, useSyncExternalStore } from 'react'

/**
 * A value read from the editor, kept current. It must be a primitive: a page is drawn anew only when it
 * differs, not with every keystroke.
 */
export function useEditorValue<Value extends string | number | boolean | null>(
  editor: Editor,
  read: (editor: Editor) => Value,
): Value {
  const subscribe = useCallback(
    (listener: () => void) => {
      editor.on('transaction', listener)
      editor.on('focus', listener)
      editor.on('blur', listener)
      return () => {
        editor.off('transaction', listener)
        editor.off('focus', listener)
        editor.off('blur', listener)
      }
    },
    [editor],
  )
  return useSyncExternalStore(subscribe, () => read(editor))
}
