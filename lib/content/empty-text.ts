import * as Y from 'yjs'
import { mayContainText } from './shape'

/**
 * Every block that may hold text holds one `Y.XmlText` from birth, empty or not.
 *
 * The binding makes that text with the first letter. Two people who begin to write in the same empty block at
 * once would each make one; each binding then merges the two into the first, and the words of the second are
 * there twice (tried with y-tiptap 3.0.9). With the text in its place both write into the same.
 */
export function giveText(element: Y.XmlElement): void {
  if (mayContainText(element.nodeName) && element._start === null) element.insert(0, [new Y.XmlText()])
}

/** Gives a text to every empty block below `parent`. */
export function giveTexts(parent: Y.XmlFragment): void {
  for (const child of parent.toArray()) {
    if (!(child instanceof Y.XmlElement)) continue
    giveText(child)
    giveTexts(child)
  }
}
