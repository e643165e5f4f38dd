import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../lib/api'
import type { Route } from '../../lib/api-route'
import { World } from './world'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

test('the OpenAPI file has every route of the table and nothing else', async () => {
  const { body } = await world.call('getOpenApi', null)
  expect(body.openapi).toBe('3.1.0')
  const described = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const known = Object.values<Route>(routes).map((route) => `${route.method} ${route.path}`)
  expect(described.sort()).toEqual(known.sort())
})

test('each operation says what it takes and what it answers', async () => {
  const { body } = await world.call('getOpenApi', null)
  const create = body.paths['/documents'].post
  expect(create.requestBody.content['application/json'].schema).toMatchObject({
    type: 'object',
    required: ['title'],
    additionalProperties: false,
  })
  expect(create.parameters.map((p: { name: string }) => p.name)).toContain('Idempotency-Key')
  expect(create.responses[201].content['application/json'].schema.properties.number).toBeDefined()
  const list = body.paths['/documents'].get
  expect(list.parameters.map((p: { name: string }) => p.name)).toEqual(
    expect.arrayContaining(['status', 'owner', 'reviewer', 'q', 'updatedSince', 'cursor', 'limit']),
  )
  expect(list.parameters.every((p: { required: boolean }) => !p.required)).toBe(true)
  expect(body.paths['/documents/{id}'].delete.responses[204].content).toBeUndefined()
  expect(body.paths['/documents/import'].post.requestBody.content).toHaveProperty('multipart/form-data')
  expect(JSON.stringify(body)).not.toContain('undefined')
})

test('every address of the table has its route file, and every route file is in the table', async () => {
  const folders = world.routePaths.filter((path) => path.startsWith('/api/v1/')).sort()
  const known = [...new Set(Object.values<Route>(routes).map((route) => route.path))].map(
    (path) => `/api/v1${path.replace(/\{(\w+)\}/g, '[$1]')}`,
  )
  expect(folders).toEqual(known.sort())
})
