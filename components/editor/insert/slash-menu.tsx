import type { Editor } from '@tiptap/core'
import type { EditorState } from '@tiptap/pm/state'
import { isMac, shortcutText } from '../../ui/shortcut'
import { useEditorValue } from '../use-editor-value'
import type { InsertAction } from './insert-action'
import { OfferList, OfferOption } from './offer-list'
import { slashListId, slashMenuOf, slashOptionId, takeSlash } from './slash'

const slashAt = (state: EditorState): number | null => slashMenuOf(state)?.from ?? null

/** What can be put where a slash was typed. */
export function SlashMenu({ editor }: { readonly editor: Editor }) {
  // As a primitive, so that it is drawn anew only when it differs.
  const shown = useEditorValue(editor, (now) => {
    const menu = slashMenuOf(now.state)
    return menu && `${menu.chosen} ${menu.query} ${menu.actions.map(({ id }) => id).join(' ')}`
  })
  const menu = shown === null ? null : slashMenuOf(editor.state)
  if (!menu) return null
  const { actions, chosen, query } = menu
  return (
    <OfferList editor={editor} from={slashAt} id={slashListId} label="Insert" chosen={chosen}>
      {actions.map((action, index) => (
        <div key={action.id} role="presentation">
          {query === '' && action.group !== actions[index - 1]?.group && <GroupName of={action} />}
          <OfferOption
            id={slashOptionId(action)}
            isActive={index === chosen}
            onTake={() => takeSlash(editor, action)}
            className="min-h-8 px-2.5 py-1 pointer-coarse:min-h-10"
          >
            <ActionWords action={action} />
          </OfferOption>
        </div>
      ))}
    </OfferList>
  )
}

function GroupName({ of }: { readonly of: InsertAction }) {
  return (
    <div role="presentation" className="px-2.5 pt-2 pb-1 font-medium text-ink-3 text-xs">
      {of.group}
    </div>
  )
}

function ActionWords({ action }: { readonly action: InsertAction }) {
  const { icon: Icon, label, hint, shortcut } = action
  return (
    <>
      <span className="grid w-4 place-items-center text-ink-3">
        <Icon size={16} aria-hidden="true" />
      </span>
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {hint ? (
        <span aria-hidden="true" className="font-code text-ink-3 text-xs">
          {hint}
        </span>
      ) : (
        shortcut && <span className="text-ink-3 text-xs">{shortcutText(shortcut, isMac())}</span>
      )}
    </>
  )
}
