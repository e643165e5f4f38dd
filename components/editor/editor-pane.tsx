'use client'

import type { Editor } from '@tiptap/core'
import { useEffect, useRef, useState } from 'react'
import type { OutlineSection } from '../../lib/content/outline'
import type { Body } from '../sync/body'
import { makeBodyEditor } from './body-editor'
import './editor.css'
import './drawn.css'
import { EditorTools, type ToolRequests } from './editor-tools'
import { setGuidance } from './sections'

export interface EditorPaneProps {
  /** A new one mounts a new editor. */
  readonly body: Body
  readonly label: string
  /** Advice by the heading's block id. */
  readonly guidance: ReadonlyMap<string, string>
  readonly onOutline: (outline: readonly OutlineSection[]) => void
  readonly onSection: (sectionId: string | null) => void
  /** Called with the editor once it stands, and with null when it goes. */
  readonly onEditor: (editor: Editor | null) => void
}

/** The body: editor and tools. */
export function EditorPane({ body, label, guidance, onOutline, onSection, onEditor }: EditorPaneProps) {
  const holder = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor | null>(null)
  const requests = useRef<ToolRequests>({ insert: () => false, link: () => false, toolbar: () => false })
  // Read when called, so that a new function of the page's does not mean a new editor.
  const told = useRef({ onOutline, onSection, onEditor })
  told.current = { onOutline, onSection, onEditor }

  useEffect(() => {
    if (!holder.current) return
    const made = makeBodyEditor(holder.current, {
      body,
      label,
      canWrite: body.canWrite,
      onOutline: (outline) => told.current.onOutline(outline),
      onSection: (sectionId) => told.current.onSection(sectionId),
      onInsert: () => requests.current.insert(),
      onLink: () => requests.current.link(),
      onToolbar: () => requests.current.toolbar(),
    })
    setEditor(made)
    told.current.onEditor(made)
    return () => {
      told.current.onEditor(null)
      setEditor(null)
      made.destroy()
    }
  }, [body, label])

  useEffect(() => {
    if (editor && !editor.isDestroyed) setGuidance(editor, guidance)
  }, [editor, guidance])

  return (
    <>
      <div ref={holder} />
      {editor && <EditorTools editor={editor} canWrite={body.canWrite} requests={requests} />}
    </>
  )
}
