/**
 * In place of `tough-cookie`, which MSW uses to remember cookies. The mock of this page sets none, and the package with its
 * list of all public suffixes weighs more than the rest of the page.
 *
 * @module
 */

export class MemoryCookieStore {
  idx: object = {}
}

export class CookieJar {
  getCookiesSync(): readonly never[] {
    return []
  }
}

export const Cookie = { fromJSON: (): undefined => undefined }
