import type { PersonId } from '../../lib/id'
import { type AwarenessEntry, encodeAwareness, removedState } from '../../lib/sync/message'
import { cleanState, type PresenceUser } from '../../lib/sync/presence-state'
import type { Timers } from '../timers'
import { Frame } from './frame'
import type { SyncLimits } from './limits'
import type { PresenceSaid, RelayedPresence } from './relay'
import { debtMs, emptied, type Rate } from './token-bucket'

export interface PresenceMember {
  readonly personId: PersonId
  readonly user: PresenceUser
  readonly mayWrite: boolean
}

/** What one socket is to the presence of a document. */
interface Seat {
  /** Its awareness id, bound on first use; null: it has none yet. */
  id: number | null
  /** When all of its rate is there again, by `Timers.elapsed`. */
  fullAt: number
  /** The newest state that came too soon, and what stops the wait for its turn. */
  held: { entry: AwarenessEntry; readonly stop: () => void } | null
}

/** Where a state comes from: a socket of this node, or another node. */
type Home<Member> =
  | { readonly at: 'here'; readonly member: Member }
  | { readonly at: 'elsewhere'; readonly node: string; readonly personId: PersonId }

const personAt = (home: Home<PresenceMember>): PersonId =>
  home.at === 'here' ? home.member.personId : home.personId

interface Shown<Member> {
  home: Home<Member>
  /** JSON text. */
  readonly state: string
  /** As it was last sent. */
  clock: number
}

type Flow = { readonly kind: 'quiet' } | { readonly kind: 'busy'; readonly stop: () => void }

/** 1 January 2026, 00:00 UTC: ticks of 50 ms since then fit 32 bits for six years (some clients need that). */
const ticksSince = Date.UTC(2026, 0, 1)

export interface PresenceParts<Member extends PresenceMember> {
  readonly timers: Timers
  readonly limits: Pick<SyncLimits, 'presenceMs' | 'presencePerSecond'>
  /** Whether this id can be the member's: nobody else has claimed it. */
  readonly mayBind: (id: number, member: Member) => boolean
  readonly onBind: (id: number, member: Member) => void
  readonly send: (frame: Frame, member: Member) => void
  /** Tells other nodes of the sockets of this one. */
  readonly tell: (states: readonly RelayedPresence[], how: PresenceSaid) => void
}

/**
 * Who is in a document, and where. The server owns it: it binds one id to each socket, stamps the user, and
 * numbers the states with clocks of its own. A client's clock is not used: after a lost connection it sends
 * its unchanged state with an unchanged clock, which the others, having removed it, would ignore. One clock
 * for the document, a tick at least every message, so that what is newer always counts, also after a restart.
 */
export class Presence<Member extends PresenceMember> {
  readonly #parts: PresenceParts<Member>
  readonly #seats = new Map<Member, Seat>()
  readonly #shown = new Map<number, Shown<Member>>()
  /** Ids whose state changed or went since the last message. */
  readonly #dirty = new Set<number>()
  readonly #rate: Rate
  /** Those of them that other nodes do not know, and whose they are. */
  readonly #untold = new Map<number, PersonId>()
  #clock = 0
  #flow: Flow = { kind: 'quiet' }

  constructor(parts: PresenceParts<Member>) {
    this.#parts = parts
    const { presencePerSecond } = parts.limits
    this.#rate = { perSecond: presencePerSecond, burst: presencePerSecond }
  }

  join(member: Member): void {
    this.#seats.set(member, { id: null, fullAt: 0, held: null })
  }

  leave(member: Member): void {
    const seat = this.#seats.get(member)
    this.#seats.delete(member)
    seat?.held?.stop()
    if (seat?.id != null) this.#remove(seat.id, member)
  }

  /** Takes an id away from a member that cannot have it. */
  release(id: number, member: Member): void {
    const seat = this.#seats.get(member)
    if (seat?.id !== id) return
    seat.id = null
    this.#remove(id, member)
  }

