/** What to say when a sign-in came back with `?error=`: what happened, and what to do. */
const sentences: Record<string, string> = {
  OAuthSignin:
    'Your company’s sign-in could not be reached. Try again in a minute; if it stays so, tell your administrator.',
  OAuthCallback:
    'The sign-in was not completed: it was cancelled, took too long, or was begun in another window. Try again.',
  Callback: 'The sign-in was not completed. Try again.',
  AccessDenied:
    'Your company’s sign-in let you in, but you may not use Rationale here. Ask your administrator.',
  Configuration: 'Sign-in is not set up correctly on this server. Its operator finds the reason in the log.',
  SessionRequired: 'Sign in to see this page.',
  Issuer:
    'The answer came from another sign-in service than the one this server trusts. Its operator finds the reason in the log.',
  Claims: 'Your company’s sign-in did not say who you are. Its operator finds the reason in the log.',
  Suspended: 'Your account is suspended here. Your documents are kept; ask your administrator.',
}

/** The sentence for an error code of a sign-in; null when there was none. */
export function signInSentence(code: string | undefined): string | null {
  if (!code) return null
  return sentences[code] ?? 'The sign-in did not work. Nothing was changed; try again.'
}
