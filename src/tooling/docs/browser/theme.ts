/**
 * Sets the chosen colours before the page is painted. It is a script of its own, and not a module: modules run later.
 *
 * @module
 */
try {
  const theme = localStorage.getItem('theme')
  if (theme) document.documentElement.dataset['theme'] = theme
} catch {
  // Storage may be forbidden; then the page follows the system.
}
