import { expect, test } from 'vitest'
import { isAddress } from '../../lib/mail-address'
import { readConfig } from '../../server/config'
import { openPost } from '../../server/notify/transport'

const read = (env: Record<string, string> = {}) => readConfig({ argv: [], env })
const refusal = (env: Record<string, string>): string => {
  try {
    read(env)
    return 'taken'
  } catch (error) {
    return (error as Error).message
  }
}
const smtp = { SMTP_URL: 'smtps://rationale:s%40cret@mail.example.com:465' }

test('nothing is mailed unless a server and a sender are given', () => {
  expect(read().mail).toBeNull()
  expect(read({ MAIL_FROM: 'design@example.com' }).mail).toBeNull()
  expect(refusal(smtp)).toContain('MAIL_FROM: needed with SMTP_URL')
  expect(read({ ...smtp, MAIL_FROM: 'Rationale <design@example.com>' }).mail).toEqual({
    smtpUrl: smtp.SMTP_URL,
    from: { name: 'Rationale', address: 'design@example.com' },
  })
  expect(read({ ...smtp, MAIL_FROM: 'design@example.com' }).mail?.from.name).toBe('')
})

test('what is no server, no sender or no hour is refused, and a password is not said back', () => {
  for (const url of ['https://mail.example.com', 'mail.example.com', 'smtp:hunter2']) {
    expect(refusal({ SMTP_URL: url, MAIL_FROM: 'a@b.example' })).toContain(
      'SMTP_URL: give an address such as',
    )
  }
  for (const from of [
    'nobody',
    'A <a@b.example>, C <c@d.example>',
    'A\r\nBcc: x@y.example <a@b.example>',
    '<>',
  ]) {
    expect(refusal({ ...smtp, MAIL_FROM: from })).toContain('MAIL_FROM: give an address such as')
  }
  expect(refusal({ DIGEST_HOUR: '24' })).toContain('DIGEST_HOUR: give an hour from 0 to 23')
  expect(read({ DIGEST_HOUR: '0' }).digestHour).toBe(0)
  expect(read().digestHour).toBe(9)
  expect(refusal({ SMTP_URL: 'ftp://a:hunter2@mail', MAIL_FROM: 'a@b.example' })).not.toContain('hunter2')
})

test('an address is one, and nothing beside it', () => {
  for (const address of [
    'a@b',
    'ada.lovelace+x@design.example.com',
    "o'brien@example.com",
    'ä@bücher.example',
  ]) {
    expect(`${address}: ${isAddress(address)}`).toBe(`${address}: true`)
  }
  for (const address of [
    '',
    '@',
    'a@',
    '@b',
    'a@b@c',
    'a b@c',
    'a@b c',
    'a@b,c@d',
    'a@b.',
    'a@-b',
    'a@b\u202E',
  ]) {
    expect(`${address}: ${isAddress(address)}`).toBe(`${address}: false`)
  }
})

test('a server that does not answer is told as one that could not be reached, not as a refusal of the mail', async () => {
  const post = openPost({ smtpUrl: 'smtp://127.0.0.1:1', from: { name: '', address: 'a@b.example' } })
  const mail = {
    subject: 'x',
    text: 'x',
    html: 'x',
    messageId: 'x@y',
    to: { name: '', address: 'c@d.example' },
    unsubscribe: 'https://x.example',
  }
  await expect(post.send(mail)).rejects.toMatchObject({ refusal: 'elsewhere' })
  post.close()
})
