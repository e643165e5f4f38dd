import { Editor, Extension } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { contentExtensions } from '../../lib/content/schema'
import type { Body } from '../sync/body'
import { BlockIds } from './binding/block-ids'
import { ChangedBlocks } from './binding/changed-blocks'
import { TextPlaces } from './binding/text-places'
import { UndoMadeAnew } from './binding/undo-made-anew'
import { BlockKeys } from './block/block-commands'
import { PointedBlock } from './block/pointed-block'
import { CaretPlace } from './caret/caret-place'
import { Carets } from './caret/carets'
import { CarriedCaret } from './caret/carried-caret'
import { PendingSelection } from './caret/pending-selection'
import { ReadingCaret } from './caret/reading-caret'
import { ShownSelection } from './caret/shown-selection'
import { CodeBidi } from './code/code-bidi'
import { CodeKeys } from './code/code-keys'
import { CodeView } from './code/code-view'
import { ContainerKeys } from './container/container-keys'
import { Containers } from './container/containers'
import { Formulas } from './drawn/formulas'
import { Footnotes } from './footnote/footnotes'
import { Slash } from './insert/slash'
import { LinkAndTableRules, TypedRules } from './insert/typed-rules'
import { Links } from './link/links'
import { LongText } from './long-text'
import { Mentions, type MentionsOptions } from './mention/mentions'
import { Paste } from './paste/paste'
import { SectionMoves } from './section/section-moves'
import { Sections, type SectionsOptions } from './section/sections'
import { SuggestMarks } from './suggest/suggest-marks'
import { SuggestMode, type SuggestModeOptions } from './suggest/suggest-mode'
import { withTables } from './table/table-editing'
import { Terms } from './term/terms'
import { TextDirection } from './text-direction'
import { ThreadRanges, type ThreadRangesOptions } from './thread/thread-ranges'
import { ImageViews } from './upload/image-views'
import './binding/undo-origins'
import { UndoSteps } from './binding/undo-steps'
import { FileGuard, startUploads, Uploads } from './upload/uploads'

/** Keys of our own, beside those that come with marks, lists and tables. */
const Keys = Extension.create<Pick<BodyEditorInput, 'onLink' | 'onToolbar'>>({
  name: 'keys',
  addOptions: () => ({ onLink: () => false, onToolbar: () => false }),
  addKeyboardShortcuts() {
    return {
      'Mod-Shift-k': () => this.options.onLink(),
      // An empty one is a section without a name, which the key would leave and take the line above instead.
      Backspace: ({ editor }) => emptyHeadingToText(editor),
      'Alt-F10': () => this.options.onToolbar(),
    }
  },
})

function emptyHeadingToText(editor: Editor): boolean {
  const { empty, $from } = editor.state.selection
  if (!empty || $from.parent.type.name !== 'heading' || $from.parent.content.size > 0) return false
  return editor.commands.setNode('paragraph')
}

const CommentKeys = Extension.create<Pick<BodyEditorInput, 'onComment' | 'onSuggest'>>({
  name: 'commentKeys',
  addOptions: () => ({ onComment: () => false, onSuggest: () => false }),
  addKeyboardShortcuts() {
    return { 'Mod-Alt-m': () => this.options.onComment(), 'Mod-Alt-s': () => this.options.onSuggest() }
  },
})

export interface BodyEditorInput
  extends SectionsOptions,
    ThreadRangesOptions,
    SuggestModeOptions,
    Omit<MentionsOptions, 'canWrite'> {
  readonly body: Body
  /** Whose images and files are put into it. */
  readonly documentId: string
  /** The person may take part in threads, whether they write or not. */
  readonly canComment: boolean
  /** Accessible name of the editable text. */
  readonly label: string
  /** The person asks for a link; true: a field opened. */
  readonly onLink: () => boolean
  /** The person asks for the bar by keyboard; true: it took the focus. */
  readonly onToolbar: () => boolean
  /** The person asks for the menu of the block at the caret; true: it opened. */
  readonly onBlock: () => boolean
  /** The person asks for a comment on the selected words; true: a composer opened. */
  readonly onComment: () => boolean
  /** The person asks to suggest a change where the selection is; true: it was answered. */
  readonly onSuggest: () => boolean
}

/**
 * The editor on one Y.Doc. Readers get the same one, without being able to write: it is drawn alike, and what
 * its binding might repair is never sent (sync/socket.ts).
 */
export function makeBodyEditor(element: HTMLElement, input: BodyEditorInput): Editor {
  const { body, documentId, label, canWrite, canComment } = input
  const { onOutline, onSection, onSectionThreads, onSectionMenu } = input
  const { onRanges, onClickThread, onBlock, onLink, onToolbar, onComment, onSuggest, onPropose, onRefuse } =
    input
  return new Editor({
    element,
    // Who comments gets a caret as well: see reading-caret.ts.
    editable: canWrite || canComment,
    // The content policy allows no style element; ours stand in editor.css.
    injectCSS: false,
    extensions: [
      ...withTables(contentExtensions),
      PendingSelection,
      Collaboration.configure({ fragment: body.fragment }),
      ChangedBlocks,
      LongText,
      CaretPlace,
      TextDirection,
      Carets.configure({ awareness: body.awareness }),
      CodeView,
      Containers.configure({ canWrite }),
      Footnotes,
      Mentions.configure({ canWrite, searchPeople: input.searchPeople, askPeople: input.askPeople }),
      CodeBidi,
      Formulas,
      ImageViews.configure({ canWrite }),
      FileGuard,
      Links,
      PointedBlock,
      Sections.configure({ canWrite, onOutline, onSection, onSectionThreads, onSectionMenu }),
      Terms,
      ThreadRanges.configure({ onRanges, onClickThread }),
      ...(canComment
        ? [
            SuggestMarks,
            SuggestMode.configure({ onPropose, onRefuse }),
            CommentKeys.configure({ onComment, onSuggest }),
          ]
        : []),
      ...(canWrite
        ? [
            ShownSelection,
            CarriedCaret,
            SectionMoves,
            UndoMadeAnew,
            UndoSteps,
            Paste.configure({
              onPicture: ({ view }, file, position) => startUploads(view, [file], { kind: 'at', position }),
            }),
            TextPlaces,
            BlockIds,
            Slash,
            TypedRules,
            LinkAndTableRules,
            ContainerKeys,
            CodeKeys,
            Uploads.configure({ documentId }),
            Keys.configure({ onLink, onToolbar }),
            BlockKeys.configure({ onMenu: onBlock }),
          ]
        : canComment
          ? [ShownSelection, ReadingCaret]
          : []),
    ],
    editorProps: {
      attributes: {
        class: 'body',
        'aria-label': label,
        ...(canWrite
          ? { role: 'textbox', 'aria-multiline': 'true', spellcheck: 'true' }
          : canComment
            ? {
                role: 'textbox',
                'aria-multiline': 'true',
                'aria-readonly': 'true',
                'data-reading': '',
                inputmode: 'none',
                spellcheck: 'false',
              }
            : { role: 'document', 'data-reading': '', tabindex: '0' }),
      },
      // Below the top bar, and above a phone's docked bar.
      scrollThreshold: { top: 90, bottom: 90, left: 0, right: 0 },
      scrollMargin: { top: 100, bottom: 120, left: 0, right: 0 },
    },
  })
}
