import type { MenuParts } from '../shell/menu-button'
import { Avatar } from '../ui/avatar'
import { AnchoredMenu, MenuItem } from '../ui/menu'
import type { PresentPerson } from './present-people'

export interface FacesMenuProps extends MenuParts {
  readonly people: readonly PresentPerson[]
  /** Who it is, and where. */
  readonly place: (person: PresentPerson) => string
  readonly onGo: (person: PresentPerson) => void
}

/** Those for whom the bar has no room. */
export function FacesMenu({ people, place, onGo, ...parts }: FacesMenuProps) {
  return (
    <AnchoredMenu {...parts}>
      {people.map((person) => (
        <MenuItem
          key={person.personId}
          icon={<Avatar name={person.name} color={person.color} size="xs" decorative />}
          onSelect={() => onGo(person)}
        >
          {place(person)}
        </MenuItem>
      ))}
    </AnchoredMenu>
  )
}
