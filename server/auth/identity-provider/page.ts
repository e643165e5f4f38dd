import { createHash } from 'node:crypto'
import type { BuiltInPerson } from './built-in-people'

const style = `
:root{color-scheme:light dark;--paper:#fffefb;--desk:#f4f3ef;--line:#e4e1d9;--ink:#1d1c1a;--ink-2:#55524c;--ink-3:#6d6961;--accent:#2456b8;--accent-soft:#e7edf9;--shadow:0 1px 2px rgb(40 36 28/.05),0 6px 20px -8px rgb(40 36 28/.14)}
@media (prefers-color-scheme:dark){:root{--paper:#1a1b1e;--desk:#121315;--line:#32353b;--ink:#ebe9e4;--ink-2:#b6b3ac;--ink-3:#918e87;--accent:#86adf7;--accent-soft:#232f48;--shadow:0 1px 2px rgb(0 0 0/.4),0 8px 24px -8px rgb(0 0 0/.6)}}
*{box-sizing:border-box;margin:0}
body{min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:var(--desk);color:var(--ink);font:14px/1.5 "Inter Variable",Inter,system-ui,-apple-system,"Segoe UI",sans-serif;-webkit-font-smoothing:antialiased}
main{width:100%;max-width:384px;padding:32px;background:var(--paper);border:1px solid var(--line);border-radius:10px;box-shadow:var(--shadow)}
h1{font-size:23px;line-height:1.25;letter-spacing:-.015em;font-weight:650}
p{margin-top:8px;color:var(--ink-2)}
form{margin:24px -12px 0;display:grid;gap:2px}
button{display:grid;grid-template-columns:36px 1fr auto;align-items:center;gap:12px;width:100%;padding:8px 12px;border:0;border-radius:6px;background:none;color:inherit;font:inherit;text-align:left;cursor:pointer}
button:hover{background:var(--accent-soft)}
button:active{background:var(--line)}
button:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.face{display:grid;place-items:center;width:36px;height:36px;border-radius:50%;background:var(--accent-soft);color:var(--accent);font-weight:600;font-size:13px}
.who{display:block;font-weight:550}
.mail{display:block;color:var(--ink-3);font-size:13px}
.tag{padding:1px 8px;border:1px solid var(--line);border-radius:10px;color:var(--ink-2);font-size:11.5px}
.foot{margin-top:24px;padding-top:16px;border-top:1px solid var(--line);color:var(--ink-3);font-size:13px}
code{font:12px/1.4 "JetBrains Mono Variable","JetBrains Mono",ui-monospace,monospace}
a{color:var(--accent);border-radius:2px}
@media (max-width:420px){main{padding:24px 20px}}
`

/** The one style, by its hash: nothing else on these pages may style, run, load or frame anything. */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** `same-origin`: under `no-referrer`, browsers would send `Origin: null` with the form. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentSecurityPolicy,
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const quoted = (text: string) => text.replace(/[&<>"']/g, (c) => entities[c] ?? c)

const page = (title: string, content: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${quoted(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`

const initials = (name: string) =>
  name
    .split(' ')
    .map((part) => part[0] ?? '')
    .join('')

/** The page that asks who is there: one button a person, a plain form, no script. */
export function choicePage(input: {
  action: string
  csrf: string
  people: readonly BuiltInPerson[]
}): string {
  const buttons = input.people.map(
    (person) => `<button name="subject" value="${quoted(person.subject)}">
<span class="face" aria-hidden="true">${quoted(initials(person.name))}</span>
<span><span class="who">${quoted(person.name)}</span><span class="mail">${quoted(person.email)}</span></span>
${person.admin ? '<span class="tag">Administrator</span>' : ''}
</button>`,
  )
  return page(
    'Who are you? · Rationale',
    `<h1>Who are you?</h1>
<p>Choose a name to sign in to Rationale.</p>
<form method="post" action="${quoted(input.action)}">
<input type="hidden" name="csrf" value="${quoted(input.csrf)}">
${buttons.join('\n')}
</form>
<p class="foot">These people come with Rationale, for trying it out on this computer. A company connects its own sign-in with <code>OIDC_ISSUER</code>.</p>`,
  )
}

/** What went wrong while signing in, and the way back to the beginning. */
export function failurePage(sentence: string): string {
  return page(
    'Sign-in did not work · Rationale',
    `<h1>Sign-in did not work</h1>
<p>${quoted(sentence)}</p>
<p class="foot"><a href="/sign-in">Start again</a></p>`,
  )
}
