'use client'

import { useState } from 'react'
import { lazyPart } from '../shell/lazy-part'

/*
 * Menus and windows that open on a click are fetched when somebody is there, not with the page: they and their
 * parts would be a third of what home loads.
 */
const load = {
  menu: () => import('./row-menu'),
  create: () => import('./new-document-dialog'),
  import: () => import('./import-dialog'),
  rename: () => import('./rename-dialog'),
  members: () => import('../access/members-dialog'),
}

/** Begins to fetch them, all that are named; fetching again costs nothing, and a failure is said when one opens. */
export const warm = (...parts: (keyof typeof load)[]): void => {
  for (const name of parts) load[name]().catch(() => {})
}

export const warmAll = (): void => warm('menu', 'create', 'import', 'rename', 'members')

export const RowMenu = lazyPart(() => load.menu().then((part) => part.RowMenu))
export const NewDocumentDialog = lazyPart(() => load.create().then((part) => part.NewDocumentDialog))
export const ImportDialog = lazyPart(() => load.import().then((part) => part.ImportDialog))
export const RenameDialog = lazyPart(() => load.rename().then((part) => part.RenameDialog))
export const MembersDialog = lazyPart(() => load.members().then((part) => part.MembersDialog))

/** True from the first time on that it was: a window stays, closed, so that it can fade away and come back. */
export function useEver(now: boolean): boolean {
  const [ever, setEver] = useState(now)
  if (now && !ever) setEver(true)
  return ever
}
