import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Handler } from '../../server/http/route'

type Methods = Partial<Record<string, Handler>>

export interface Router {
  /** Answers as Next would: the file whose folders match, the most literal first, parameters decoded. */
  (request: Request): Promise<Response>
  /** Paths of all route files, as folders: `/api/v1/documents/[id]`. */
  readonly paths: readonly string[]
}

/** The route files of `app/api`, found on disk and called without Next. */
export async function routesOnDisk(): Promise<Router> {
  const app = join(import.meta.dirname, '../../app')
  const files = await readdir(join(app, 'api'), { recursive: true })
  const routes = await Promise.all(
    files
      .filter((file) => file.endsWith('route.ts'))
      .map(async (file) => {
        const path = `/api/${file.replace(/\/?route\.ts$/, '')}`
        const methods = (await import(pathToFileURL(join(app, 'api', file)).href)) as Methods
        return { path, methods, ...matcherOf(path) }
      }),
  )
  routes.sort((a, b) => a.rank.localeCompare(b.rank))
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    for (const route of routes) {
      const match = route.pattern.exec(pathname)
      if (!match) continue
      const params = Object.fromEntries(
        route.names.map(({ name, rest }, index) => {
          const text = match[index + 1] ?? ''
          return [name, rest ? text.split('/').map(decodeURIComponent) : decodeURIComponent(text)]
        }),
      )
      const handler = route.methods[request.method]
      if (!handler) return new Response(null, { status: 405 })
      return handler(request, { params: Promise.resolve(params) })
    }
    return new Response('no route file', { status: 404 })
  }
  return Object.assign(answer, { paths: routes.map((route) => route.path) })
}

function matcherOf(path: string) {
  const names: { name: string; rest: boolean }[] = []
  const rank: string[] = []
  const source = path
    .split('/')
    .slice(1)
    .map((part) => {
      const rest = /^\[\.\.\.(\w+)\]$/.exec(part)?.[1]
      const name = /^\[(\w+)\]$/.exec(part)?.[1]
      rank.push(rest ? '2' : name ? '1' : `0${part}`)
      if (rest) names.push({ name: rest, rest: true })
      else if (name) names.push({ name, rest: false })
      return rest ? '(.+)' : name ? '([^/]+)' : part.replaceAll('.', '\\.')
    })
  return { names, rank: rank.join('/'), pattern: new RegExp(`^/${source.join('/')}$`) }
}
