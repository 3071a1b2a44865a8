import type { Notice } from './frame.ts'

/**
 * What the address of a page may say was just done (`?done=…`): a code chooses the words, so that nobody can put words
 * of their own on our page by a link.
 */
const NOTICES: Readonly<Record<string, Notice>> = {
  saved: { tone: 'success', title: 'Saved.' },
  removed: { tone: 'success', title: 'Removed.' },
  'signed-in': { tone: 'success', title: 'You are signed in.' },
}

export function noticeOf(done: string | null): Notice | undefined {
  return done !== null && Object.hasOwn(NOTICES, done) ? NOTICES[done] : undefined
}
