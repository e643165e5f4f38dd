import { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { fragmentName } from '../../lib/content/shape'
import { exactDoc } from '../../lib/sync/exact-doc'

/** One Y.Doc on its way through this page. A refusal or a change of role starts a new one. */
export interface Body {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly fragment: Y.XmlFragment
  /** What the editor may do with it. Fixed for its life. */
  readonly canWrite: boolean
  /** Rises with every new body of a session: the editor is mounted anew. */
  readonly generation: number
}

export function makeBody(canWrite: boolean, generation: number): Body {
  const doc = exactDoc()
  return {
    doc,
    awareness: new Awareness(doc),
    fragment: doc.getXmlFragment(fragmentName),
    canWrite,
    generation,
  }
}

/** True once there is something to show: an editor on an empty Y.Doc would be a false "empty document". */
export const hasContent = (body: Body): boolean => body.doc.store.clients.size > 0
