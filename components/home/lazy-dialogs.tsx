'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'

/*
 * Menus and windows that open on a click are fetched when a click is near, not with the page: they and their
 * parts would be a third of what home loads.
 */
const load = {
  menu: () => import('./row-menu'),
  create: () => import('./new-document-dialog'),
  import: () => import('./import-dialog'),
  rename: () => import('./rename-dialog'),
  members: () => import('../access/members-dialog'),
}

/** Begins to fetch a window's code; fetching it again costs nothing, and a failure shows when it is opened. */
export const warm = (...windows: (keyof typeof load)[]): void => {
  for (const name of windows) load[name]().catch(() => {})
}

export const RowMenu = dynamic(() => load.menu().then((part) => part.RowMenu), { ssr: false })
export const NewDocumentDialog = dynamic(() => load.create().then((part) => part.NewDocumentDialog), {
  ssr: false,
})
export const ImportDialog = dynamic(() => load.import().then((part) => part.ImportDialog), { ssr: false })
export const RenameDialog = dynamic(() => load.rename().then((part) => part.RenameDialog), { ssr: false })
export const MembersDialog = dynamic(() => load.members().then((part) => part.MembersDialog), { ssr: false })

/** True from the first time on that it was: a window stays, closed, so that it can fade away and come back. */
export function useEver(now: boolean): boolean {
  const [ever, setEver] = useState(now)
  if (now && !ever) setEver(true)
  return ever
}
