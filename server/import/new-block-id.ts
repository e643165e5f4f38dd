import { randomBytes } from 'node:crypto'

/** A fresh block id: 12 URL-safe characters, 72 random bits. */
export const newBlockId = (): string => randomBytes(9).toString('base64url')
