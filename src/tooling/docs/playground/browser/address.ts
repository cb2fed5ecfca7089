/**
 * The address bar: it keeps the draft, so that a reload or a friend finds it again.
 *
 * @module
 */
import type { Draft } from './draft.js'
import { linkOf } from './share-link.js'

/** Longer addresses are not kept: some programs cut them. */
const LONGEST = 8_000

let keeping: ReturnType<typeof setTimeout> | undefined

function put(link: string): void {
  clearTimeout(keeping)
  history.replaceState(undefined, '', link.length > LONGEST ? location.pathname : `#${link}`)
}

/** Keeps the draft a moment later: browsers refuse to change an address often. */
export function keep(draft: Draft): void {
  clearTimeout(keeping)
  keeping = setTimeout(() => put(linkOf(draft)), 300)
}

/** @returns what to tell the person */
export async function copyLink(draft: Draft): Promise<string> {
  const link = linkOf(draft)
  if (link.length > LONGEST) return 'This request is too long for a link.'
  put(link)
  return navigator.clipboard.writeText(location.href).then(
    () => 'Link copied',
    () => 'The link is in the address bar.',
  )
}
