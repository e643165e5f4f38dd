import { createHash, createHmac, randomBytes } from 'node:crypto'

/** 256 random bits as 43 characters of base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** SHA-256 (32 bytes). Enough for secrets of 256 random bits: there is nothing to guess. */
export const digest = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest()

/** A secret that follows from another one, for one purpose; knowing it does not tell the other. */
export const deriveSecret = (secret: string, purpose: string): string =>
  createHmac('sha256', secret).update(purpose).digest('base64url')
