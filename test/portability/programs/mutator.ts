/** What orval's client calls in place of `fetch`. */
import { BASE_URL, sign } from './call.js'

export async function signedFetch<T>(url: string, init: RequestInit): Promise<T> {
  const headers = new Headers(init.headers)
  for (const [name, value] of Object.entries(sign())) headers.set(name, value)
  const response = await fetch(BASE_URL + url, { ...init, headers })
  // The shape that orval gives its answers.
  return { data: await response.json(), status: response.status, headers: response.headers } as T
}
