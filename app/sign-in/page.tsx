import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Mark } from '../../components/shell/brand'
import { DraftingGround } from '../../components/shell/drafting-ground'
import { safePath } from '../../components/shell/safe-path'
import { signInSentence } from '../../components/shell/sign-in-errors'
import { SignInPanel } from '../../components/shell/sign-in-panel'
import { builtInPeople } from '../../server/auth/identity-provider/built-in-people'
import { pagePrincipal } from '../../server/auth/session'
import { runtime } from '../../server/runtime'

export const metadata: Metadata = { title: 'Sign in' }

type Query = Record<string, string | string[] | undefined>
const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value

/**
 * `?to=` path to end on · `?window=1` in a small window that ends on `/signed-in` · `?error=` from next-auth.
 * Whoever is signed in already goes on, save in the small window, where another person may be wanted.
 */
export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const small = one(query.window) === '1'
  const to = small ? '/signed-in' : safePath(one(query.to) ?? pathOf(one(query.callbackUrl)))
  const wrong = signInSentence(one(query.error))
  if (!small && !wrong && (await pagePrincipal())) redirect(to)
  const builtIn = runtime().config.oidc === null
  return (
    <main className="relative isolate grid min-h-dvh place-items-center px-4 py-8">
      <DraftingGround />
      <div className="w-full max-w-[400px] rounded-m border border-line bg-paper px-8 pt-8 pb-7 shadow-float max-sm:px-6">
        <div className="mb-6 flex items-center gap-2.5 font-[680] text-[1.0625rem] tracking-[-0.02em]">
          <Mark size={24} />
          Rationale
        </div>
        <h1 className="font-[680] text-[1.5rem] leading-tight tracking-[-0.02em]">
          {small ? 'Sign in again' : 'Sign in'}
        </h1>
        <p className="mt-2 mb-5 text-balance text-ink-2">
          {small
            ? 'Your page stays open behind this window, with everything that you typed.'
            : to.startsWith('/d/')
              ? `${builtIn ? 'Choose a name' : 'Sign in'} to go on to the document. What you typed there is kept on this device.`
              : builtIn
                ? 'Choose a name to try out writing design documents together.'
                : 'Design documents, written and decided together.'}
        </p>
        <SignInPanel
          to={to}
          wrong={wrong}
          people={
            builtIn
              ? builtInPeople.map(({ subject, name, email, admin }) => ({
                  hint: subject,
                  name,
                  email,
                  admin,
                }))
              : null
          }
        />
      </div>
    </main>
  )
}

/** next-auth says where to end as a whole address. */
function pathOf(address: string | undefined): string | undefined {
  if (!address || !URL.canParse(address)) return undefined
  const { pathname, search } = new URL(address)
  return pathname.startsWith('/sign-in') ? undefined : pathname + search
}
