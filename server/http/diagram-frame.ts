import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { diagramFrame, diagramPath } from '../../lib/content/diagram'
import type { Config } from '../config'
import { diagramFramePolicy } from './headers'

/**
 * Gives the document in which diagrams are drawn, and its scripts. They are the same for everybody, say nothing of
 * anybody, and are the one thing here that a document without our origin may load.
 *
 * @param folder that `buildDiagramFrame` made.
 * @returns false: there is no such file.
 */
export async function answerDiagramFrame(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  config: Pick<Config, 'origin'>,
): Promise<boolean> {
  const path = (request.url ?? '').split('?')[0] ?? ''
  if (path === diagramFrame) {
    const page = await readFile(join(folder, 'frame.html'))
    response.setHeader('content-security-policy', diagramFramePolicy(config, request.headers.host))
    response.setHeader('x-frame-options', 'SAMEORIGIN')
    send(request, response, page, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
    return true
  }
  const name = /^([\w-]+\.js)$/.exec(path.slice(diagramPath.length))?.[1]
  if (!name) return false
  const packed = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  const script = await readFile(join(folder, packed ? `${name}.gz` : name)).catch(() => null)
  if (!script) return false
  response.setHeader('cross-origin-resource-policy', 'cross-origin')
  send(request, response, script, {
    'content-type': 'text/javascript; charset=utf-8',
    // Asked for without our origin, as all modules of such a document are.
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    ...(packed ? { 'content-encoding': 'gzip' } : {}),
  })
  return true
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  headers: Record<string, string>,
): void {
  response.writeHead(200, { ...headers, 'content-length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}
