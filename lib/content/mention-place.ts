import { type PersonId, parsePersonId } from '../id'

/** What the address of somebody who is named begins with in a file: their id follows. */
export const personPlace = '#person:'

/** The person whom an address names; null: nobody. */
export const personAt = (address: string): PersonId | null =>
  address.startsWith(personPlace) ? parsePersonId(address.slice(personPlace.length)) : null
