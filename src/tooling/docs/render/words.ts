/**
 * Words of the frame around each page, in its languages.
 *
 * @module
 */

const en = {
  lang: 'en',
  skip: 'Skip to the content',
  menu: 'Menu',
  documentation: 'Documentation',
  onThisPage: 'On this page',
  endpoint: 'Endpoint',
  playground: 'Playground',
  other: '中文',
  footer: 'Unofficial: not made, endorsed or supported by RongCloud, whose documentation is cited:',
  contract: 'Version of the contract:',
  alerts: { note: 'Note', tip: 'Tip', important: 'Important', warning: 'Warning', caution: 'Caution' },
}

const zh: typeof en = {
  lang: 'zh-CN',
  skip: '跳到正文',
  menu: '目录',
  documentation: '文档',
  onThisPage: '本页内容',
  endpoint: '接口说明',
  playground: '在线试用',
  other: 'English',
  footer: '非官方项目，与融云公司无关。引用的文档：',
  contract: '契约版本：',
  alerts: { note: '说明', tip: '提示', important: '重要', warning: '警告', caution: '当心' },
}

/** A language of the site. */
export type Language = 'en' | 'zh'

export const WORDS: Readonly<Record<Language, typeof en>> = { en, zh }
