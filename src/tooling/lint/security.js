/**
 * Rules of servers and security schemes: what the client can sign with, and where it can send to. All else is refused, with
 * its place.
 *
 * @module
 */
import { follow, isObject, isToken } from './nodes.js'

const ROLES = ['appKey', 'nonce', 'timestamp']

/** Hosts that calls can go to: URLs with a scheme, one primary host for each region. */
function checkServers(servers, at, report) {
  const primaries = new Map()
  for (const [i, server] of servers.entries()) {
    const place = at.child(['servers', i])
    const { url, 'x-region': region } = server ?? {}
    if (/[{}]/.test(url)) report('Variables in the URL of a server are not supported.', place.child(['url']))
    else if (!/^https?:\/\/[^/?#@\s]+[^?#\s]*$/.test(url) || !URL.canParse(url))
      report(
        `The URL of a server must begin with https:// and a host. Received ${JSON.stringify(url)}.`,
        place.child(['url']),
      )
    if (region === undefined || server['x-backup']) continue
    if (primaries.has(region)) report(`The region "${region}" has two primary hosts.`, place.child(['x-region']))
    primaries.set(region, server)
  }
  for (const [i, server] of servers.entries()) {
    const region = server?.['x-region']
    if (server?.['x-backup'] && region !== undefined && !primaries.has(region))
      report(`The region "${region}" has a backup and no primary host.`, at.child(['servers', i, 'x-region']))
  }
}

/** The headers of the schemes, and their aliases: each the name of a header, and no two alike. */
function checkHeaderNames(schemes, report) {
  const names = new Map()
  for (const { name: scheme, node, at } of schemes.filter(({ node }) => node?.type === 'apiKey')) {
    const aliases = Array.isArray(node?.['x-aliases']) ? node['x-aliases'] : []
    const headers = [
      { header: node?.name, place: at.child(['name']) },
      ...aliases.map((header, i) => ({ header, place: at.child(['x-aliases', i]) })),
    ]
    for (const { header, place } of headers) {
      const key = String(header).toLowerCase()
      if (!isToken(header)) report(`A header cannot be called ${JSON.stringify(header)}.`, place)
      else if (names.has(key))
        report(`The header "${header}" belongs to the scheme "${names.get(key)}" already.`, place)
      names.set(key, scheme)
    }
  }
}

/** A member of the root. One that is missing has no place, so the first key of the object that lacks it stands for it. */
const placeOfMember = (root, at, name) => at.child([name in root ? name : (Object.keys(root)[0] ?? name)]).key()

/** @returns a rule: the client must support how calls are signed and which hosts they go to */
export function security() {
  return {
    Root(root, context) {
      const report = (message, location) => context.report({ message, location })
      const at = context.location
      if (root.webhooks) report('"webhooks" are not supported.', at.child(['webhooks']).key())
      if (root.jsonSchemaDialect) report('"jsonSchemaDialect" is not supported.', at.child(['jsonSchemaDialect']).key())
      checkServers(Array.isArray(root.servers) ? root.servers : [], at, report)
      const schemes = Object.keys(root.components?.securitySchemes ?? {})
      if (schemes.length === 0)
        report(
          '"components" must have "securitySchemes": the headers that sign a call.',
          placeOfMember(root, at, 'components'),
        )
      const [first, ...others] = root.security ?? []
      const missing = schemes.find((name) => !isObject(first) || !Object.hasOwn(first, name))
      if (others.length > 0)
        report('Every call is signed in one way: "security" must have one entry.', at.child(['security', 1]))
      else if (missing !== undefined)
        report(`"security" must name every scheme. It lacks "${missing}".`, placeOfMember(root, at, 'security'))
      for (const [name, scopes] of Object.entries(isObject(first) ? first : {}))
        if (Array.isArray(scopes) && scopes.length > 0)
          report(`The scheme "${name}" has no scopes: write [].`, at.child(['security', 0, name, 0]))
    },
    Components({ securitySchemes = {} }, context) {
      const report = (message, location) => context.report({ message, location })
      const schemes = Object.entries(securitySchemes).map(([name, scheme]) => {
        const from = context.location.child(['securitySchemes', name])
        return { name, from, ...follow(context, scheme, from) }
      })
      const signatures = schemes.filter(({ node }) => node?.['x-signature'])
      if (schemes.length > 0 && signatures.length !== 1) {
        const location =
          signatures[1]?.at.child(['x-signature']).key() ?? context.location.child(['securitySchemes']).key()
        report('One security scheme must have "x-signature".', location)
      }
      checkHeaderNames(schemes, report)
      for (const { name, from, node, at } of schemes) {
        if (!isObject(node)) continue
        if (signatures.length === 1 && !node['x-signature'] && !ROLES.includes(name))
          report(`The scheme "${name}" must be one of ${ROLES.join(', ')}, or have "x-signature".`, from.key())
        if (node.type !== 'apiKey' || node.in !== 'header')
          report(
            `The scheme "${name}" must be an apiKey in a header.`,
            at.child([node.type === 'apiKey' ? 'in' : 'type']),
          )
      }
    },
  }
}
