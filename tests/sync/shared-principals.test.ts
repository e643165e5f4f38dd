import { expect, test } from 'vitest'
import type { PersonId } from '../../lib/id'
import type { Principal } from '../../server/auth/authenticate'
import { SharedPrincipals } from '../../server/sync/shared-principals'

const ada = (changes: Partial<Principal> = {}, person: Partial<Principal['person']> = {}): Principal => ({
  personId: 'ada' as PersonId,
  scope: 'write',
  credentialId: 't:1',
  kind: 'token',
  person: { id: 'ada' as PersonId, name: 'Ada', color: '#336699', picture: null, ...person },
  workspaceRole: 'member',
  expiresAt: null,
  ...changes,
})

test('sockets of one credential share one principal', () => {
  const shared = new SharedPrincipals()
  const first = shared.share(ada())
  expect(shared.share(ada())).toBe(first)
})

test.each<[string, Principal]>([
  ['another person', ada({ personId: 'grace' as PersonId })],
  ['another scope', ada({ scope: 'read' })],
  ['a ticket of the same token', ada({ kind: 'ticket' })],
  ['another credential', ada({ credentialId: 't:2' })],
  ['another end', ada({ expiresAt: 1 })],
  ['another place in the workspace', ada({ workspaceRole: 'admin' })],
  ['a new name', ada({}, { name: 'Ada L.' })],
  ['a new colour', ada({}, { color: '#000000' })],
  ['a new picture', ada({}, { picture: 'https://example.com/ada.png' })],
])('%s is never taken for it, and counts from then on', (_, changed) => {
  const shared = new SharedPrincipals()
  shared.share(ada())
  expect(shared.share(changed)).toBe(changed)
  expect(shared.share({ ...changed })).toBe(changed)
})
