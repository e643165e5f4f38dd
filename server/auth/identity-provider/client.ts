import { deriveSecret } from '../secret'

/**
 * How Rationale presents itself to the provider that comes with it. Both ends derive the same secret, so it
 * is neither fixed nor carried from one to the other.
 */
export const builtInClient = (authSecret: string) => ({
  clientId: 'rationale',
  clientSecret: deriveSecret(authSecret, 'client of the built-in identity provider'),
})
