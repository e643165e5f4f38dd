import type { Editor } from '@tiptap/core'
import { NodeSelection } from '@tiptap/pm/state'
import { CellSelection } from '@tiptap/pm/tables'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { emptyParagraph, firstLine, linkRange } from './anchors'
import { BlockHandle } from './block/block-handle'
import { BlockMenu, type BlockMenuProps, elementOf } from './block/block-menu'
import { CodeLanguage } from './code/code-language'
import { DockedBar } from './docked-bar'
import { Floating } from './floating'
import { InsertMenu } from './insert/insert-menu'
import { SlashMenu } from './insert/slash-menu'
import { LinkCard } from './link/link-card'
import { MentionList } from './mention/mention-list'
import { SelectionBar } from './selection-bar'
import { TableHandles } from './table/table-handles'
import { TableMenu } from './table/table-menu'
import { CommentBar, DockedCommentBar } from './thread/comment-bar'
import { useEditorValue } from './use-editor-value'
import { usePhone } from './use-phone'

/** What the keyboard asks of the tools; filled by `EditorTools`. */
export interface ToolRequests {
  block: () => boolean
  link: () => boolean
  toolbar: () => boolean
}

const placeOf = (editor: Editor): 'words' | 'link' | 'code' | 'empty' | 'text' => {
  const { selection } = editor.state
  if (editor.isActive('codeBlock')) return 'code'
  if (!selection.empty && !(selection instanceof NodeSelection) && !(selection instanceof CellSelection))
    return 'words'
  if (linkRange(editor)) return 'link'
  return emptyParagraph(editor) ? 'empty' : 'text'
}

const emptyLine = (editor: Editor) => {
  const paragraph = emptyParagraph(editor)
  return paragraph && firstLine(paragraph)
}

export interface EditorToolsProps {
  readonly editor: Editor
  readonly canWrite: boolean
  /** Comments on the selected words; null: this person takes no part in threads. */
  readonly onComment: (() => void) | null
  readonly onCommentSection: BlockMenuProps['onCommentSection']
  /** Suggests a change of them; null as well. */
  readonly onSuggest: (() => void) | null
  readonly requests: RefObject<ToolRequests>
}

/** Everything that appears over the text while somebody works in it, and nothing while nobody does. */
export function EditorTools(props: EditorToolsProps) {
  const { editor, canWrite, onComment, onSuggest, requests } = props
  const [linking, setLinking] = useState(false)
  const [editingLink, setEditingLink] = useState(false)
  const [inserting, setInserting] = useState(false)
  const [tabling, setTabling] = useState(false)
  /** Beside what the menu of a block is open. */
  const [block, setBlock] = useState<Element | null>(null)
  const bar = useRef<HTMLDivElement>(null)
  const phone = usePhone()
  const place = useEditorValue(editor, placeOf)
  const inTable = useEditorValue(editor, (now) => now.isActive('table'))
  const busy = useWorking(editor) || linking || inserting || tabling || block !== null
  const pressing = usePressing(editor)

  useEffect(() => {
    requests.current.block = () => {
      const element = elementOf(editor)
      if (canWrite) setBlock(element)
      return canWrite && element !== null
    }
    requests.current.link = () => {
      if (!canWrite) return false
      if (linkRange(editor)) setEditingLink(true)
      else if (editor.state.selection.empty) return false
      else setLinking(true)
      return true
    }
    requests.current.toolbar = () => {
      const first = bar.current?.querySelector<HTMLElement>('button')
      first?.focus()
      return first !== null && first !== undefined
    }
  }, [editor, canWrite, requests])
  // A bar that went away with its selection does not come back as a link field.
  useEffect(() => {
    if (place !== 'words') setLinking(false)
    if (place !== 'link') setEditingLink(false)
  }, [place])

  if (!canWrite) {
    if (!busy) return null
    if (place === 'link') return <LinkCard editor={editor} canWrite={false} ref={bar} />
    if (!onComment || !onSuggest || place !== 'words' || pressing) return null
    return phone ? (
      <DockedCommentBar onComment={onComment} onSuggest={onSuggest} />
    ) : (
      <CommentBar editor={editor} onComment={onComment} onSuggest={onSuggest} />
    )
  }
  const insert = (side: 'top' | 'bottom') => (
    <InsertMenu editor={editor} side={side} open={inserting} onOpenChange={setInserting} />
  )
  const atWork = busy && (
    <>
      {place === 'words' && !phone && !pressing && (
        <SelectionBar
          editor={editor}
          linking={linking}
          onLinking={setLinking}
          onComment={onComment}
          onSuggest={onSuggest}
          ref={bar}
        />
      )}
      {place === 'link' && !pressing && (
        <LinkCard editor={editor} canWrite editing={editingLink} onEditing={setEditingLink} ref={bar} />
      )}
      {place === 'code' && <CodeLanguage editor={editor} />}
      {inTable && place !== 'words' && <TableMenu editor={editor} open={tabling} onOpenChange={setTabling} />}
      <SlashMenu editor={editor} />
      <MentionList editor={editor} />
      {place === 'empty' && !phone && (
        <Floating editor={editor} anchor={emptyLine} place="gutter">
          {insert('bottom')}
        </Floating>
      )}
      {phone && (
        <DockedBar
          editor={editor}
          linking={linking}
          onLinking={setLinking}
          onComment={place === 'words' ? onComment : null}
          onSuggest={place === 'words' ? onSuggest : null}
          insert={insert('top')}
          onBlock={setBlock}
        />
      )}
    </>
  )
  return (
    <>
      {!phone && <TableHandles editor={editor} />}
      {!phone && <BlockHandle editor={editor} isOpen={block !== null} onMenu={setBlock} />}
      <BlockMenu
        editor={editor}
        anchor={block}
        onClose={() => setBlock(null)}
        onComment={onComment}
        onCommentSection={props.onCommentSection}
        onTable={() => setTabling(true)}
      />
      {atWork}
    </>
  )
}

/** True while the focus is in the text or in what belongs to it. */
function useWorking(editor: Editor): boolean {
  const [working, setWorking] = useState(false)
  useEffect(() => {
    if (editor.isDestroyed) return
    const text = editor.view.dom.closest('[data-writing]')
    const look = () => {
      const { activeElement } = document
      const inMenu = activeElement?.closest('[data-editor-popup]') != null
      setWorking(inMenu || Boolean(text?.contains(activeElement)))
    }
    look()
    const later = () => requestAnimationFrame(look)
    document.addEventListener('focusin', look)
    document.addEventListener('focusout', later)
    return () => {
      document.removeEventListener('focusin', look)
      document.removeEventListener('focusout', later)
    }
  }, [editor])
  return working
}

/** True while a pointer draws a selection: the bar waits until it is lifted. */
function usePressing(editor: Editor): boolean {
  const [pressing, setPressing] = useState(false)
  useEffect(() => {
    if (editor.isDestroyed) return
    const { dom } = editor.view
    const down = () => setPressing(true)
    const up = () => setPressing(false)
    dom.addEventListener('pointerdown', down)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', up)
    return () => {
      dom.removeEventListener('pointerdown', down)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('pointercancel', up)
    }
  }, [editor])
  return pressing
}
