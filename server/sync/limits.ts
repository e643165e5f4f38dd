import { type CommitterLimits, committerLimits } from '../document/committer'
import { type MergeLimits, mergeLimits } from '../document/merger'

/** `spacingMs` of the committer is `commitSpacingMs` here: all limits stand in one list, by one name each. */
type Named<Prefix extends string, Limits> = {
  readonly [Name in keyof Limits & string as `${Prefix}${Capitalize<Name>}`]: number
}

const named = <Prefix extends string, Limits extends object>(prefix: Prefix, limits: Limits) =>
  Object.fromEntries(
    Object.entries(limits).map(([name, value]) => [`${prefix}${capitalized(name)}`, value]),
  ) as Named<Prefix, Limits>

const unnamed = <Limits extends object>(prefix: string, like: Limits, limits: object): Limits =>
  Object.fromEntries(
    Object.keys(like).map((name) => [name, Reflect.get(limits, `${prefix}${capitalized(name)}`)]),
  ) as Limits

const capitalized = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`

/**
 * Everything that the sync server limits: what, unit, default, trade-off. `LIMITS` sets them by these names, and
 * `/metrics` shows what holds. Those of the committer and of merging stand with them (`committer.ts`,
 * `merger.ts`), and begin with `commit` and `merge` here.
 */
export interface SyncLimits extends Named<'commit', CommitterLimits>, Named<'merge', MergeLimits> {
  /** One update or step 2, in bytes. Default 16 MiB: undoing a select-all in a 1 MB document is 1.2 MB. */
  readonly maxUpdateBytes: number
  /**
   * An update of somebody who may not write is not judged beyond this, in bytes: nothing of it could be taken.
   * Default 64 KiB, far above what an editor's own repairs are, which bring nothing new.
   */
  readonly maxReaderUpdateBytes: number
  /**
   * From this on an encoded body takes no more text, and from that on its people are told, in bytes. Default 50 MB
   * and 10 MB. It may grow beyond by the one update that reached it.
   */
  readonly maxBodyBytes: number
  readonly largeBodyBytes: number
  /**
   * The text before a large deletion is kept as a version where no more bytes than these of the log have to be read
   * for it, in this thread. Default 16 MB; 0: it never is.
   */
  readonly maxKeptLogBytes: number
  /** Sockets of this process. Default 5,000; more are answered 503. */
  readonly maxSockets: number
  /** Sockets of one document, and of one person in it. Default 500 and 20; more are closed with 4503. */
  readonly maxSocketsPerDocument: number
  readonly maxSocketsPerPerson: number
  /**
   * Connections from one address, before anybody is known: at once, and a second. Default 1,000 and 100, wide
   * enough for a company behind one address whose pages all come back after a restart; more are answered 429.
   * A credential that opens nothing counts as 20 more.
   */
  readonly connectBurst: number
  readonly connectsPerSecond: number

  /** Messages a second that a socket may keep up, and at once. Default 60 and 200. */
  readonly messagesPerSecond: number
  readonly messageBurst: number
  /** Bytes a second, and at once. Default 1 MB and 8 MB; one message may take what is not there yet. */
  readonly bytesPerSecond: number
  readonly byteBurst: number
  /** A socket that stays above for this long is closed with 4529. Default 10,000 ms. */
  readonly throttleMs: number
  /** Presence changes a second from one socket. Default 15; of more, the newest is taken later. */
  readonly presencePerSecond: number
  /** Time between two presence messages of a document, in ms. Default 50: 20 a second. */
  readonly presenceMs: number
  /** New client ids that one person may bring to one document in an hour. Default 1,000. */
  readonly newIdsPerHour: number

  /** From connecting to being judged and having the document, in ms. Default 2,000; then 4508. */
  readonly judgeMs: number
  /** Frames and bytes that wait meanwhile. Default 64 and 1 MiB; then 4529. */
  readonly waitingFrames: number
  readonly waitingBytes: number
  /** How often everybody is judged again, should an event be missed. Default 30,000 ms. */
  readonly rejudgeMs: number

  /** Unsent bytes of a socket from which presence is held, and updates. Default 256 KiB and 1 MiB. */
  readonly holdPresenceBytes: number
  readonly holdUpdatesBytes: number
  /** Unsent bytes, and time with updates held, from which it is closed with 1013. Default 8 MiB and 30,000 ms. */
  readonly slowBytes: number
  readonly slowMs: number
  /** Something is sent at least this often. Default 20,000 ms: stock clients hang up after 30 s of silence. */
  readonly keepAliveMs: number
  /** A socket that answers nothing for this long is dead. Default 60,000 ms. */
  readonly deadMs: number
  /**
   * How long a socket that we closed may take to say goodbye, with what it has not read kept for it, in ms.
   * Default 5,000: a slow one gets the reason with it, one that reads nothing does not keep its memory.
   */
  readonly goodbyeMs: number

  /** Least time between two update messages of a busy document, in ms. Default 5. */
  readonly batchMs: number
  /** From so many updates or bytes since it was encoded, a body is encoded anew. Default 256 and 64 KiB. */
  readonly tailUpdates: number
  readonly tailBytes: number
  /** One that nobody has edited for this time gives up its Y.Doc and keeps its bytes. Default 300,000 ms. */
  readonly warmMs: number
  /** A document that nobody has open is forgotten after this time. Default 30,000 ms. */
  readonly unloadMs: number
  /** A load that failed is not tried again for this time. Default 1,000 ms. */
  readonly failedLoadMs: number
  /** Other people's text is held so long for its owner's own, in a recovery. Default 2,000 ms. */
  readonly ownerWaitMs: number
  /**
   * Other people's text that is not in the log may be on its way there from another node. Default: looked for
   * every 500 ms of that time, and a person is sent to come again for 30,000 ms; then it is refused.
   */
  readonly lookAgainMs: number
  readonly unexplainedMs: number
  /** How long after an unclean stop lost text may come back through others. Default 7 days. */
  readonly recoveryMs: number
  /** Updates in the log from which it is folded into a snapshot. Default 500, and 2 when a document is left. */
  readonly compactUpdates: number
  readonly compactOnUnloadUpdates: number
  /**
   * It is folded earlier when they are longer than this, and than this part of the snapshot before them.
   * Default 64 KiB and 0.25.
   */
  readonly compactBytes: number
  readonly compactBaseShare: number
  /** Least time between two snapshots of a document. Default 30,000 ms. */
  readonly compactEveryMs: number
  /** `document.updated_at` is written at most this often. Default 10,000 ms. */
  readonly touchMs: number

  /** A node says this often that it lives. Default 15,000 ms; after twice that in silence its people go. */
  readonly nodeHeartbeatMs: number
  /** How often nodes compare what they have of a document. Default 15,000 ms. */
  readonly nodeCompareMs: number
  /** Updates of a document that Redis keeps for nodes that missed some. Default 1,000, for 600 s. */
  readonly relayStreamUpdates: number
  readonly relayStreamSeconds: number
  /** What is longer goes to other nodes through the log alone, in bytes. Default 64 KiB. */
  readonly relayUpdateBytes: number
  /** How often the way to Redis and back is tried, and how long it may take. Default 1,000 and 3,000 ms. */
  readonly relayProbeMs: number
  readonly relayTimeoutMs: number
  /** A document is opened without hearing other nodes after this time, and catches up later. Default 200 ms. */
  readonly relayJoinMs: number

  /** A client whose update was refused and that cannot know is answered 429 for this time. Default 60,000 ms. */
  readonly refusedMs: number
  /** From which bad frame on a client is refused for good (4400 instead of 1007). Default 3. */
  readonly badFrames: number
  /** How long stopping waits for the last commit, in ms. Default 6,000, of the 10 s that the process has. */
  readonly drainMs: number
}

export const syncLimits: SyncLimits = {
  maxUpdateBytes: 16 * 1024 * 1024,
  maxReaderUpdateBytes: 64 * 1024,
  maxBodyBytes: 50_000_000,
  largeBodyBytes: 10_000_000,
  maxKeptLogBytes: 16_000_000,
  maxSockets: 5_000,
  maxSocketsPerDocument: 500,
  maxSocketsPerPerson: 20,
  connectBurst: 1_000,
  connectsPerSecond: 100,

  messagesPerSecond: 60,
  messageBurst: 200,
  bytesPerSecond: 1_000_000,
  byteBurst: 8_000_000,
  throttleMs: 10_000,
  presencePerSecond: 15,
  presenceMs: 50,
  newIdsPerHour: 1_000,

  judgeMs: 2_000,
  waitingFrames: 64,
  waitingBytes: 1024 * 1024,
  rejudgeMs: 30_000,

  holdPresenceBytes: 256 * 1024,
  holdUpdatesBytes: 1024 * 1024,
  slowBytes: 8 * 1024 * 1024,
  slowMs: 30_000,
  keepAliveMs: 20_000,
  deadMs: 60_000,
  goodbyeMs: 5_000,

  batchMs: 5,
  tailUpdates: 256,
  tailBytes: 64 * 1024,
  warmMs: 300_000,
  unloadMs: 30_000,
  failedLoadMs: 1_000,
  ownerWaitMs: 2_000,
  lookAgainMs: 500,
  unexplainedMs: 30_000,
  recoveryMs: 7 * 24 * 3_600_000,
  compactUpdates: 500,
  compactOnUnloadUpdates: 2,
  compactBytes: 64 * 1024,
  compactBaseShare: 0.25,
  compactEveryMs: 30_000,
  touchMs: 10_000,

  nodeHeartbeatMs: 15_000,
  nodeCompareMs: 15_000,
  relayStreamUpdates: 1_000,
  relayStreamSeconds: 600,
  relayUpdateBytes: 64 * 1024,
  relayProbeMs: 1_000,
  relayTimeoutMs: 3_000,
  relayJoinMs: 200,

  refusedMs: 60_000,
  badFrames: 3,
  drainMs: 6_000,

  ...named('commit', committerLimits),
  ...named('merge', mergeLimits),
}

export const committerLimitsOf = (limits: SyncLimits): CommitterLimits =>
  unnamed('commit', committerLimits, limits)

export const mergeLimitsOf = (limits: SyncLimits): MergeLimits => unnamed('merge', mergeLimits, limits)
