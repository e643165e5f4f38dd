import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { digest } from 'lib0/hash/sha256'
import { encodeUtf8 } from 'lib0/string'
import { isBlank, type OutlineSection } from './outline'

/**
 * What a section's own text says, as 32 characters: the same as long as nothing in it changes in substance. Its
 * heading is not in it, nor are the sections within it: a section that is renamed or moved says what it said.
 */
export function digestOfSection(
  doc: ProseMirrorNode,
  { ownFrom, ownEnd }: Pick<OutlineSection, 'ownFrom' | 'ownEnd'>,
): string {
  const said: string[] = []
  doc.nodesBetween(ownFrom, ownEnd, (node) => {
    if (!isBlank(node)) said.push(saidBy(node))
    return false
  })
  const bytes = digest(encodeUtf8(said.join('\n')))
  return Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const known = new WeakMap<ProseMirrorNode, string>()

function saidBy(block: ProseMirrorNode): string {
  let said = known.get(block)
  if (said === undefined) {
    said = JSON.stringify(substanceOf(block, false))
    known.set(block, said)
  }
  return said
}

type Substance = string | readonly (Substance | object)[]

function substanceOf(node: ProseMirrorNode, isCode: boolean): Substance {
  const { id: _, ...attributes } = node.attrs
  const code = isCode || node.type.spec.code === true
  const inner = node.inlineContent
    ? runsOf(node, code)
    : node.children.map((child) => substanceOf(child, code))
  return [node.type.name, attributes, ...inner]
}

/** Text by its marks, without white space at both ends; what is no text as it is. */
function runsOf(node: ProseMirrorNode, code: boolean): Substance[] {
  const runs: Substance[] = []
  node.children.forEach((child, index) => {
    if (!child.isText) {
      runs.push(substanceOf(child, code))
      return
    }
    const marks = child.marks.map((mark) => ({ type: mark.type.name, ...mark.attrs }))
    const isCode = code || child.marks.some((mark) => mark.type.name === 'code')
    let text = child.text ?? ''
    if (!isCode) {
      text = sameCharacters(text)
      if (index === 0) text = text.trimStart()
      if (index === node.childCount - 1) text = text.trimEnd()
    }
    if (text !== '') runs.push([text, ...marks])
  })
  return runs
}

/** White space and variants of one character make no difference outside code. */
const sameCharacters = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u2018\u2019\u201a\u201b]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb]/g, '"')
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/gu, ' ')
