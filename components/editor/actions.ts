import type { Editor } from '@tiptap/core'
import type { LucideIcon } from 'lucide-react'
import {
  Bold,
  Code,
  Heading1,
  Heading2,
  Heading3,
  Italic,
  List,
  ListChecks,
  ListOrdered,
  Pilcrow,
  Quote,
  Strikethrough,
} from 'lucide-react'
import { structural } from './binding/structural'

/** Something that a person does to what is selected, or where the caret is. */
export interface EditorAction {
  readonly id: string
  readonly label: string
  readonly icon: LucideIcon
  /** In Tiptap's form; drawn for the person's machine by `shortcutText`. */
  readonly shortcut?: string
  readonly isActive: (editor: Editor) => boolean
  readonly run: (editor: Editor) => void
}

const heading = (level: 1 | 2 | 3, icon: LucideIcon): EditorAction => ({
  id: `heading-${level}`,
  label: `Heading ${level}`,
  icon,
  shortcut: `Mod-Alt-${level}`,
  isActive: (editor) => editor.isActive('heading', { level }),
  run: (editor) => structural(editor, (chain) => chain.setHeading({ level })),
})

/** Marks on words. */
export const markActions: readonly EditorAction[] = [
  {
    id: 'bold',
    label: 'Bold',
    icon: Bold,
    shortcut: 'Mod-b',
    isActive: (editor) => editor.isActive('bold'),
    run: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    id: 'italic',
    label: 'Italic',
    icon: Italic,
    shortcut: 'Mod-i',
    isActive: (editor) => editor.isActive('italic'),
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  {
    id: 'strike',
    label: 'Strikethrough',
    icon: Strikethrough,
    shortcut: 'Mod-Shift-s',
    isActive: (editor) => editor.isActive('strike'),
    run: (editor) => editor.chain().focus().toggleStrike().run(),
  },
  {
    id: 'code',
    label: 'Code',
    icon: Code,
    shortcut: 'Mod-e',
    isActive: (editor) => editor.isActive('code'),
    run: (editor) => editor.chain().focus().toggleCode().run(),
  },
]

/** What a block of text is. */
export const blockActions: readonly EditorAction[] = [
  {
    id: 'paragraph',
    label: 'Text',
    icon: Pilcrow,
    shortcut: 'Mod-Alt-0',
    isActive: (editor) => editor.isActive('paragraph') && !editor.isActive('blockquote'),
    run: (editor) => structural(editor, (chain) => chain.setParagraph()),
  },
  heading(1, Heading1),
  heading(2, Heading2),
  heading(3, Heading3),
]

export const listActions: readonly EditorAction[] = [
  {
    id: 'bullets',
    label: 'List',
    icon: List,
    shortcut: 'Mod-Shift-8',
    isActive: (editor) => editor.isActive('bulletList'),
    run: (editor) => structural(editor, (chain) => chain.toggleBulletList()),
  },
  {
    id: 'numbers',
    label: 'Numbered list',
    icon: ListOrdered,
    shortcut: 'Mod-Shift-7',
    isActive: (editor) => editor.isActive('orderedList'),
    run: (editor) => structural(editor, (chain) => chain.toggleOrderedList()),
  },
  {
    id: 'tasks',
    label: 'Task list',
    icon: ListChecks,
    shortcut: 'Mod-Shift-9',
    isActive: (editor) => editor.isActive('taskList'),
    run: (editor) => structural(editor, (chain) => chain.toggleTaskList()),
  },
  {
    id: 'quote',
    label: 'Quote',
    icon: Quote,
    shortcut: 'Mod-Shift-b',
    isActive: (editor) => editor.isActive('blockquote'),
    run: (editor) => structural(editor, (chain) => chain.toggleBlockquote()),
  },
]
