import type { DocumentJson } from '../document-json'
import { codeBlockAlone, isBare } from './bare'
import { mind, weigh } from './limits'
import type { MarkupElement } from './markup'
import { notesIn } from './notes'
import { codeLine, codeOf, kindOfText, paragraphsOf, tableOfText } from './plain-text'
import { readMarkup } from './reader'

/** What was on the clipboard. */
export interface Clipboard {
  /** Its HTML, parsed; null: there is none. */
  readonly markup: MarkupElement | null
  /** Its text; empty where there is none. */
  readonly text: string
  /** What VS Code calls the language of its own copy; null: it was copied elsewhere. */
  readonly editorLanguage: string | null
  /** Where relative addresses begin; null: nobody knows. */
  readonly base: string | null
}

/** What a paste brings. */
export interface Pasted {
  /** Blocks without ids that fit the schema, each by itself. */
  readonly blocks: DocumentJson[]
  /** Pictures among them that have no address: `data:` addresses, by number (see `picturedBy`). */
  readonly pictures: readonly string[]
  /** The text alone was there, and it was read as something: what undo leads back to. */
  readonly guessed: boolean
}

/** Reads Markdown into blocks. It comes from outside, since it is large and seldom needed. */
export type ReadMarkdown = (text: string) => DocumentJson[]

/** True where Markdown is read: `readPaste` needs its reader then. */
export const needsMarkdown = (clipboard: Clipboard): boolean => wayOf(clipboard) === 'markdown'

type Way = 'markup' | 'markdown' | 'code' | 'line' | 'table' | 'plain'

function wayOf({ markup, text, editorLanguage }: Clipboard): Way {
  if (editorLanguage !== null) {
    if (editorLanguage === 'markdown') return 'markdown'
    if (editorLanguage !== 'plaintext') return /[\r\n]/.test(text.trim()) ? 'code' : 'line'
  }
  if (markup !== null && !isBare(markup) && editorLanguage === null) return 'markup'
  if (text === '') return markup === null ? 'plain' : 'markup'
  const kind = kindOfText(text)
  // A page that is nothing but one piece of code: a file as a server shows it raw.
  if (kind === 'plain' && markup !== null && codeBlockAlone(markup)) return 'code'
  return kind === 'address' ? 'plain' : kind
}

/**
 * What the clipboard holds, as blocks of a document.
 *
 * @throws PasteExcess beyond a limit (limits.ts).
 */
export function readPaste(clipboard: Clipboard, readMarkdown: ReadMarkdown): Pasted {
  const { markup, text, editorLanguage, base } = clipboard
  mind('textLength', text.length)
  const way = wayOf(clipboard)
  const pictures = { data: [] }
  const read = (): DocumentJson[] => {
    switch (way) {
      case 'markup':
        return markup === null ? [] : readMarkup(markup, { base, notes: notesIn(markup), pictures })
      case 'markdown':
        return readMarkdown(text)
      case 'code':
        return codeOf(text, editorLanguage ?? '')
      case 'line':
        return codeLine(text)
      case 'table':
        return tableOfText(text)
      case 'plain':
        return paragraphsOf(text)
    }
  }
  const blocks = read()
  weigh(blocks)
  return { blocks, pictures: pictures.data, guessed: way === 'markdown' || way === 'table' || way === 'code' }
}

/** The text alone, a paragraph for each line. @throws PasteExcess beyond a limit. */
export function readPlain(text: string): Pasted {
  mind('textLength', text.length)
  const blocks = paragraphsOf(text)
  weigh(blocks)
  return { blocks, pictures: [], guessed: false }
}
