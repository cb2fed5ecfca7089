/**
 * The order of the pages, in groups, and the files for programs.
 *
 * @module
 */

/** A page of `pages/`, as the navigation shows it. */
export interface NavigationPage {
  /** Relative to `pages/`. */
  readonly file: string
  readonly name: string
  /** The name in the Chinese navigation. */
  readonly zh: string
}

/** Pages under one heading. */
export interface NavigationGroup {
  readonly name: string
  readonly zh: string
  readonly pages: readonly NavigationPage[]
}

/** A row of the table below. */
const page = (file: string, name: string, zh: string): NavigationPage => ({ file, name, zh })

/** All pages but those of {@link TRANSLATIONS}, in reading order. */
export const NAVIGATION: readonly NavigationGroup[] = [
  {
    name: 'Get started',
    zh: '入门',
    pages: [
      page('index.md', 'Start', '开始'),
      page('from-rongcloud-sdk.md', 'Coming from rongcloud-sdk', '从 rongcloud-sdk 迁移'),
    ],
  },
  {
    name: 'Client',
    zh: '客户端',
    pages: [
      page('client/index.md', 'Send', '发送'),
      page('client/errors.md', 'Errors and retries', '错误与重试'),
      page('client/rate-limit.md', 'Rate limit', '频率限制'),
      page('client/batch.md', 'Many groups', '批量发送'),
    ],
  },
  {
    name: 'Testing',
    zh: '测试',
    pages: [
      page('testing/index.md', 'Which way', '选择方式'),
      page('testing/vitest.md', 'vitest', 'vitest'),
      page('testing/jest.md', 'jest', 'jest'),
      page('testing/node-test.md', 'node:test', 'node:test'),
      page('testing/browser.md', 'Browser', '浏览器'),
      page('testing/python.md', 'Python', 'Python'),
      page('testing/go.md', 'Go', 'Go'),
      page('testing/java.md', 'Java', 'Java'),
      page('testing/shell.md', 'Shell', 'Shell'),
      page('testing/mock.md', 'The mock', '模拟服务'),
      page('testing/faults.md', 'Faults', '故障'),
      page('testing/violations.md', 'Violations', '违规'),
      page('testing/contract-tests.md', 'Contract tests', '契约测试'),
    ],
  },
  {
    name: 'Recipes',
    zh: '实例',
    pages: [
      page('recipes/index.md', 'All recipes', '全部实例'),
      page('recipes/express.md', 'Express', 'Express'),
      page('recipes/hono-workers.md', 'Hono on Workers', 'Hono 与 Workers'),
      page('recipes/nextjs.md', 'Next.js', 'Next.js'),
      page('recipes/typing-indicator.md', 'Typing indicator', '正在输入'),
      page('recipes/shutdown.md', 'Graceful shutdown', '优雅退出'),
      page('recipes/opentelemetry.md', 'OpenTelemetry', 'OpenTelemetry'),
      page('recipes/proxy.md', 'Proxy', '代理'),
      page('recipes/github-actions.md', 'GitHub Actions', 'GitHub Actions'),
    ],
  },
  {
    name: 'API',
    zh: '接口',
    pages: [
      page('endpoint.md', 'Endpoint', '接口说明'),
      page('errors.md', 'Error codes', '错误码'),
      page('playground.md', 'Playground', '在线试用'),
      page('contract.md', 'Is the contract true?', '契约是否属实'),
      page('reference.md', 'OpenAPI reference', 'OpenAPI 参考'),
    ],
  },
  {
    name: 'More',
    zh: '更多',
    pages: [
      page('command-line.md', 'Command line', '命令行'),
      page('versions.md', 'Versions', '版本'),
      page('changelog.md', 'Changelog', '更新日志'),
    ],
  },
]

/** A page in another language. */
export interface Translation {
  /** Relative to `pages/`. */
  readonly file: string
  /** The page that it translates. */
  readonly original: string
  readonly lang: string
}

/** Pages in Chinese. */
export const TRANSLATIONS: readonly Translation[] = [{ file: 'zh/index.md', original: 'index.md', lang: 'zh-CN' }]

/** A page or a file, as `llms.txt` lists it. */
export interface SiteEntry {
  /** Relative to the site's root. That of a page ends with a slash, and that of the first page is empty. */
  readonly path: string
  readonly name: string
  /** What it is, in a sentence. */
  readonly summary: string
}

/** The files for programs. */
export const MACHINE_FILES: readonly SiteEntry[] = [
  { path: 'openapi.yaml', name: 'openapi.yaml', summary: 'The contract in one file: OpenAPI 3.1.' },
  { path: 'openapi.json', name: 'openapi.json', summary: 'The same as JSON.' },
  { path: 'reference.md', name: 'reference.md', summary: 'The whole contract as Markdown.' },
  {
    path: 'vectors.json',
    name: 'vectors.json',
    summary: 'Requests on and off the contract, with the violations of each.',
  },
  {
    path: 'vectors.schema.json',
    name: 'vectors.schema.json',
    summary: 'JSON Schema of the vectors, with a description of each part.',
  },
  { path: 'llms.txt', name: 'llms.txt', summary: 'An index of this site for language models.' },
  {
    path: 'collections/postman.json',
    name: 'Postman',
    summary: 'A collection (v2.1) that signs and repeats lists. Bruno imports it too.',
  },
]
