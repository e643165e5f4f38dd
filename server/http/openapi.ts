import { z } from 'zod'
import { type RouteName, routes } from '../../lib/api'
import type { Route } from '../../lib/api-route'
import { errorCodes, errorEntry } from '../../lib/errors'

type Json = Record<string, unknown>

/** Query, path and body as they are sent; answers as they come. */
const schemaOf = (type: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Json
  return schema
}

const errorSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string', enum: [...errorCodes] },
        message: { type: 'string', description: 'A sentence for the person.' },
        requestId: { type: 'string', description: 'Under which the operator finds it in the log.' },
      },
    },
  },
}

/** What any route may answer instead: each status once, with the codes that have it. */
const failures = ['invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict', 'rate_limited'] as const

let made: Json | null = null

/** `lib/api.ts` as OpenAPI 3.1: whatever is routed is described, and nothing else. */
export function openApi(version: string): Json {
  made ??= {
    openapi: '3.1.0',
    info: { title: 'Rationale', version, description: 'Design documents, written and decided together.' },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    paths: paths(),
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A personal token, rat_…' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'next-auth.session-token',
          description:
            'The session of a browser. `__Secure-` before it behind https, the port after it on localhost. Calls that change something need an allowed Origin.',
        },
      },
    },
  }
  return made
}

function paths(): Json {
  const all: Record<string, Json> = {}
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    all[route.path] = { ...all[route.path], [route.method.toLowerCase()]: operation(name, route) }
  }
  return all
}

function operation(name: RouteName, route: Route): Json {
  const answer =
    route.status === 204
      ? { description: 'Done.' }
      : { description: route.summary, content: contentOf(route.produces, schemaOf(route.output, 'output')) }
  return {
    operationId: name,
    summary: route.summary,
    ...(route.public ? { security: [] } : { 'x-scope': route.scope }),
    parameters: parameters(route),
    ...(route.body || route.consumes ? { requestBody: requestBody(route) } : {}),
    responses: {
      [route.status]: answer,
      ...Object.fromEntries(
        failures.map((code) => [
          errorEntry(code).status,
          {
            description: errorEntry(code).sentence,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
          },
        ]),
      ),
    },
  }
}

const contentOf = (types: readonly string[] | undefined, schema: Json): Json =>
  Object.fromEntries(
    (types ?? ['application/json']).map((type) => [type, type.includes('json') ? { schema } : {}]),
  )

function requestBody(route: Route): Json {
  if (route.body) return { required: true, content: contentOf(undefined, schemaOf(route.body, 'input')) }
  const file = { type: 'object', properties: { file: { type: 'string', format: 'binary' } } }
  return {
    required: true,
    content: Object.fromEntries(
      (route.consumes ?? []).map((type) => [type, type.startsWith('multipart/') ? { schema: file } : {}]),
    ),
  }
}

function parameters(route: Route): Json[] {
  const path = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = route.query ? schemaOf(route.query, 'input') : {}
  const required = (query.required ?? []) as string[]
  const inQuery = Object.entries((query.properties ?? {}) as Json).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  })
  return [
    ...path,
    ...inQuery,
    ...(route.creates ? [header('Idempotency-Key', 'A repeated call gets the first answer.')] : []),
    ...(route.clock
      ? [header('X-Document-Clock', 'Base64 Yjs state vector: waits up to 2 s until the log covers it.')]
      : []),
  ]
}
