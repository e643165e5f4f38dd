import type { DocumentJson } from '../document-json'
import { importMarkdown } from '../markdown/markdown-import'
import type { SectionKeys } from './template'

/**
 * The document that a first start brings: a small but whole design, in which everything that a body can hold
 * is used for its purpose. *Risks* is left empty, so that guidance is seen where it stands.
 */
export function sampleDocument(newId: () => string): {
  title: string
  templateKey: string
  content: DocumentJson
  sections: SectionKeys
} {
  const { title, templateKey, content, sections } = importMarkdown(source, { newId })
  return { title: title ?? 'Sample', templateKey, content, sections }
}

const source = `# Fair limits for the public API
status: draft

### Table of contents

Welcome to a design document that is yours to change. Everybody who signs in can write here, at the same time as
you: open it in a second window, type in both, and watch the carets. Nothing is asked of you to keep it; when the
bar says *Saved*, it is on disk.

# Introduction

### Rationale

Our public API counts requests per key and answers \`429 Too Many Requests\` when a fixed number is passed. One
customer's nightly export then blocks the **same customer's** checkout for the rest of the minute, and support
learns of it first.

> We were within our limit all day. Then a report ran, and the shop was down for forty seconds. Which of the two
> did you want us to stop?

After this change a client that is too fast is slowed *where* it is too fast, and always knows how long to wait.

### Background

Limits were added in one afternoon, after an incident with a crawler:

1. The gateway counts in fixed windows of one minute, in its own memory.
2. With four gateways a key gets up to four times its limit, depending on luck.
3. At the turn of the minute every waiting client comes back at once.

The answer carries no hint but the status defined in [RFC 6585](https://www.rfc-editor.org/rfc/rfc6585#section-4).

### Terminology

- **bucket**: an allowance that fills at a steady rate up to a ceiling, and is spent by requests.
- **class**: a group of operations that share a bucket, such as *reads*, *writes* and *exports*.
- **cost**: what one request takes out of its bucket; 1 unless stated.

### Non-Goals

- Billing by usage. Counts here are forgotten after a minute.
- Defence against floods from many addresses; that stays with the network edge.

# Proposed Design

Each key gets one bucket **per class** instead of one counter for everything. Buckets live in the shared cache and
are spent in one atomic step, so that it no longer matters which gateway a request reaches. Every answer says what
is left.

### System Architecture

\`\`\`text
client ────▶ gateway ────▶ service
                │
                ├── spend ──────▶ shared cache (buckets)
                └── every 30 s ─▶ limit table
\`\`\`

The gateway decides; services know nothing about limits. When the cache does not answer within 5 ms, the gateway
lets the request pass and counts the miss: an unfair minute is better than an outage.

### Data Model

A bucket is two numbers under one name, and expires by itself:

| Name | Holds | Example |
| :--- | :--- | ---: |
| \`level\` | tokens left, in thousandths | 41500 |
| \`at\` | when that was, in milliseconds | 1767225600000 |
| ceiling | from the limit table, not stored | 60 |

### Interface/API Definitions

Three headers are on every answer, also on successful ones:

\`\`\`http
HTTP/1.1 429 Too Many Requests
Limit-Class: exports
Limit-Remaining: 0
Retry-After: 7
\`\`\`

\`Retry-After\` is never zero and is spread by up to a fifth, so that waiting clients do not return together.

### Business Logic

\`\`\`ts
function spend(bucket: Bucket, cost: number, now: number): Verdict {
  const filled = Math.min(bucket.ceiling, bucket.level + (now - bucket.at) * bucket.perMs)
  if (filled >= cost) return { allowed: true, level: filled - cost }
  return { allowed: false, retryAfterMs: (cost - filled) / bucket.perMs }
}
\`\`\`

- A clock that goes backwards counts as no time passed.
- An export costs 20, and is refused *before* it starts rather than half-way.
- ~~Failed requests are free.~~ They cost the same; otherwise guessing keys would be free too.

# Impact

One round trip to the cache is added to each request: 0.4 ms in the median, 1.1 ms at the 99th percentile in the
prototype. Before everybody gets it:

- [x] Prototype behind a flag, on our own keys
- [x] Dashboards per class
- [ ] Tell customers whose exports would be slowed
    - [ ] Draft the message
    - [ ] Agree on a date with support
- [ ] Turn the old counter off

### Risks

# Alternatives

**A sliding log of requests.** Exact, but it stores every request; a busy key would cost 2 MB a minute.

**Fixed windows with a smaller size.** Easy, and it moves the problem described under [Background](#background) from
once a minute to once a second.

**Changing nothing.** Two of our five largest customers have asked for this within one quarter.
`
