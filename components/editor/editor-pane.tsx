'use client'

import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Anchor } from '../../lib/content/anchor/anchor'
import type { OutlineSection } from '../../lib/content/outline'
import type { Made } from '../../lib/content/suggestion/suggestion-make'
import type { Body } from '../sync/body'
import { toast } from '../ui/toast'
import { makeBodyEditor } from './body-editor'
import './editor.css'
import './drawn/drawn.css'
import './upload/files.css'
import './block/blocks.css'
import './table/table.css'
import { DrawnPopups } from './drawn/drawn-popups'
import './code/code.css'
import { caretOf, goBackTo, type KeptCaret } from './caret/kept-caret'
import { EditorTools, type ToolRequests } from './editor-tools'
import { peopleOf } from './mention/people-of'
import { setGuidance } from './section/sections'
import { selectedAnchor } from './suggest/selected-anchor'
import type { DrawnSuggestion } from './suggest/suggest-marks'
import { type SuggestModeOptions, setOwnSuggestions, setSuggesting } from './suggest/suggest-mode'
import { suggestionOnSelection } from './suggest/suggested-words'
import { SuggestingSign } from './suggest/suggesting-sign'
import { type ThreadRangesOptions, threadAt } from './thread/thread-ranges'

export interface EditorPaneProps {
  readonly documentId: string
  /** A new one mounts a new editor. */
  readonly body: Body
  readonly label: string
  /** Carries the caret over from one body to the next. */
  readonly caret: { current: KeptCaret | null }
  /** Advice by the heading's block id. */
  readonly guidance: ReadonlyMap<string, string>
  readonly onOutline: (outline: readonly OutlineSection[]) => void
  readonly onSection: (sectionId: string | null) => void
  /** The person may take part in threads. A change of it mounts a new editor. */
  readonly canComment: boolean
  /** A comment on these words is asked for. */
  readonly onComment: (anchor: Anchor) => void
  /** A comment on a section is asked for, at a block of it that has no words. */
  readonly onCommentSection: (section: OutlineSection) => void
  /** A change of these words is to be suggested, or is not and why: a sentence. */
  readonly onSuggest: (made: Made | string) => void
  /** What is typed is proposed, not written. */
  readonly suggesting: boolean
  /** Leaves that again; null: this person may only suggest. */
  readonly onWrite: (() => void) | null
  readonly ownSuggestions: readonly DrawnSuggestion[]
  readonly onPropose: SuggestModeOptions['onPropose']
  /** The threads of a section are asked for, at its heading. */
  readonly onSectionThreads: (headingId: string) => void
  /** The menu of a section is asked for, at its heading. */
  readonly onSectionMenu: (headingId: string, button: HTMLElement) => void
  readonly onRanges: ThreadRangesOptions['onRanges']
  readonly onClickThread: ThreadRangesOptions['onClickThread']
  /** The thread at the caret is asked for by keys: its card takes the focus. */
  readonly onGoToThread: (threadId: string) => void
  /** Called with the editor once it stands, and with null when it goes. */
  readonly onEditor: (editor: Editor | null) => void
}

/** The body: editor and tools. */
export function EditorPane(props: EditorPaneProps) {
  const { documentId, body, label, caret, guidance, canComment } = props
  const holder = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor | null>(null)
  const requests = useRef<ToolRequests>({ block: () => false, link: () => false, toolbar: () => false })
  // Read when called, so that a new function of the page's does not mean a new editor.
  const told = useRef(props)
  told.current = props

  const comment = useCallback((from: Editor): boolean => {
    const anchor = selectedAnchor(from)
    // Where nothing is selected: the thread that the caret is in.
    const there = from.state.selection.empty ? threadAt(from.state, from.state.selection.head) : null
    if (anchor) told.current.onComment(anchor)
    else if (there !== null) told.current.onGoToThread(there)
    else if (!from.state.selection.empty) toast({ text: 'Select words to comment on: these are blanks.' })
    return anchor !== null || there !== null
  }, [])

  const suggest = useCallback((from: Editor): boolean => {
    told.current.onSuggest(suggestionOnSelection(from))
    return true
  }, [])

  useEffect(() => {
    if (!holder.current) return
    const made = makeBodyEditor(holder.current, {
      body,
      documentId,
      label,
      canWrite: body.canWrite,
      canComment,
      onOutline: (outline) => told.current.onOutline(outline),
      onSection: (sectionId) => told.current.onSection(sectionId),
      onSectionThreads: (id) => told.current.onSectionThreads(id),
      onSectionMenu: (...asked) => told.current.onSectionMenu(...asked),
      onRanges: (...ranges) => told.current.onRanges(...ranges),
      onClickThread: (id) => told.current.onClickThread(id),
      onComment: () => comment(made),
      onSuggest: () => suggest(made),
      onPropose: (...proposed) => told.current.onPropose(...proposed),
      onRefuse: (sentence) => toast({ text: sentence }),
      onBlock: () => requests.current.block(),
      onLink: () => requests.current.link(),
      onToolbar: () => requests.current.toolbar(),
      ...peopleOf(documentId),
    })
    setEditor(made)
    told.current.onEditor(made)
    return () => {
      told.current.onEditor(null)
      setEditor(null)
      made.destroy()
    }
  }, [documentId, body, label, canComment, comment, suggest])

  useEffect(() => {
    if (editor && !editor.isDestroyed) setGuidance(editor, guidance)
  }, [editor, guidance])

  // While it still stands in the page: afterwards nothing has the focus.
  useLayoutEffect(() => {
    if (!editor) return
    return () => {
      if (!editor.isDestroyed) caret.current = caretOf(editor)
    }
  }, [editor, caret])
  useEffect(() => {
    if (!editor || editor.isDestroyed || !caret.current) return
    goBackTo(editor, caret.current)
    caret.current = null
  }, [editor, caret])

  const { suggesting, onWrite, ownSuggestions } = props
  useEffect(() => {
    if (editor && !editor.isDestroyed) setSuggesting(editor, suggesting)
  }, [editor, suggesting])
  useEffect(() => {
    if (editor && !editor.isDestroyed) setOwnSuggestions(editor, ownSuggestions)
  }, [editor, ownSuggestions])

  return (
    <div data-writing>
      <div ref={holder} />
      {editor && <DrawnPopups editor={editor} />}
      {suggesting && onWrite && <SuggestingSign onStop={onWrite} />}
      {editor && (
        <EditorTools
          editor={editor}
          canWrite={body.canWrite}
          onComment={canComment ? () => void comment(editor) : null}
          onCommentSection={props.onCommentSection}
          onSuggest={canComment ? () => void suggest(editor) : null}
          requests={requests}
        />
      )}
    </div>
  )
}
