/** All runtimes of the matrix. */
import { chromium } from './chromium.js'
import type { Hosts } from './hosts.js'
import { bun, deno, node } from './processes.js'
import type { Runtime } from './runtime.js'
import type { Tools } from './tools.js'
import { workerd } from './workerd.js'

export const runtimesOf = ({ path }: Tools, hosts: Hosts): readonly Runtime[] => [
  ...['20', '22', '24', '26'].map((major) => node(`Node ${major}`, path(`node-${major}`))),
  bun(path('bun')),
  deno(path('deno')),
  chromium(hosts),
  workerd('workerd', path('workerd')),
  // Workers keep the date they were written for: without Node's modules, and with WebCrypto alone.
  workerd('workerd of 2024', path('workerd'), '2024-01-01'),
]
