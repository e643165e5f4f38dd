import { schemaVersion } from '../../lib/content/schema'
import { signedInChannel } from '../shell/signed-in-channel'
import { DocumentSession, type SessionInput } from './document-session'
import { openHeld } from './held-store'
import { isStored } from './is-stored'
import { keepText, keptTexts } from './kept-texts'
import { localStoreName, openLocalStore } from './local-store'
import { proposeEdit } from './propose-edit'
import { readAccess } from './read-access'
import type { SessionClock } from './session-ports'
import { openDocumentSocket } from './socket'
import { watchTyping } from './typing'

export interface OpenSession {
  readonly session: DocumentSession
  /** The person leaves on purpose, knowing what stays behind: the browser does not ask. */
  leaveQuietly(): void
  close(): void
}

const clock: SessionClock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** A session in a browser: its socket, its store, and what tells it to try again. */
export async function openSession(input: SessionInput): Promise<OpenSession> {
  const { person, document } = input
  const typing = watchTyping(window.document)
  const session = new DocumentSession(
    {
      openStore: (doc, onFailed) => openLocalStore(localStoreName(person.id, document.id), doc, onFailed),
      openSocket: (wanted) =>
        openDocumentSocket(
          {
            server: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/collab`,
            documentId: document.id,
            schemaVersion,
            personId: person.id,
            clock: { ...clock, now: () => performance.now() },
            typing,
          },
          wanted,
        ),
      readAccess: () => readAccess(person.id, document.id),
      setAside: keepText,
      findHeld: () => openHeld(person.id, document.id).catch(() => null),
      propose: (edit) => proposeEdit(document.id, edit),
      isStored: (stateVector) => isStored(document.id, stateVector),
      clock,
      chance: Math.random,
    },
    { ...input, kept: await keptTexts(person.id, document.id) },
  )
  const stop = session.start()
  let quiet = false

  const wake = () => session.wake()
  const onVisible = () => {
    if (window.document.visibilityState === 'visible') wake()
  }
  const onLeave = (event: BeforeUnloadEvent) => {
    if (!quiet && session.hasUnsaved()) event.preventDefault()
  }
  const channel = new BroadcastChannel(signedInChannel)
  channel.addEventListener('message', wake)
  const onOffline = () => session.networkLost()
  window.addEventListener('online', wake)
  window.addEventListener('offline', onOffline)
  window.addEventListener('focus', wake)
  window.addEventListener('beforeunload', onLeave)
  window.document.addEventListener('visibilitychange', onVisible)

  return {
    session,
    leaveQuietly() {
      quiet = true
    },
    close() {
      channel.close()
      window.removeEventListener('online', wake)
      window.removeEventListener('offline', onOffline)
      window.removeEventListener('focus', wake)
      window.removeEventListener('beforeunload', onLeave)
      window.document.removeEventListener('visibilitychange', onVisible)
      stop()
      typing.stop()
    },
  }
}
