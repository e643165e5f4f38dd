import * as encoding from 'lib0/encoding'
import { messageNumber } from '../../../lib/sync/message'
import type { Address } from './wire-client'

export const serverNames = ['ours', 'y-websocket', 'hocuspocus'] as const
export type ServerName = (typeof serverNames)[number]

/** How each server is spoken to. All speak y-protocols; Hocuspocus puts the document's name before each message. */
export interface Dialect {
  /** Where one document is. @param ticket ours alone asks for one. */
  address(at: { port: number; document: string; ticket: string }): Address
  /** A message as it goes on the wire. */
  wrap(document: string, message: Uint8Array): Uint8Array
  /** What must be said before anything else. */
  greeting(document: string): Uint8Array | null
  /** Where the message begins in what came. */
  prefixBytes(document: string): number
}

const plain: Omit<Dialect, 'address'> = {
  wrap: (_document, message) => message,
  greeting: () => null,
  prefixBytes: () => 0,
}

const hocuspocusAuth = { message: 2, token: 0 } as const

const named = (document: string, write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, document)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

export const dialects: Record<ServerName, Dialect> = {
  ours: {
    ...plain,
    // As our page connects, and so with acknowledgements.
    address: ({ port, document, ticket }) => ({
      port,
      path: `/collab/${document}?caps=saved,live&ticket=${ticket}`,
    }),
  },
  'y-websocket': { ...plain, address: ({ port, document }) => ({ port, path: `/${document}` }) },
  hocuspocus: {
    address: ({ port }) => ({ port, path: '/' }),
    wrap: (document, message) => named(document, (encoder) => encoding.writeUint8Array(encoder, message)),
    greeting: (document) =>
      named(document, (encoder) => {
        encoding.writeVarUint(encoder, hocuspocusAuth.message)
        encoding.writeVarUint(encoder, hocuspocusAuth.token)
        encoding.writeVarString(encoder, '')
      }),
    prefixBytes: (document) => named(document, () => {}).length,
  },
}

/** Hocuspocus answers with another number for the same sync messages. */
const hocuspocusSyncReply = 4

export const isSync = (type: number | undefined): boolean =>
  type === messageNumber.sync || type === hocuspocusSyncReply
