/**
 * Icons of the buttons, drawn as lines on 24 by 24.
 *
 * @module
 */

const PATHS = {
  search: 'M21 21l-5.2-5.2M17.5 10.5a7 7 0 1 1-14 0 7 7 0 0 1 14 0z',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  light: 'M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  copied: 'M5 13l4.5 4.5L19 7',
  dark: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
}

const SVG = 'http://www.w3.org/2000/svg'

/** An icon that screen readers skip. */
export function svgIcon(name: keyof typeof PATHS): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', PATHS[name])
  svg.append(path)
  return svg
}
