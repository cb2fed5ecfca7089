/** Version of this package, as in `package.json`: `npm run release:version` writes it. */
export const VERSION = '0.1.0'