  /** Nobody is here any more. */
  stop(): void {
    if (this.#here().length > 0) this.#parts.tell([], { clock: this.#clock, isAll: true })
    if (this.#flow.kind === 'busy') this.#flow.stop()
    for (const seat of this.#seats.values()) seat.held?.stop()
    this.#seats.clear()
  }

  /** The socket that has this id, or undefined. */
  holderOf(id: number): Member | undefined {
    for (const [member, seat] of this.#seats) if (seat.id === id) return member
    return undefined
  }

  /** Whose this id is: of a socket here, or on another node. */
  personOf(id: number): PersonId | undefined {
    const shown = this.#shown.get(id)
    return this.holderOf(id)?.personId ?? (shown && personAt(shown.home))
  }

  /** Tells other nodes of everybody who is here. */
  tellAll(): void {
    this.#parts.tell(this.#here(), { clock: this.#clock, isAll: true })
  }

  /**
   * Takes what another node says of its sockets. Who has an id here keeps it, unless it is the same person,
   * whose page has come to that node; of several nodes the first one that had somebody under it counts.
   */
  receiveFrom(node: string, states: readonly RelayedPresence[], { clock, isAll }: PresenceSaid): void {
    const named = new Set(states.map(({ id }) => id))
    if (isAll) this.#forget(node, (id) => !named.has(id))
    this.#clock = Math.max(this.#clock, clock)
    for (const { id, personId, state } of states) {
      const home = this.#shown.get(id)?.home
      if (state === null) {
        if (home?.at === 'elsewhere' && home.node === node) this.#change(id, null)
        continue
      }
      if ((this.personOf(id) ?? personId) !== personId) continue
      const holder = this.holderOf(id)
      const seat = holder && this.#seats.get(holder)
      if (seat) seat.id = null
      this.#untold.delete(id)
      this.#change(id, { home: { at: 'elsewhere', node, personId }, state })
    }
  }

  /** A node is gone, and everybody with it. */
  forget(node: string): void {
    this.#forget(node, () => true)
  }

  /**
   * Takes a member's own state from a frame. Stock clients send everybody's states back: other ids are no
   * offence, and not heard.
   *
   * @returns whether there was anything of their own.
   */
  receive(member: Member, entries: readonly AwarenessEntry[]): 'own' | 'echo' {
    const seat = this.#seats.get(member)
    if (seat === undefined) return 'echo'
    if (seat.id === null) this.#bind(member, seat, entries)
    const own = entries.find((entry) => entry.id === seat.id)
    if (own === undefined) return 'echo'
    const now = this.#parts.timers.elapsed()
    const fullAt = emptied(seat.fullAt, 1, this.#rate, now)
    const waitMs = debtMs(fullAt, this.#rate, now)
    if (waitMs === 0) {
      // One that still waits, since its timer is late on a busy machine, is older than this.
      seat.held?.stop()
      seat.held = null
      seat.fullAt = fullAt
      this.#take(member, own)
    } else if (seat.held) seat.held.entry = own
    else
      seat.held = { entry: own, stop: this.#parts.timers.after(waitMs, () => this.#takeHeld(member, seat)) }
    return 'own'
  }

  /** Everybody but the member, or null when there is nobody. */
  roster(member: Member): Frame | null {
    const entries = Array.from(this.#shown, ([id, { state, clock }]) => ({ id, state, clock }))
    const others = entries.filter(({ id }) => this.#mayHear(member, id))
    return others.length > 0 ? new Frame(encodeAwareness(others)) : null
  }

  /** Binds the first id of a frame that can be the member's: stock clients send their own state first. */
  #bind(member: Member, seat: Seat, entries: readonly AwarenessEntry[]): void {
    const mine = entries.find(({ id, state }) => {
      if (state === removedState || !this.#parts.mayBind(id, member)) return false
      return (this.personOf(id) ?? member.personId) === member.personId
    })
    if (mine === undefined) return
    const before = this.holderOf(mine.id)
    // The same page on a new connection, while the old one has not been noticed to be dead: it moves along,
    // and the end of the old socket removes nothing.
    const seatBefore = before && this.#seats.get(before)
    if (seatBefore) seatBefore.id = null
    seat.id = mine.id
    const shown = this.#shown.get(mine.id)
    if (shown) shown.home = { at: 'here', member }
    this.#parts.onBind(mine.id, member)
    // Until now it could not be told which of this person's states is the member's own.
    const others = Array.from(this.#shown, ([id, { state, clock, home }]) => ({ id, state, clock, home }))
    const owed = others.filter(({ id, home }) => id !== mine.id && personAt(home) === member.personId)
    if (owed.length > 0) this.#parts.send(new Frame(encodeAwareness(owed)), member)
  }

  #takeHeld(member: Member, seat: Seat): void {
    const entry = seat.held?.entry
    seat.held = null
    if (entry !== undefined) this.receive(member, [entry])
  }

  #take(member: Member, entry: AwarenessEntry): void {
    if (entry.state === removedState) {
      this.#remove(entry.id, member)
      return
    }
    const state = cleanState(entry.state, member)
    // An unchanged state is passed on as well: it says "still here", and clients drop whoever does not.
    if (state === null) return
    this.#untold.set(entry.id, member.personId)
    this.#change(entry.id, { home: { at: 'here', member }, state: JSON.stringify(state) })
  }

  /** Removes a member's state, unless it has moved on to another socket or node. */
  #remove(id: number, member: Member): void {
    const home = this.#shown.get(id)?.home
    if (home?.at !== 'here' || home.member !== member) return
    this.#untold.set(id, member.personId)
    this.#change(id, null)
  }

  #forget(node: string, which: (id: number) => boolean): void {
    for (const [id, { home }] of [...this.#shown]) {
      if (home.at === 'elsewhere' && home.node === node && which(id)) this.#change(id, null)
    }
  }

  #here(): RelayedPresence[] {
    return Array.from(this.#shown).flatMap(([id, { home, state }]) =>
      home.at === 'here' ? [{ id, personId: home.member.personId, state }] : [],
    )
  }

  #change(id: number, shown: { home: Home<Member>; state: string } | null): void {
    if (shown === null) this.#shown.delete(id)
    else {
      const { home, state } = shown
      this.#shown.set(id, { home, state, clock: this.#shown.get(id)?.clock ?? this.#clock })
    }
    this.#dirty.add(id)
    if (this.#flow.kind === 'quiet') this.#flush()
  }

  /** A member never hears of its own id: a state with a newer clock would replace the one on its page. */
  #mayHear(member: Member, id: number): boolean {
    const seat = this.#seats.get(member)
    if (seat?.id != null) return seat.id !== id
    const shown = this.#shown.get(id)
    return shown === undefined || personAt(shown.home) !== member.personId
  }

  #flush(): void {
    const { timers, limits, send } = this.#parts
    if (this.#dirty.size === 0) {
      this.#flow = { kind: 'quiet' }
      return
    }
    this.#flow = { kind: 'busy', stop: timers.after(limits.presenceMs, () => this.#flush()) }
    const tick = Math.floor((timers.now() - ticksSince) / limits.presenceMs)
    this.#clock = Math.max(this.#clock + 1, tick)
    const entries = Array.from(this.#dirty, (id) => {
      const shown = this.#shown.get(id)
      if (shown) shown.clock = this.#clock
      return { id, clock: this.#clock, state: shown?.state ?? removedState }
    })
    this.#dirty.clear()
    const untold = Array.from(this.#untold, ([id, personId]) => {
      return { id, personId, state: this.#shown.get(id)?.state ?? null }
    })
    this.#untold.clear()
    if (untold.length > 0) this.#parts.tell(untold, { clock: this.#clock, isAll: false })
    // One frame for all who are not in it themselves.
    const everything = new Frame(encodeAwareness(entries))
    for (const member of this.#seats.keys()) {
      const others = entries.filter(({ id }) => this.#mayHear(member, id))
      if (others.length === entries.length) send(everything, member)
      else if (others.length > 0) send(new Frame(encodeAwareness(others)), member)
    }
  }
}
