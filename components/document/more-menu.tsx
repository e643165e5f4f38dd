import { Ellipsis } from 'lucide-react'
import { MenuButton } from '../shell/menu-button'
import { IconButton } from '../ui/icon-button'
import type { MoreItems } from './more-menu-items'

const load = () => import('./more-menu-items').then((part) => part.MoreMenuItems)

/** What is needed now and then, behind a button. */
export function MoreMenu(props: MoreItems) {
  return (
    <MenuButton load={load} items={props}>
      {(parts) => (
        <IconButton label="More" tooltip={false} {...parts}>
          <Ellipsis size={18} aria-hidden="true" />
        </IconButton>
      )}
    </MenuButton>
  )
}
