/**
 * Calls the HTTP API as a program does: a token, JSON, and nothing of ours.
 *
 * @throws Error with the answer's text when it is no success.
 */
export async function call<Answer>(
  origin: string,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
  const json = response.headers.get('content-type')?.includes('json')
  return (json ? JSON.parse(text) : text) as Answer
}
