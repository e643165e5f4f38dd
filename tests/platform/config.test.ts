import { describe, expect, test } from 'vitest'
import { readConfig } from '../../server/config'
import { help } from '../../server/launch/help'
import { settings } from '../../server/settings'
import { StartRefused } from '../../server/start-refused'

const read = (env: Record<string, string> = {}, ...argv: string[]) => readConfig({ env, argv })

/** The sentences of a refusal. */
const refusal = (env: Record<string, string>, ...argv: string[]): string => {
  try {
    read(env, ...argv)
  } catch (error) {
    expect(error).toBeInstanceOf(StartRefused)
    return (error as Error).message
  }
  throw new Error('It was accepted.')
}

const company = {
  OIDC_ISSUER: 'https://login.example.com',
  OIDC_CLIENT_ID: 'rationale',
  OIDC_CLIENT_SECRET: 'from the provider',
}

test('nothing needs to be configured: this machine alone, the embedded database, the built-in provider', () => {
  expect(read()).toMatchObject({
    port: 3000,
    host: null,
    origin: 'http://localhost:3000',
    publicUrl: null,
    databaseUrl: null,
    authSecret: null,
    oidc: null,
    trustProxy: 0,
    metricsToken: null,
    archiveDays: null,
    dev: false,
    tokenFor: null,
  })
  expect(read().dataDir).toMatch(/\/data$/)
})

test('how much images and files may have is given in megabytes', () => {
  const mb = 1024 * 1024
  expect(read().attachments).toEqual({ imageBytes: 10 * mb, fileBytes: 25 * mb, documentBytes: 200 * mb })
  expect(read({ IMAGE_MB: '3', FILE_MB: '100' }).attachments).toMatchObject({
    imageBytes: 3 * mb,
    fileBytes: 100 * mb,
  })
  for (const wrong of ['0', '101', '-1', '2.5', 'much']) {
    expect(refusal({ IMAGE_MB: wrong })).toContain('IMAGE_MB: give a number of megabytes from 1 to 100')
  }
})

test('arguments count before variables, and an empty variable is none', () => {
  expect(read({ PORT: '4000', DATA_DIR: '/a' }, '--port', '4001', '--data', '/b')).toMatchObject({
    port: 4001,
    origin: 'http://localhost:4001',
    dataDir: '/b',
  })
  expect(read({ PORT: '', PUBLIC_URL: '' })).toMatchObject({ port: 3000, publicUrl: null })
})

test('everything that is wrong is told at once, each with what to do', () => {
  const told = refusal({
    PORT: '70000',
    DATABASE_URL: 'mysql://db',
    AUTH_SECRET: 'short',
    METRICS_TOKEN: 'short',
    TRUST_PROXY: 'yes',
    LOG_LEVEL: 'loud',
    ARCHIVE_DAYS: '0',
    OIDC_ISSUER: 'https://login.example.com',
  })
  for (const words of [
    'PORT: give a number from 1 to 65535.',
    'DATABASE_URL: give an address such as postgresql://',
    'AUTH_SECRET: give 32 characters or more',
    'METRICS_TOKEN: give 16 characters or more',
    'TRUST_PROXY: give a number from 0 to 10.',
    'LOG_LEVEL: give one of trace',
    'ARCHIVE_DAYS: give a number of days',
    'OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: needed',
    'npm start -- --help',
  ]) {
    expect(told).toContain(words)
  }
  // A value may be a secret.
  expect(told).not.toContain('short')
})

test('a public address is an origin: no path, no slash at its end', () => {
  expect(read({ ...company, PUBLIC_URL: 'https://design.example.com/' }).origin).toBe(
    'https://design.example.com',
  )
  expect(refusal({ ...company, PUBLIC_URL: 'https://example.com/design' })).toContain(
    'PUBLIC_URL: give it without a path',
  )
})

describe('the built-in provider lets anybody in, so', () => {
  test('it is refused with a public address', () => {
    expect(refusal({ PUBLIC_URL: 'https://design.example.com' })).toContain(
      'OIDC_ISSUER: needed with PUBLIC_URL',
    )
  })
  test.each(['0.0.0.0', '::', '192.168.1.4', 'example.com', '127.evil.example.com'])(
    'it is refused on %s',
    (host) => {
      expect(refusal({ HOST: host })).toContain('OIDC_ISSUER: needed when HOST is beyond loopback')
    },
  )
  test.each(['127.0.0.1', '127.0.0.2', '::1', 'localhost'])('it is there on %s', (host) => {
    expect(read({ HOST: host }).oidc).toBeNull()
  })
  test('it is gone with a company’s', () => {
    const { oidc } = read({ ...company, PUBLIC_URL: 'https://design.example.com', HOST: '0.0.0.0' })
    expect(oidc).toEqual({
      issuer: 'https://login.example.com',
      clientId: 'rationale',
      clientSecret: 'from the provider',
    })
  })
})

test('beyond loopback people need an address to type', () => {
  expect(refusal({ ...company, HOST: '0.0.0.0' })).toContain('PUBLIC_URL: needed')
})

test('several nodes need a database that they share', () => {
  expect(refusal({ REDIS_URL: 'redis://cache' })).toContain('DATABASE_URL: needed with REDIS_URL')
  expect(refusal({ REDIS_URL: 'cache:6379' })).toContain('REDIS_URL: give an address such as redis://')
})

test('limits are numbers by name', () => {
  expect(read({ LIMITS: '{"maxSockets": 3}' }).limits).toEqual({ maxSockets: 3 })
  expect(read().limits).toEqual({})
  expect(refusal({ LIMITS: '{"maxSockets": "3"}' })).toContain('LIMITS: ')
  expect(refusal({ LIMITS: 'maxSockets=3' })).toContain('LIMITS: is no JSON.')
  expect(refusal({ LIMITS: '[]' })).toContain('LIMITS: give a JSON object of numbers')
})

describe('a token is asked for', () => {
  test('by name, with scope write unless another is given', () => {
    expect(read({}, '--token-for', 'ada').tokenFor).toEqual({ name: 'ada', scope: 'write' })
    expect(read({}, '--token-for', 'ada', '--scope', 'read').tokenFor).toEqual({ name: 'ada', scope: 'read' })
  })
  test('of a scope that there is', () => {
    expect(refusal({}, '--token-for', 'ada', '--scope', 'all')).toContain('--scope: give one of read')
    expect(refusal({}, '--scope', 'read')).toContain('--scope: goes with --token-for')
  })
  test('of the built-in provider on the embedded database alone', () => {
    const sentence =
      '--token-for: works with the built-in provider and the embedded database only. This version has no other way to make a token'
    expect(refusal(company, '--token-for', 'ada')).toContain(sentence)
    expect(refusal({ DATABASE_URL: 'postgresql://db/r' }, '--token-for', 'ada')).toContain(sentence)
  })
})

test('an argument that nobody knows is refused by name', () => {
  expect(refusal({}, '--prot', '4000')).toContain("'--prot'")
})

test('--help lists every variable with unit, default and example', () => {
  const text = help()
  for (const { env, unit, byDefault, example } of Object.values(settings)) {
    expect(text).toContain(`Unit: ${unit}. Default: ${byDefault}. Example: ${env}=${example}`)
  }
})
