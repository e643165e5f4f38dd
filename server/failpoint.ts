/** What `compose` begins one after another (the pages beside the others), by the names that its log uses. */
export type Phase =
  | 'data folder'
  | 'pid file'
  | 'port'
  | 'pages'
  | 'database'
  | 'pool'
  | 'pool of the sockets'
  | 'connection of the commits'
  | 'installation'
  | 'relay'
  | 'archive'
  | 'jobs'
  | 'event streams'
  | 'merger'
  | 'sync'

/** The moments of which it matters that a process may end, fail or be held up in them. */
export type Failpoint =
  /** Nothing of it is there, or all of it. */
  | `start: before ${Phase}`
  | `start: after ${Phase}`
  /** `initdb` is done and its folder has not got its name yet. */
  | 'cluster: made'
  /** PostgreSQL runs for the first time, and has no database of ours. */
  | 'cluster: started'
  /** The statements of a file have run; its line in the ledger is not written. */
  | 'migration: applied'
  /** The line is written, and nothing committed. */
  | 'migration: recorded'
  /** One file is committed, and the next not begun. */
  | 'migration: committed'
  /** A batch is about to be sent. */
  | 'commit: sending'
  /** It is committed, and nobody knows. */
  | 'commit: stored'
  /** The snapshot and the updates that it lacks have been read. */
  | 'compaction: read'
  /** The next snapshot is written, and no update marked with it. */
  | 'compaction: written'
  /** They are marked; those before them are not in the archive yet. */
  | 'compaction: marked'
  /** Everything is done, and nothing committed. */
  | 'compaction: archived'
  | 'compaction: committed'
  /** A document that everybody has left is committed, and not folded. */
  | 'unload: finished'
  /** It is folded; it may have been forgotten, and opened again, before. */
  | 'unload: folded'
  /** Notices of something are made, and nothing committed. */
  | 'inbox: told'
  /** A mail is put together, and the mail server does not know of it. */
  | 'mail: composed'
  /** The mail server has taken it, and we have not written that down. */
  | 'mail: taken'
  /** It is written down, and not committed. */
  | 'mail: marked'

/**
 * Called at each of these moments, and waited for. What it throws counts as a failure of what was under way. A
 * process is composed with `noFailpoints`; tests compose one that ends itself, or give a part what waits or throws.
 */
export type Reach = (point: Failpoint) => Promise<void>

export const noFailpoints: Reach = async () => {}
