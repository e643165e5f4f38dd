import type { Editor } from '@tiptap/core'
import { elementAround } from '../block/block-around'
import { Floating } from '../floating'
import { useEditorValue } from '../use-editor-value'
import { languageNames } from './code-names'

const codeRect = (editor: Editor) => elementAround(editor.view, 'codeBlock')?.getBoundingClientRect() ?? null

/** What language the code block at the caret is in. */
export function CodeLanguage({ editor }: { editor: Editor }) {
  const language = useEditorValue(editor, (now) => {
    const given: unknown = now.getAttributes('codeBlock').language
    return typeof given === 'string' ? given : ''
  })
  const isOffered = language === '' || languageNames.some((name) => name === language)
  const offered = isOffered ? languageNames : [language, ...languageNames]
  return (
    <Floating editor={editor} anchor={codeRect} place="corner">
      <span className="flex items-center gap-2">
        <span className="text-ink-3 text-xs max-md:hidden pointer-coarse:hidden">
          Tab indents, Esc leaves
        </span>
        <select
          aria-label="Language of this code"
          value={language}
          onChange={(event) => {
            const chosen = event.target.value
            editor
              .chain()
              .focus()
              .updateAttributes('codeBlock', { language: chosen === '' ? null : chosen })
              .run()
          }}
          className="h-7 rounded-s border border-line bg-raised px-1.5 text-ink-2 text-xs hover:text-ink pointer-coarse:h-9"
        >
          <option value="">Plain text</option>
          {offered.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </span>
    </Floating>
  )
}
