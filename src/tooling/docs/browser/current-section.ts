/**
 * Marks the current section in "On this page", and shows the current page in the navigation.
 *
 * @module
 */

/** A heading is current from this distance below the top of the window, in pixels. */
const LINE = 120

interface Entry {
  readonly link: Element
  readonly heading: Element
}

function entriesOf(contents: Element): Entry[] {
  return [...contents.querySelectorAll('a')].flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    return heading ? [{ link, heading }] : []
  })
}

const topOf = ({ heading }: Entry): number => heading.getBoundingClientRect().top

/** The last entry whose heading is above the line; at the end of the page, the last one that is in the window. */
function currentEntry(entries: readonly Entry[]): Entry | undefined {
  const isAtEnd = scrollY > 0 && Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight
  const named = entries.find(({ link }) => link.getAttribute('href') === location.hash)
  if (isAtEnd && named && topOf(named) >= 0) return named
  const line = isAtEnd ? innerHeight : LINE
  return entries.findLast((entry) => topOf(entry) < line)
}

/** Scrolls the navigation, and not the window, until the current page is in its middle. */
function showCurrentPage(): void {
  const link = document.querySelector('.side [aria-current]')
  const side = link?.closest('.side')
  if (!link || !side) return
  side.scrollTop += link.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 2
}

/** Marks the section from now on. */
export function markCurrentSection(): void {
  showCurrentPage()
  const contents = document.querySelector('.toc')
  if (!contents) return
  const entries = entriesOf(contents)
  let marked: Entry | undefined
  let isScheduled = false
  const mark = () => {
    isScheduled = false
    const current = currentEntry(entries)
    if (current === marked) return
    marked?.link.removeAttribute('aria-current')
    current?.link.setAttribute('aria-current', 'true')
    marked = current
  }
  const schedule = () => {
    if (!isScheduled) requestAnimationFrame(mark)
    isScheduled = true
  }
  addEventListener('scroll', schedule, { passive: true })
  addEventListener('resize', schedule, { passive: true })
  schedule()
}
