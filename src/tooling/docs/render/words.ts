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
  neighbours: 'Previous and next page',
  prev: 'Previous',
  next: 'Next',
  endpoint: 'Endpoint',
  playground: 'Playground',
  other: '中文',
  footer: 'Unofficial: not made, endorsed or supported by RongCloud, whose documentation is cited:',
  contract: 'Version of the contract:',
}

const zh: typeof en = {
  lang: 'zh-CN',
  skip: '跳到正文',
  menu: '目录',
  documentation: '文档',
  onThisPage: '本页内容',
  neighbours: '上一页和下一页',
  prev: '上一页',
  next: '下一页',
  endpoint: '接口说明',
  playground: '在线试用',
  other: 'English',
  footer: '非官方项目，与融云公司无关。引用的文档：',
  contract: '契约版本：',
}

/** A language of the site. */
export type Language = 'en' | 'zh'

export const WORDS: Readonly<Record<Language, typeof en>> = { en, zh }
