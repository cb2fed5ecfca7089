/**
 * Words of the buttons that scripts add, in the language of the page.
 *
 * @module
 */

const en = {
  copy: 'Copy',
  copied: 'Copied',
  search: 'Search',
  searchHint: 'Search the docs: a word, a field, an error code',
  nothingFound: 'Nothing found.',
  results: 'Results',
  close: 'Close',
  failed: 'The search index could not be loaded.',
  theme: { system: 'Colours: as the system', light: 'Colours: light', dark: 'Colours: dark' },
}

const zh: typeof en = {
  copy: '复制',
  copied: '已复制',
  search: '搜索',
  searchHint: '搜索文档：关键词、字段或错误码',
  nothingFound: '没有找到结果。',
  results: '结果',
  close: '关闭',
  failed: '无法加载搜索索引。',
  theme: { system: '配色：跟随系统', light: '配色：浅色', dark: '配色：深色' },
}

/** Words in one language. */
export type Words = typeof en

/** Those of this page. */
export const WORDS: Words = document.documentElement.lang.startsWith('zh') ? zh : en
