import type { Config } from '../../../server/config'

export const authSecret = 'a secret of this test and of no other place'
export const origin = 'https://design.example.com'

export const configOf = (smtpUrl: string): Config =>
  ({
    origin,
    oidc: null,
    mail: { smtpUrl, from: { name: 'Rationale', address: 'design@example.com' } },
    digestHour: 9,
  }) as unknown as Config
