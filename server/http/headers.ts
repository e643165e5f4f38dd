import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { diagramFrame, diagramPath } from '../../lib/content/diagram'
import type { Config } from '../config'

/** Where a page finds the nonce for a script of its own, among the request's headers. */
export const nonceHeader = 'x-nonce'

/**
 * Puts our headers on an answer, and the policy on the request: Next reads the nonce for its inline scripts
 * from there. What a client sends under those names is overwritten.
 */
export function secure(
  request: IncomingMessage,
  response: ServerResponse,
  config: Pick<Config, 'origin' | 'oidc' | 'dev'>,
): void {
  const nonce = randomBytes(16).toString('base64')
  const policy = contentSecurityPolicy({ nonce, config, host: request.headers.host })
  request.headers['content-security-policy'] = policy
  request.headers[nonceHeader] = nonce
  response.setHeader('content-security-policy', isFile(request.url) ? filePolicy : policy)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('x-frame-options', 'DENY')
  response.setHeader('referrer-policy', 'same-origin')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
  if (config.origin.startsWith('https:')) {
    response.setHeader('strict-transport-security', 'max-age=31536000')
  }
}

/**
 * Scripts come from our own files, or carry this answer's nonce; nothing is fetched from, framed by or sent
 * to another origin, and nothing is framed but the document that draws diagrams. Styles may be inline: editor, tables and overlays place things with them.
 */
export function contentSecurityPolicy(given: {
  nonce: string
  config: Pick<Config, 'origin' | 'oidc' | 'dev'>
  /** The request's Host, which `judgeHost` has accepted. */
  host: string | undefined
}): string {
  const { nonce, config } = given
  const secure = config.origin.startsWith('https:')
  // Some browsers do not count a websocket of the same host as 'self'.
  const socket = secure
    ? config.origin.replace(/^https/, 'wss')
    : `ws://${socketHost(given.host, config.origin)}`
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${config.dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${socket}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    // Where diagrams are drawn, and nowhere else: the frame cannot lead itself away either.
    `frame-src ${originOf(given.host, config)}${diagramFrame}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    // A form's answer that redirects to the company's provider counts as sending the form there.
    `form-action 'self'${config.oidc ? ' https:' : ''}`,
  ].join('; ')
}

/**
 * The policy of what somebody has uploaded, said here since Next puts no header in the place of one that is there. In a
 * page an image runs nothing; opened by itself, an SVG is a document: it has no origin then, and is drawn, no more.
 */
export const filePolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

/** By the end of the path: `..` before it leads there as well. */
const isFile = (url: string | undefined): boolean => /^[^?#]*\/attachments\/[^/?#]/.test(url ?? '')

/**
 * The policy of the document that draws diagrams: sandboxed wherever it is opened, so that it has no origin, no
 * cookies and no storage; its own scripts run, and nothing can be asked for.
 */
export function diagramFramePolicy(config: Pick<Config, 'origin'>, host: string | undefined): string {
  return [
    "default-src 'none'",
    // By its path, since an opaque origin has no 'self' in some browsers.
    `script-src ${originOf(host, config)}${diagramPath}`,
    // A drawing carries its own.
    "style-src 'unsafe-inline'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    'sandbox allow-scripts',
  ].join('; ')
}

/** Under which origin the browser has us: on loopback it may be either name. */
const originOf = (host: string | undefined, { origin }: Pick<Config, 'origin'>): string =>
  origin.startsWith('https:') ? origin : `http://${socketHost(host, origin)}`

/** With PUBLIC_URL any Host is accepted: then only the origin's goes into a header. */
const socketHost = (host: string | undefined, origin: string): string =>
  host && /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host) ? host : new URL(origin).host
