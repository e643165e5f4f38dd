import type { ReactNode } from 'react'
import { Providers } from '../../components/shell/providers'

/** What pages of work stand in. Each asks for itself who is looking (`signed-in.ts`): a layout knows no address. */
export default function SignedInLayout({ children }: { children: ReactNode }) {
  return <Providers>{children}</Providers>
}
