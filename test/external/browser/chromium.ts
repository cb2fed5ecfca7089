/** The browser of these tests: Debian's Chromium, or the one that `CHROMIUM` names. */
import { existsSync } from 'node:fs'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

/** Path of the program. Throws at once where it is missing, before anything is built. */
export function chromiumPath(): string {
  const path = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  if (!existsSync(path)) throw new Error(`These tests need Chromium: there is no ${path}. CHROMIUM names another.`)
  return path
}

/** Starts the browser. */
export const launchChromium = (options: LaunchOptions = {}): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'], ...options })
