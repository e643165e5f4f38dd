/** The document that a first start brings: a small design, written with what the editor can do. */
export const sampleTitle = 'Sample: retrying failed payments'

export const sampleMarkdown = `# Introduction

This is a sample. Change it as you like: everybody who signs in here may write in it, at the same time as you. Open this page in a second browser, sign in as somebody else, and watch two carets in one paragraph.

### Rationale

About **one card payment in forty** fails for reasons that pass by themselves: a bank that is away for a minute, a network that drops an answer. Today each of them becomes a call to support.

After this change, a payment that *can* succeed succeeds without anybody's doing, and a customer is charged **once**, whatever happens in between.

### Background

The payment service was written when all orders came from one shop. It asks the bank once and believes the first answer. Since the second shop was connected, three things have changed:

1. Orders arrive in bursts, above all on Monday mornings.
2. Banks answer late, and sometimes twice.
3. Nobody is watching at night.

> "We could not tell whether the customer had paid, so we asked them." — from the support log, in March

### Terminology

- **Attempt**: one request to the bank for one payment.
- **Idempotency key**: a name for a payment that the bank remembers; two attempts under one key charge once.
- **Back-off**: the time that passes before the next attempt.

### Non-Goals

- Choosing between several banks.
- Payments that the customer has to confirm again.

# Proposed Design

A failed attempt is put into a queue with the time of the next one. A worker takes what is due, asks the bank under the *same* idempotency key, and stops after five attempts or one day.

### System Architecture

Two parts are added beside the payment service: the **queue**, a table in its own database, and the **worker**, a loop in its own process. Nothing else learns about retries; a payment is *pending* for longer, that is all.

### Data Model

| column | type | meaning |
| --- | --- | --- |
| \`payment_id\` | \`uuid\` | the payment, and its idempotency key |
| \`attempt\` | \`int\` | how often the bank was asked |
| \`due_at\` | \`timestamptz\` | when to ask next |
| \`last_error\` | \`text\` | what the bank said, or that it said nothing |

### Interface/API Definitions

The payment service gains one address:

\`\`\`http
GET /payments/{id}/attempts

200 OK
[{ "attempt": 1, "at": "2026-11-20T08:00:02Z", "error": "timeout" }]
\`\`\`

### Business Logic

The wait doubles from two seconds and is spread by chance, so that a bank that comes back is not met by everybody at once:

\`\`\`ts
const waitMs = (attempt: number) => Math.random() * 2_000 * 2 ** attempt
\`\`\`

What is left to do before this can be reviewed:

- [x] Ask the bank how long it remembers a key
- [x] Measure how many failures pass within a minute
- [ ] Decide who is told when the fifth attempt fails
- [ ] Write down what happens when an order is cancelled meanwhile

# Impact

### Risks

# Alternatives

~~Asking again at once, in the same request.~~ It hides short failures and makes long ones worse: every waiting request holds a connection. Others have [written about this](https://en.wikipedia.org/wiki/Exponential_backoff) at length.
`
