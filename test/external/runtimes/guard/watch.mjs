/**
 * Loaded before everything else: notes each name that is looked up and each connection, where the runtime itself makes
 * them. Every name leads to this machine, so that a hole in the guard harms nobody.
 */
import { createHook } from 'node:async_hooks'
import dns from 'node:dns'

const watched = { names: [], sockets: 0 }

/** What has been seen since the last time. */
globalThis.seen = () => {
  const { names, sockets } = watched
  Object.assign(watched, { names: [], sockets: 0 })
  return { names, sockets }
}

// What the runtime's own C++ makes for a look-up and for a connection, whoever asks and however.
createHook({
  init(_id, type) {
    if (type === 'GETADDRINFOREQWRAP' || type === 'TCPCONNECTWRAP') watched.sockets++
  },
}).enable()

dns.lookup = (name, options, done = options) => {
  watched.names.push(name)
  const address = { address: '127.0.0.1', family: 4 }
  process.nextTick(done, null, options?.all ? [address] : address.address, 4)
}
