import { MenuButton } from '../shell/menu-button'
import { Avatar } from '../ui/avatar'
import { tip } from '../ui/tip'
import type { PresentPerson } from './present-people'

const loadMenu = () => import('./faces-menu').then((part) => part.FacesMenu)

export interface FacesProps {
  readonly people: readonly PresentPerson[]
  /** Name of a section by its heading's id; null: it is not there any more. */
  readonly sectionName: (id: string) => string | null
  readonly onGo: (person: PresentPerson) => void
  /** How many stand side by side before the rest become a number. Default 4. */
  readonly most?: number
}

/** Who is here; a click goes to where they are. */
export function Faces({ people, sectionName, onGo, most = 4 }: FacesProps) {
  if (people.length === 0) return null
  const shown = people.length > most ? people.slice(0, most - 1) : people
  const rest = people.slice(shown.length)
  const place = (person: PresentPerson) => {
    const section = person.sectionId === null ? null : sectionName(person.sectionId)
    return section ? `${person.name}, in ${section}` : person.name
  }
  return (
    <ul aria-label="Who is here" className="flex items-center pl-1.5">
      {shown.map((person) => (
        <li key={person.personId} className="-ml-1.5 hover:z-[1] focus-within:z-[1]">
          <button
            type="button"
            {...tip({ text: place(person) })}
            aria-label={`Go to ${place(person)}`}
            onClick={() => onGo(person)}
            className="grid rounded-full border-2 border-desk transition-transform hover:-translate-y-px"
          >
            <Avatar name={person.name} color={person.color} decorative />
          </button>
        </li>
      ))}
      {rest.length > 0 && (
        <li className="-ml-1.5">
          <MenuButton load={loadMenu} items={{ people: rest, place, onGo }}>
            {(parts) => (
              <button
                type="button"
                {...parts}
                aria-label={`${rest.length} more people are here`}
                className="grid size-8 place-items-center rounded-full border-2 border-desk bg-sunk font-[600] text-ink-2 text-xs"
              >
                +{rest.length}
              </button>
            )}
          </MenuButton>
        </li>
      )}
    </ul>
  )
}
