import type { ServerResponse } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ErrorBody, type ErrorCode, errorEntry } from '../../lib/errors'

/** The one form of a failed answer, for what never reaches a route. */
export function refuse(
  response: ServerResponse,
  code: ErrorCode,
  options: { requestId: string; sentence?: string; retryAfterSeconds?: number } = { requestId: '' },
): void {
  const { status, sentence } = errorEntry(code)
  const body: ErrorBody = {
    error: { code, message: options.sentence ?? sentence, requestId: options.requestId },
  }
  response.statusCode = status
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  if (options.retryAfterSeconds) response.setHeader('retry-after', String(options.retryAfterSeconds))
  response.end(`${JSON.stringify(body)}\n`)
}

/** The same for a request to upgrade, which has a bare socket for its answer. */
export function refuseUpgrade(socket: Duplex, code: ErrorCode): void {
  const { status, sentence } = errorEntry(code)
  const body = `${sentence}\n`
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** What a browser shows while the server is not ready: it asks again by itself. */
export function sayNotReady(response: ServerResponse, sentence: string): void {
  response.statusCode = 503
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.setHeader('retry-after', '2')
  response.end(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="2"><title>Rationale</title>
<style>:root{color-scheme:light dark}body{font:17px/1.6 system-ui,sans-serif;margin:20vh auto;max-width:34rem;padding:0 1.5rem}</style>
<h1>Just a moment</h1><p>${sentence} This page asks again by itself.</p></html>
`)
}
