import type { Editor } from '@tiptap/core'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'

/** All that stands on this page, as `X-Document-Clock` names it (base64); undefined: the editor has no body. */
export function stateVectorOf(editor: Editor): string | undefined {
  const doc: Y.Doc | undefined = ySyncPluginKey.getState(editor.state)?.doc
  return doc && toBase64(Y.encodeStateVector(doc))
}
