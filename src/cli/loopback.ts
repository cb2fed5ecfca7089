/**
 * Whether a host is this machine.
 *
 * @module
 */

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i

/** Whether a host name or address is this machine, by its text alone. An IPv6 address may have the brackets of a URL. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)
