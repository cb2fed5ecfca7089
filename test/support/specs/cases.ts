/**
 * Specs that are broken or unusual: patches to `base.yaml` and `parts.yaml`.
 *
 * In a broken one, `‸` stands where the refusal must point. It is taken out before the spec is read.
 */

/** A change to a file. `from` stands in it once. */
export interface Patch {
  readonly file: 'base.yaml' | 'parts.yaml' | 'redocly.yaml'
  readonly from: string
  readonly to: string
}

/** A spec that is refused, with what is said about the place. */
export interface Broken {
  readonly name: string
  readonly patches: readonly Patch[]
  readonly says: string
}

/** A spec that is generated: what is found in a file, and what is warned of. */
export interface Supported {
  readonly name: string
  readonly patches: readonly Patch[]
  readonly file: string
  readonly has: string
  readonly warnings?: readonly string[]
}

const base = (from: string, to: string): Patch => ({ file: 'base.yaml', from, to })
const parts = (from: string, to: string): Patch => ({ file: 'parts.yaml', from, to })
const broken = (name: string, patches: Patch | readonly Patch[], says: string): Broken => ({
  name,
  patches: [patches].flat(),
  says,
})

const redocly = (from: string, to: string): Patch => ({ file: 'redocly.yaml', from, to })

/** A field that is added to the form of `muteUsers`. */
const field = (schema: string): Patch => parts('    reason:\n', `    extra:\n${schema}    reason:\n`)
/** A part of the answer that is added to that of `muteUsers`. */
const answered = (schema: string): Patch => parts('    receipts:\n', `    extra:\n${schema}    receipts:\n`)
const reason = (keyword: string): Patch => parts('      maxLength: 100\n', `      maxLength: 100\n      ${keyword}\n`)
const unsupported = (keyword: string, value: string, instead = ''): Broken =>
  broken(
    `${keyword} of a schema`,
    reason(`‸${keyword}: ${value}`),
    `Keyword "${keyword}" is not supported: nothing would check it${instead}.`,
  )

/** An error answer that is added to those of `muteUsers`. */
const forbidden = (media: string): Patch =>
  base(
    '        "400":\n          $ref: "#/components/responses/BadRequest"\n  /note',
    `        "400":\n          $ref: "#/components/responses/BadRequest"\n        "403":\n          description: Not allowed.\n          content:\n            application/json:\n              ${media}\n  /note`,
  )

/** Another schema of the code of an error. */
const code = (schema: string): Patch =>
  parts('    code:\n      type: integer\n      examples: [1002]\n', `    code:\n      ${schema}\n`)
/** Objects in objects, each required by the one around it. */
const deep = (levels: number): string =>
  levels === 0 ? '{ const: innermost }' : `{ type: object, required: [in], properties: { in: ${deep(levels - 1)} } }`
/** A schema beside those of `parts.yaml`. */
const component = (schema: string): Patch => parts('ApiError:\n', `${schema}\nApiError:\n`)

/** A list that is added to the form of `muteUsers`. */
const list = (schema: string): Patch[] => [
  field(`      type: array\n${schema}`),
  base(
    'userId: { style: form, explode: true }',
    'userId: { style: form, explode: true }\n              extra: { style: form, explode: true }',
  ),
]

/** A part that no value fits, by the generator's own attempt. */
const NO_VALUE = 'No value can be made that fits this schema: put an example in it.'
const empty = (name: string, schema: string): Broken =>
  broken(name, parts('    reason:\n', `    ‸extra:\n${schema}    reason:\n`), NO_VALUE)

/** What stands beside a reference to a text of up to three characters. */
const beside = (name: string, keyword: string, says: string): Broken =>
  broken(
    `beside a reference, ${name}`,
    [
      parts('Plain:\n', 'Short: { type: string, maxLength: 3, examples: [abc] }\nPlain:\n'),
      field(`      $ref: "#/Short"\n      ${keyword}\n`),
    ],
    says,
  )

/** A reference where OpenAPI has none. */
const misplaced = (name: string, patch: Patch): Broken =>
  broken(`a reference for ${name}`, patch, 'A "$ref" cannot stand here: OpenAPI knows none in this place.')

const NO_FILE = "Can't resolve $ref: ENOENT: no such file or directory 'nothing.yaml'"
const NAMES = 'api, safe, batch, then, toJSON'

export const BROKEN: readonly Broken[] = [
  // The document.
  broken('OpenAPI 3.0', base('openapi: 3.1.1', '‸openapi: 3.0.3'), '"openapi" must be 3.1. Received 3.0.3'),
  broken('OpenAPI 3.2', base('openapi: 3.1.1', '‸openapi: 3.2.0'), '"openapi" must be 3.1. Received 3.2.0'),
  broken('Swagger 2', base('openapi: 3.1.1', '‸swagger: "2.0"'), '"openapi" must be 3.1. Received oas2'),
  broken(
    'an OpenAPI that nobody knows',
    base('openapi: 3.1.1', '‸openapi: 4.0.0'),
    'Unsupported OpenAPI version: 4.0.0',
  ),
  broken('webhooks', base('components:\n', '‸webhooks: {}\ncomponents:\n'), '"webhooks" are not supported.'),
  broken(
    'another dialect',
    base('info:\n', '‸jsonSchemaDialect: https://example.com/dialect\ninfo:\n'),
    '"jsonSchemaDialect" is not supported.',
  ),
  broken(
    'a variable in the URL of a server',
    base('url: https://api.example.com\n', 'url: ‸https://{host}.example.com\n'),
    'Variables in the URL of a server are not supported.',
  ),
  broken(
    'a backup without a region',
    base('    x-region: main\n    x-backup', '    ‸x-backup'),
    '"x-backup" must have "x-region" beside it.',
  ),
  broken('a reference to nothing', base('$ref: parts.yaml#/Muted', '‸$ref: parts.yaml#/Nothing'), "Can't resolve $ref"),
  broken(
    'a form that is nowhere',
    base('$ref: parts.yaml#/Mute\n', '‸$ref: parts.yaml#/Nothing\n'),
    "Can't resolve $ref",
  ),
  broken('a form in no file', base('$ref: parts.yaml#/Mute\n', '‸$ref: nothing.yaml#/Mute\n'), NO_FILE),
  broken(
    'a parameter that is nowhere',
    base('      parameters:\n', '      parameters:\n        - ‸$ref: "#/components/parameters/Nothing"\n'),
    "Can't resolve $ref",
  ),
  broken(
    'an answer that is nowhere',
    base(
      '"400":\n          $ref: "#/components/responses/BadRequest"\n  /note',
      '"400":\n          ‸$ref: "#/components/responses/Nothing"\n  /note',
    ),
    "Can't resolve $ref",
  ),
  broken('a path that is nowhere', base('paths:\n', 'paths:\n  /nothing.json:\n    ‸$ref: nothing.yaml\n'), NO_FILE),
  broken('a field that is nowhere', field('      ‸$ref: "#/Nothing"\n'), "Can't resolve $ref"),
  broken(
    'a property that OpenAPI has not',
    base('      summary: Mute users\n', '      ‸sumary: Mute users\n'),
    'Property `sumary` is not expected here.',
  ),

  broken(
    'a reference to itself',
    field('      ‸$ref: "#/Mute/properties/extra"\n'),
    'This reference leads back to itself.',
  ),
  broken(
    'two references to each other',
    [
      parts('Plain:\n', 'One: { ‸$ref: "#/Two" }\nTwo: { $ref: "parts.yaml#/One" }\nPlain:\n'),
      field('      $ref: "#/One"\n'),
    ],
    'This reference leads back to itself.',
  ),
  broken('a reference that is a number', field('      ‸$ref: 5\n'), '"$ref" must be a string.'),
  broken(
    'a reference to a name with escapes',
    [parts('Plain:\n', 'a/b:\n  type: string\n  examples: [x]\nPlain:\n'), field('      $ref: ‸"#/a~1b"\n')],
    'A reference must end in a name of letters, digits, ".", "_" and "-": it names a component. Received "a~1b".',
  ),
  broken(
    'the URL of a server without a host',
    base('url: https://api.example.com\n', 'url: ‸/v1\n'),
    'The URL of a server must begin with https:// and a host. Received "/v1".',
  ),
  broken(
    'two primary hosts in a region',
    base('    x-region: main\n    x-backup: true\n', '    x-region: ‸main\n'),
    'The region "main" has two primary hosts.',
  ),
  broken(
    'a region with a backup alone',
    base('    x-region: main\n    x-backup: true\n', '    x-region: ‸other\n    x-backup: true\n'),
    'The region "other" has a backup and no primary host.',
  ),

  // Nodes of the wrong shape.
  broken(
    '"required" on a field',
    field('      type: integer\n      required: ‸true\n'),
    'Expected type `array` but got `boolean`.',
  ),
  broken(
    'parameters that are no list',
    base(
      '        - name: X-Request-ID\n          in: header\n          schema:\n            type: string\n            maxLength: 64\n            examples: [abc]\n',
      '        ‸{ name: X-Request-ID, in: header, schema: { type: string } }\n',
    ),
    'Expected type `ParameterList` (array) but got `object`',
  ),
  broken(
    'parameters in a file of their own',
    base(
      '        - name: X-Request-ID\n          in: header\n          schema:\n            type: string\n            maxLength: 64\n            examples: [abc]\n',
      '        ‸$ref: parts.yaml#/Plain\n',
    ),
    'A "$ref" cannot stand here: OpenAPI knows none in this place.',
  ),
  broken(
    'a limit without a value',
    base(
      '      x-rate-limit:\n        limit: 100\n        period: 60000\n        cost: userId\n',
      '      ‸x-rate-limit:\n',
    ),
    'Keyword "x-rate-limit" value must be object.',
  ),
  broken(
    'answers without a value',
    base(
      '      responses:\n        "200":\n          description: Sent.\n          content:\n            application/json:\n              schema:\n                type: object\n                required: [code]\n                properties:\n                  code: { const: 200 }\n              examples:\n                sent:\n                  value: { code: 200 }\n        "400":\n          $ref: "#/components/responses/BadRequest"\ncomponents:\n',
      '      responses: ‸null\ncomponents:\n',
    ),
    'Expected type `Responses` (object) but got `null`',
  ),
  broken(
    'a media type without a value',
    base(
      '              schema:\n                $ref: parts.yaml#/Muted\n              examples:\n                muted:\n                  value: { code: 200, receipts: [] }\n',
      '              ‸null\n',
    ),
    'Expected type `MediaType` (object) but got `null`',
  ),
  broken(
    'a field without a value',
    parts('    code:\n      const: 200\n', '    code: ‸null\n'),
    'Expected type `Schema` (object) but got `null`',
  ),
  broken(
    'an allOf that is no list',
    field('      type: string\n      allOf: ‸{}\n'),
    'Expected type `AllOf` (array) but got `object`',
  ),
  ...['5', 'null'].map((value) =>
    broken(
      `examples that are ${value}`,
      field(`      type: string\n      examples: ‸${value}\n`),
      `Expected type \`array\` but got \`${value === '5' ? 'integer' : 'null'}\`.`,
    ),
  ),
  broken(
    'fields without a value',
    parts(
      'Plain:\n  type: object\n  required: [text]\n  properties:\n    text:\n      type: string\n      minLength: 1\n      examples: [hi]\n',
      'Plain:\n  type: object\n  properties: ‸null\n',
    ),
    'Expected type `SchemaProperties` (object) but got `null`',
  ),
  ...[
    ['text', 'string'],
    ['5', 'integer'],
  ].map(([value = '', type = '']) =>
    broken(
      `a security that is a ${type}`,
      base('security:\n  - appKey: []\n    nonce: []\n    timestamp: []\n    signature: []\n', `security: ‸${value}\n`),
      `Expected type \`SecurityRequirementList\` (array) but got \`${type}\``,
    ),
  ),
  broken(
    'signed parts that are no list',
    base(
      '      x-signature:\n        algorithm: sha1\n        encoding: hex\n        of: [appSecret, nonce, timestamp]\n',
      '      ‸x-signature: { algorithm: sha1, encoding: hex, of: { nonce: true } }\n',
    ),
    'Keyword "x-signature" value/of must be array.',
  ),
  unsupported('$dynamicRef', '"#a"'),
  unsupported('$dynamicAnchor', 'a'),
  broken('$recursiveRef of a schema', reason('‸$recursiveRef: "#"'), 'Property `$recursiveRef` is not expected here.'),

  // References: what stands beside them, where they stand and what they point at.
  beside('a text for a number', 'maxLength: ‸"5"', '"maxLength" must be integer.'),
  beside('a number for a text', 'description: ‸5', '"description" must be string.'),
  beside('a type that is none', 'type: ‸text', '"type" must be equal to one of the allowed values.'),
  beside('an unknown keyword', '‸x-maxbytes: 5', 'Unknown keyword "x-maxbytes". Did you mean "x-max-bytes"?'),
  beside('a flag with a space', '‸x-flag: A B', 'Keyword "x-flag" value must match pattern "^[a-z][a-z0-9-]*$".'),
  beside('no suspicion', '‸x-suspicious: {}', 'Keyword "x-suspicious" value must NOT have fewer than 1 properties.'),
  beside('the unit of a text', '‸x-unit: words', '"x-unit" is about a list. Received it on string.'),
  beside('words of no pattern', '‸x-pattern-words: letters', '"x-pattern-words" must stand beside "pattern".'),
  beside('an example that is too long', 'examples: [‸long]', '"examples" must NOT have more than 3 characters.'),
  beside('a constant of another type', 'const: ‸5', '"const" must be string.'),
  beside('a choice that is too long', 'enum: [abc, ‸long]', '"enum" must NOT have more than 3 characters.'),
  misplaced('fields', field('      type: object\n      properties: { ‸$ref: "#/Plain" }\n')),
  misplaced('required names', parts('required: [text]', 'required: { ‸$ref: "#/Plain" }')),
  misplaced('a choice', field('      type: string\n      enum: { ‸$ref: "#/Plain" }\n')),
  misplaced('a type', field('      type: { ‸$ref: "#/Plain" }\n')),
  misplaced('a pattern', field('      type: string\n      pattern: { ‸$ref: "#/Plain" }\n')),
  misplaced('examples', field('      type: string\n      examples: { ‸$ref: "#/Plain" }\n')),
  misplaced('an allOf', field('      type: string\n      allOf: { ‸$ref: "#/Plain" }\n')),
  misplaced('signed parts', base('of: [appSecret, nonce, timestamp]', 'of: { ‸$ref: parts.yaml#/Plain }')),
  misplaced('all schemes', base('    appKey:\n      type', '    ‸$ref: parts.yaml#/Plain\n    appKey:\n      type')),
  broken(
    'a reference to a schema of a path',
    base(
      '                  x-reserved-prefix: "N:"\n',
      '                  x-reserved-prefix: "N:"\n                  allOf: [{ $ref: ‸"#/paths/~1note~1send.json/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/body" }]\n',
    ),
    'A reference to a schema of the root file must begin with #/components/schemas/. Received "#/paths/~1note~1send.json/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/body".',
  ),
  broken(
    'a reference to the schema of an answer, from another file',
    field('      $ref: ‸base.yaml#/components/responses/BadRequest/content/application~1json/schema\n'),
    'A reference to a schema of the root file must begin with #/components/schemas/. Received "base.yaml#/components/responses/BadRequest/content/application~1json/schema".',
  ),
  broken(
    'a reference with an escape of URLs',
    [
      base('components:\n', 'components:\n  schemas:\n    Body: { type: string, examples: [a] }\n'),
      base(
        '                body:\n                  type: string\n                  minLength: 1\n                  examples: [\'{"text":"hi"}\']\n',
        '                body: { $ref: ‸"#/components/schemas/%42ody" }\n',
      ),
    ],
    'A reference must be written without escapes of URLs. Received "#/components/schemas/%42ody".',
  ),
  broken(
    'an alias inside what it stands for',
    field('      &extra\n      type: array\n      ‸items: *extra\n'),
    'This alias stands inside what it stands for.',
  ),
  broken(
    'a reference to a part of itself',
    base('components:\n', 'components:\n  ‸$ref: "#/components/schemas"\n'),
    'This reference leads back to itself.',
  ),

  // redocly.yaml.
  broken(
    'a redocly.yaml without our rules',
    [
      redocly('# Lint, bundle', '‸# Lint, bundle'),
      redocly(
        'plugins:\n  - src/tooling/lint/vocabulary.js\nrules:\n  contract/keywords: error\n  contract/assumption-ids: error\n  contract/field-names: error\n  contract/list-encoding: error\n  contract/signature-parts: error\n  contract/signature-vector: error\n  contract/text-length: error\n  contract/references: error\n  contract/schemas: error\n  contract/defaults: error\n  contract/operations: error\n  contract/security: error\n  contract/placement: error\n  contract/suspicious: error\n',
        'rules:\n',
      ),
    ],
    '"plugins" must name src/tooling/lint/vocabulary.js.',
  ),
  broken(
    'a redocly.yaml that is no YAML',
    redocly('telemetry: off\napis', 'telemetry: [off\n‸apis'),
    'deficient indentation',
  ),
  broken(
    'a preset that Redocly has not',
    redocly('- recommended-strict', '- ‸recommended-stric'),
    'Invalid config recommended-stric: there is no such built-in config.',
  ),
  broken(
    'a member that Redocly has not',
    redocly('telemetry: off', '‸telemetri: off'),
    'Property `telemetri` is not expected here.',
  ),
  broken(
    'a severity that Redocly has not',
    redocly('contract/keywords: error', 'contract/keywords: ‸fatal'),
    '`contract/keywords` can be one of the following only: "error", "warn", "off".',
  ),
  broken(
    'a rule that the plugin has not',
    redocly('contract/keywords: error', '‸contract/keyword: error'),
    'No plugin has the rule "contract/keyword".',
  ),

  // Security.
  broken(
    'no security',
    [
      base('openapi: 3.1.1', '# Users.\n‸openapi: 3.1.1'),
      base('security:\n  - appKey: []\n    nonce: []\n    timestamp: []\n    signature: []\n', ''),
    ],
    '"security" must name every scheme. It lacks "appKey".',
  ),
  broken('a scope', base('  - appKey: []\n', '  - appKey: [‸read]\n'), 'The scheme "appKey" has no scopes: write [].'),
  broken(
    'two schemes in one header',
    base('name: Nonce\n', 'name: ‸app-key\n'),
    'The header "app-key" belongs to the scheme "appKey" already.',
  ),
  broken('a header with a blank', base('name: Nonce\n', 'name: ‸No nce\n'), 'A header cannot be called "No nce".'),
  broken(
    'a scheme that nobody can fill',
    [
      base(
        '    nonce:\n      type',
        '    ‸tenant: { type: apiKey, in: header, name: X-Tenant, x-aliases: [RC-X] }\n    nonce:\n      type',
      ),
      base('    signature: []\n', '    signature: []\n    tenant: []\n'),
    ],
    'The scheme "tenant" must be one of appKey, nonce, timestamp, or have "x-signature".',
  ),
  broken(
    'a scheme in the query',
    base('in: header\n      name: Nonce', 'in: ‸query\n      name: Nonce'),
    'The scheme "nonce" must be an apiKey in a header.',
  ),
  broken(
    'no signature',
    [
      base('  securitySchemes:\n', '  ‸securitySchemes:\n'),
      base(
        '      x-signature:\n        algorithm: sha1\n        encoding: hex\n        of: [appSecret, nonce, timestamp]\n',
        '',
      ),
    ],
    'One security scheme must have "x-signature".',
  ),
  broken(
    'a scheme that "security" leaves out',
    base('security:\n  - appKey: []\n    nonce: []\n', '‸security:\n  - appKey: []\n'),
    '"security" must name every scheme. It lacks "nonce".',
  ),
  broken(
    'two ways to sign',
    base('    signature: []\n', '    signature: []\n  - ‸appKey: []\n'),
    'Every call is signed in one way: "security" must have one entry.',
  ),

  // Operations.
  broken(
    'a name that the client has itself',
    base('operationId: muteUsers', 'operationId: ‸batch'),
    `"operationId" must be the name of a method, and none of ${NAMES} or what every object has. Received "batch".`,
  ),
  broken(
    'a name that every object has',
    base('operationId: muteUsers', 'operationId: ‸toString'),
    `"operationId" must be the name of a method, and none of ${NAMES} or what every object has. Received "toString".`,
  ),
  broken(
    'a name that is no method',
    base('operationId: muteUsers', 'operationId: ‸mute-users'),
    `"operationId" must be the name of a method, and none of ${NAMES} or what every object has. Received "mute-users".`,
  ),
  broken(
    'no name',
    base('    post:\n      operationId: muteUsers\n', '    ‸post:\n'),
    'Operation object should contain `operationId` field.',
  ),
  broken(
    'a name twice',
    base('operationId: sendNote', '‸operationId: muteUsers'),
    'Every operation must have a unique `operationId`.',
  ),
  broken(
    'a parameter in the path',
    base('  /user/mute.json:', '  ‸/user/{id}/mute.json:'),
    'Parameters in the path are not supported.',
  ),
  broken(
    'a method without a body',
    base('    post:\n      operationId: muteUsers', '    ‸get:\n      operationId: muteUsers'),
    'An operation sends a form, which "get" cannot carry: use a method such as "post".',
  ),
  broken(
    'security of its own',
    base('      summary: Mute users\n', '      summary: Mute users\n      ‸security: []\n'),
    '"security" of its own is not supported: all operations share one.',
  ),
  broken(
    'servers of its own',
    base('      summary: Mute users\n', '      summary: Mute users\n      ‸servers: [{ url: https://a.example }]\n'),
    '"servers" of its own is not supported: all operations share one.',
  ),
  broken(
    'a parameter in the query',
    base('          in: header\n          schema', '          in: ‸query\n          schema'),
    'Parameters in "query" are not supported. Received "X-Request-ID".',
  ),
  broken(
    'a header that is a number',
    base(
      '            type: string\n            maxLength: 64\n            examples: [abc]',
      '            type: ‸integer\n            examples: [1]',
    ),
    'The header parameter "X-Request-ID" must be a string. Received "integer".',
  ),
  broken(
    'a header that OpenAPI ignores',
    base('name: X-Request-ID', 'name: ‸Accept'),
    'OpenAPI ignores a header parameter "Accept": leave it out.',
  ),
  broken(
    'a JSON body',
    base(
      '          application/x-www-form-urlencoded:\n            schema:\n              $ref',
      '          ‸application/json:\n            schema:\n              $ref',
    ),
    'The request body must be application/x-www-form-urlencoded. Received application/json.',
  ),

  broken(
    'a path without an operation',
    base('  /note/send.json:\n', '  ‸/note/read.json: {}\n  /note/send.json:\n'),
    'A path must have an operation.',
  ),
  ...['/user/mute.json?a=b', '/user/mute%2Ejson', '/user/../mute.json', '//user/mute.json', '/'].map((path) =>
    broken(
      `the path ${path}`,
      base('  /user/mute.json:', `  ‸${path}:`),
      `A path must be segments with a name each, without escape, query or fragment, such as /user/mute.json. Received "${path}".`,
    ),
  ),
  broken(
    'the method of preflights',
    base('    post:\n      operationId: muteUsers', '    ‸options:\n      operationId: muteUsers'),
    '"options" is the method of preflights: use a method such as "post".',
  ),
  broken(
    'names that differ in their first letter alone',
    base('operationId: sendNote', 'operationId: ‸MuteUsers'),
    '"operationId" must differ from "muteUsers" in more than its first letter.',
  ),
  broken(
    'callbacks',
    base('      summary: Mute users\n', '      summary: Mute users\n      ‸callbacks: {}\n'),
    '"callbacks" of its own is not supported: all operations share one.',
  ),
  broken('a header without a name', base('name: X-Request-ID', 'name: ‸""'), 'A header cannot be called "".'),
  broken(
    'a header that HTTP needs',
    base('name: X-Request-ID', 'name: ‸Content-Length'),
    'A header parameter "Content-Length" is not supported: HTTP, the client or the mock needs it.',
  ),
  ...['Sec-Fetch-Mode', 'Proxy-Connection', '__proto__'].map((name) =>
    broken(
      `a header that does not arrive, ${name}`,
      base('name: X-Request-ID', `name: ‸${name}`),
      `A header parameter "${name}" is not supported: HTTP, the client or the mock needs it.`,
    ),
  ),
  broken(
    'a header that signs',
    base('name: X-Request-ID', 'name: ‸rc-nonce'),
    'The header "rc-nonce" signs the call, so it cannot be a parameter.',
  ),
  broken(
    'a header twice',
    base(
      '        - name: X-Request-ID\n',
      '        - { name: x-request-id, in: header, schema: { type: string, examples: [a] } }\n        - name: ‸X-Request-ID\n',
    ),
    'The header "X-Request-ID" is described twice.',
  ),
  broken(
    'a header in another style',
    base('          in: header\n          schema', '          in: header\n          style: ‸form\n          schema'),
    'The "style" of a header must be "simple". Received "form".',
  ),
  broken(
    'a keyword of URLs on a header',
    base(
      '          in: header\n          schema',
      '          in: header\n          ‸allowReserved: true\n          schema',
    ),
    '"allowReserved" of a header is not supported.',
  ),
  broken(
    'a header that cannot be sent',
    base('examples: [abc]', 'examples: [‸中]'),
    'A header must be printable ASCII. Received "中".',
  ),
  broken(
    'a header of whose pattern nothing can be sent',
    base('            maxLength: 64\n            examples: [abc]', '            pattern: ‸^[一-龥]+$'),
    'No header can be made for the pattern ^[一-龥]+$: put an example beside it.',
  ),

  // The form.
  broken(
    'a body without content',
    base(
      '        content:\n          application/x-www-form-urlencoded:\n            schema:\n              $ref: parts.yaml#/Mute\n            encoding:\n              userId: { style: form, explode: true }\n',
      '        ‸content: {}\n',
    ),
    'The request body must have content of application/x-www-form-urlencoded.',
  ),
  broken(
    'a body that may be missing, with a field that must not',
    base(
      '      requestBody:\n        required: true\n        content:\n          application/x-www-form-urlencoded:\n            schema:\n              $ref',
      '      ‸requestBody:\n        content:\n          application/x-www-form-urlencoded:\n            schema:\n              $ref',
    ),
    'The form has required fields, so its body must have "required: true".',
  ),
  broken(
    'a field of no type',
    parts('    reason:\n', '    ‸extra:\n      description: What?\n    reason:\n'),
    'Field "extra" must have a "type".',
  ),
  broken(
    'a schema for all other fields',
    parts('Mute:\n  type: object\n', 'Mute:\n  type: object\n  ‸additionalProperties: { type: integer }\n'),
    'Fields that a form does not name carry no type: write "additionalProperties: false", or leave it out.',
  ),
  broken(
    'a field in another style',
    base(
      'userId: { style: form, explode: true }',
      'userId: { style: form, explode: true }\n              reason: { style: ‸deepObject }',
    ),
    'The style of a field must be "form". Received "deepObject".',
  ),
  broken(
    'an object in a form',
    parts('    reason:\n', '    ‸extra:\n      type: object\n    reason:\n'),
    'Field "extra" is an object, which a form cannot carry; make it a JSON string.',
  ),
  broken(
    'a field of two types',
    parts('    reason:\n', '    ‸extra:\n      type: [integer, string]\n    reason:\n'),
    'Field "extra" must have one type, for a form says none. Received integer, string.',
  ),
  broken(
    'a field that may be null',
    parts('    reason:\n', '    ‸extra:\n      type: [string, "null"]\n    reason:\n'),
    'Field "extra" may be null, which a form cannot carry; leave it out of "required".',
  ),
  broken(
    'a list of lists',
    [
      parts(
        '    reason:\n',
        '    extra:\n      type: array\n      items:\n        ‸type: array\n        items: { type: string }\n    reason:\n',
      ),
      base(
        'userId: { style: form, explode: true }',
        'userId: { style: form, explode: true }\n              extra: { style: form, explode: true }',
      ),
    ],
    'Field "extra" is a list of lists, which a form cannot carry.',
  ),
  broken(
    'a list without items',
    [
      parts('    reason:\n', '    ‸extra:\n      type: array\n    reason:\n'),
      base(
        'userId: { style: form, explode: true }',
        'userId: { style: form, explode: true }\n              extra: { style: form, explode: true }',
      ),
    ],
    'Field "extra" is a list, so it must have "items".',
  ),
  broken(
    'a required field that is none',
    parts('required: [userId]', 'required: [userId, ‸nobody]'),
    '"nobody" is required, and no field of the request.',
  ),
  broken(
    'a form without a schema',
    base(
      '          application/x-www-form-urlencoded:\n            schema:\n              $ref: parts.yaml#/Mute\n            encoding:\n              userId: { style: form, explode: true }\n',
      '          ‸application/x-www-form-urlencoded: {}\n',
    ),
    'A form must have a "schema".',
  ),
  broken(
    'a field of one alternative alone',
    base(
      '              $ref: parts.yaml#/Mute\n',
      '              $ref: parts.yaml#/Mute\n              oneOf:\n                - { type: object, properties: { ‸x: { type: string } } }\n                - { type: object }\n',
    ),
    'The fields of a form must stand beside its alternatives, not in them.',
  ),
  broken(
    'a field that may be nothing, by its values',
    parts('    reason:\n', '    ‸extra:\n      enum: [a, null]\n    reason:\n'),
    'Field "extra" may be null, which a form cannot carry; leave it out of "required".',
  ),
  broken(
    'a schema that is true',
    parts('    reason:\n', '    extra: ‸true\n    reason:\n'),
    'A schema must be an object. Received true.',
  ),
  broken(
    'a schema that is a part of itself',
    field('      ‸allOf: [{ $ref: "#/Mute/properties/extra" }]\n'),
    'A schema must not be a part of itself.',
  ),
  broken(
    'a limit of nothing',
    base('      x-rate-limit:\n        limit: 100', '      ‸x-rate-limit:\n        limit: 0'),
    'Keyword "x-rate-limit" value/limit must be >= 1.',
  ),
  ...['valueOf', '__defineGetter__', '__lookupSetter__'].map((name) =>
    broken(
      `a field that every object has, ${name}`,
      parts('    reason:', `    ‸${name}:`),
      `A field cannot be called "${name}".`,
    ),
  ),
  broken(
    'a signed part that every object has',
    base('of: [appSecret, nonce, timestamp]', 'of: ‸[appSecret, constructor]'),
    '"constructor" is neither appSecret nor a security scheme. Schemes: appKey, nonce, timestamp, signature.',
  ),
  broken(
    'a list whose encoding is not written out',
    base('userId: { style: form, explode: true }', 'userId: ‸{ style: form, explode: false }'),
    'The list "userId" must have its encoding written out: { style: form, explode: true }.',
  ),
  broken(
    'an encoding of no field',
    base(
      'userId: { style: form, explode: true }',
      'userId: { style: form, explode: true }\n              ‸user: { style: form }',
    ),
    '"user" is no field of the request.',
  ),
  broken(
    'another content in a field',
    base('userId: { style: form, explode: true }', 'userId: { style: form, explode: true, ‸contentType: text/plain }'),
    '"contentType" of an encoding is not supported.',
  ),
  broken(
    'two message fields that differ',
    base('                  x-content-field: body\n', '                  x-content-field: ‸text\n'),
    '"text" is no field of the request. Its fields: kind, body.',
  ),

  // Schemas.
  unsupported('format', 'email', '; write the form as a "pattern", or in the description'),
  unsupported('contentSchema', '{ type: object }', '; write "x-message-types"'),
  unsupported('contentMediaType', 'application/json', '; say it in the description'),
  unsupported('not', '{ const: x }', '; write what is allowed'),
  unsupported('if', '{ minLength: 2 }'),
  unsupported('readOnly', 'true'),
  broken(
    'unevaluatedProperties',
    parts('Mute:\n  type: object\n', 'Mute:\n  type: object\n  ‸unevaluatedProperties: false\n'),
    'Keyword "unevaluatedProperties" is not supported: nothing would check it; write "additionalProperties".',
  ),
  broken(
    'patternProperties',
    parts('Plain:\n  type: object\n', 'Plain:\n  type: object\n  ‸patternProperties: { "^x": { type: string } }\n'),
    'Keyword "patternProperties" is not supported: nothing would check it.',
  ),
  broken(
    'an unsupported keyword beside a reference',
    base(
      '                $ref: parts.yaml#/Muted\n',
      '                $ref: parts.yaml#/Muted\n                ‸unevaluatedProperties: false\n',
    ),
    'Keyword "unevaluatedProperties" is not supported: nothing would check it; write "additionalProperties".',
  ),
  ...[
    ['minimum: 5', 'minimum'],
    ['maxItems: 5', 'maxItems'],
    ['properties: { a: { type: string, examples: [b] } }', 'properties'],
  ].map(([keyword = '', name = '']) =>
    broken(`${name} of a text`, reason(`‸${keyword}`), `"${name}" says nothing of type string.`),
  ),
  ...['array', 'integer', 'boolean', 'string'].map((type) =>
    broken(
      `a list of one type, ${type}`,
      field(`      type: ‸[${type}]\n${type === 'array' ? '      items: { type: string }\n' : ''}`),
      `A list of one type is not supported: write "type: ${type}".`,
    ),
  ),
  ...['minimum', 'exclusiveMaximum', 'const', 'default', 'example'].map((keyword) =>
    broken(
      `an integer that is too large, as ${keyword}`,
      field(`      type: integer\n      ${keyword}: ‸9007199254740992\n`),
      'An integer must be at most 2^53 - 1 from zero. Received 9007199254740992.',
    ),
  ),
  broken(
    'a choice with an integer that is too large',
    field('      type: integer\n      enum: [1, ‸-9007199254740992]\n'),
    'An integer must be at most 2^53 - 1 from zero. Received -9007199254740992.',
  ),
  broken(
    'a field without a name',
    [parts('    reason:', '    "":'), parts('[userId]\n  properties:', '[userId]\n  ‸properties:')],
    'A field cannot be called "".',
  ),
  ...['oneOf', 'anyOf'].map((keyword) =>
    broken(
      `a schema that is an alternative of itself, ${keyword}`,
      [
        parts('Plain:\n', `Loop: { ‸${keyword}: [{ $ref: "#/Loop" }, { type: string }] }\nPlain:\n`),
        field('      type: string\n'),
        answered('      $ref: "#/Loop"\n'),
      ],
      'A schema must not be a part of itself.',
    ),
  ),
  broken('no type at all', field('      type: ‸[]\n'), '"type" must have a value.'),
  broken('no alternative', field('      oneOf: ‸[]\n'), '"oneOf" must have a value.'),
  broken('a choice with a value twice', field('      enum: [a, ‸a]\n'), '"enum" has "a" twice.'),
  broken(
    'a number without end',
    field('      type: number\n      maximum: ‸.inf\n'),
    '"maximum" must be a number. Received Infinity.',
  ),
  broken('items that are false', list('      items: ‸false\n'), 'A schema must be an object. Received false.'),
  broken(
    'two types that must both hold',
    field('      type: ‸number\n      allOf: [{ type: integer }]\n'),
    '"type" stands in two schemas that must both hold. Received integer and number.',
  ),
  broken(
    'two divisors that must both hold',
    field('      type: integer\n      multipleOf: ‸2\n      allOf: [{ multipleOf: 3 }]\n'),
    '"multipleOf" stands in two schemas that must both hold. Received 3 and 2.',
  ),
  empty('no integer between two bounds', '      type: integer\n      exclusiveMinimum: 3\n      exclusiveMaximum: 4\n'),
  empty(
    'no multiple between two bounds',
    '      type: integer\n      minimum: 1\n      maximum: 4\n      multipleOf: 5\n',
  ),
  empty('a constant that is no choice', '      type: string\n      enum: [a]\n      const: b\n'),
  empty('two choices with nothing in common', '      type: string\n      enum: [a]\n      allOf: [{ enum: [b] }]\n'),
  empty('a choice that is too short', '      type: string\n      minLength: 3\n      enum: [b]\n'),
  empty('a pattern that is too long', '      type: string\n      maxLength: 3\n      pattern: ^[a-z]{5}$\n'),
  broken('a misspelt keyword', reason('‸maxlength: 3'), 'Property `maxlength` is not expected here.'),
  broken(
    'a pattern that is none',
    reason('pattern: ‸"(a"'),
    '"pattern" must be a regular expression: Invalid regular expression: /(a/u: Unterminated group.',
  ),
  broken(
    'a pattern that no text can be made for',
    field('      type: string\n      pattern: ‸^(?=a)b$\n'),
    'No text can be made for the pattern ^(?=a)b$: put an example beside it.',
  ),
  broken(
    'bounds that leave nothing',
    parts('maxItems: 20', 'maxItems: ‸0'),
    '"maxItems" must be at least "minItems", 1. Received 0.',
  ),
  broken(
    'bounds that leave nothing, in an allOf',
    field('      type: integer\n      minimum: 5\n      allOf: [{ maximum: ‸4 }]\n'),
    '"maximum" must be at least "minimum", 5. Received 4.',
  ),
  broken(
    'a length that is no number of characters',
    parts('maxLength: 100', 'maxLength: ‸1.5'),
    'Expected type `integer` but got `number`.',
  ),
  broken(
    'a text that must be longer than any example',
    field('      type: string\n      minLength: ‸2147483647\n'),
    '"minLength" must be at most 5000000, for examples to be made. Received 2147483647.',
  ),
  broken(
    'a multiple of nothing',
    field('      type: integer\n      multipleOf: ‸0\n'),
    '"multipleOf" must be more than 0. Received 0.',
  ),
  broken('a choice of nothing', field('      type: string\n      enum: ‸[]\n'), '"enum" must have a value.'),
  broken(
    'a choice of another type',
    field('      type: integer\n      enum: [1, ‸two]\n'),
    'All values of `enum` field must be of the same type as the `type` field: expected "integer" but received "string".',
  ),
  broken(
    'a default that does not fit',
    parts('default: low', 'default: ‸middle'),
    '"default" must be equal to one of the allowed values.',
  ),
  broken('a default of another type', reason('default: ‸5'), '"default" must be string.'),
  broken(
    'an example that does not fit',
    parts('examples: [loud]', 'examples: [‸5]'),
    'Example value must conform to the schema: type must be string.',
  ),
  broken(
    'two patterns that must both hold',
    field('      type: string\n      examples: [a]\n      pattern: ‸^a\n      allOf: [{ pattern: a$ }]\n'),
    '"pattern" stands in two schemas that must both hold. Received a$ and ^a.',
  ),

  // Answers.
  broken(
    'a text answer',
    base(
      '          description: Muted.\n          content:\n            application/json:',
      '          description: Muted.\n          content:\n            ‸text/plain:',
    ),
    'An answer must be application/json. Received text/plain.',
  ),
  broken(
    'an answer for every status',
    base(
      '        "400":\n          $ref: "#/components/responses/BadRequest"\n  /note',
      '        ‸default:\n          $ref: "#/components/responses/BadRequest"\n  /note',
    ),
    'An answer must be named by one HTTP status, 200 to 599. Received "default".',
  ),
  broken(
    'two answers that mean success',
    base(
      '      responses:\n        "200":\n          description: Muted.',
      '      ‸responses:\n        "204": { description: None. }\n        "200":\n          description: Muted.',
    ),
    '"responses" must have one 2xx answer. Received 200 and 204.',
  ),
  broken(
    'no answer that means success',
    [
      base(
        '      responses:\n        "200":\n          description: Muted.',
        '      ‸responses:\n        "300":\n          description: Muted.',
      ),
      base('$ref: parts.yaml#/Muted\n', '$ref: parts.yaml#/ApiError\n'),
    ],
    '"responses" must have one 2xx answer. Received none.',
  ),
  broken(
    'an example without a name',
    base(
      '              examples:\n                muted:\n                  value: { code: 200, receipts: [] }',
      '              ‸example: { code: 200, receipts: [] }',
    ),
    'An example must have a name: write "examples".',
  ),
  broken(
    'an example elsewhere',
    base(
      '                  value: { code: 200, receipts: [] }',
      '                  ‸externalValue: https://a.example/a.json',
    ),
    'The example "muted" must have a "value".',
  ),
  broken(
    'a name that two answers have',
    base('            badRequest:\n', '            ‸muted:\n'),
    'Two answers have an example named "muted".',
  ),
  ...(
    [
      ['a code', []],
      ['a code behind a reference', [code('$ref: "#/Code"'), component('Code: { type: integer }')]],
      [
        'a code that says so behind a reference',
        [
          code('$ref: "#/Code"'),
          component('Code: { type: integer, x-error-part: code }'),
          parts('    url:\n', '    count: { type: integer }\n    url:\n'),
        ],
      ],
      ['a code by its parts', [code('allOf: [{ type: integer }]')]],
      ['a code by its values', [code('enum: [1002, 404]')]],
    ] as const
  ).map(([name, patches]) =>
    broken(
      `${name} that means two things`,
      [
        base(
          '              value: { url: /a.json, code: 404',
          '              x-retry: ‸unknown\n              value: { url: /a.json, code: 1002',
        ),
        ...patches,
      ],
      'Code 1002 has another x-retry in an example before: "never".',
    ),
  ),
  broken(
    'a code that means two things, behind an integer that the error before does not have',
    forbidden(
      'schema: { type: object, properties: { after: { type: integer }, code: { type: integer } } }\n              examples: { no: { x-retry: ‸unknown, value: { after: 1, code: 1002 } } }',
    ),
    'Code 1002 has another x-retry in an example before: "never".',
  ),
  broken(
    'an answer that holds itself',
    [
      parts('Muted:\n  type: object\n  required: [code]\n', 'Muted:\n  type: object\n  required: [code, extra]\n'),
      parts('    receipts:\n', '    extra:\n      ‸$ref: "#/Muted"\n    receipts:\n'),
    ],
    'An answer must not contain itself without end: leave the field out of "required".',
  ),

  broken(
    'an answer with a header',
    base(
      '          description: Muted.\n',
      '          description: Muted.\n          ‸headers: { X-Rate: { schema: { type: integer } } }\n',
    ),
    '"headers" of an answer are not supported: nothing would send or check them.',
  ),
  broken(
    'an answer with a link',
    base(
      '          description: Muted.\n',
      '          description: Muted.\n          ‸links: { next: { operationId: sendNote } }\n',
    ),
    '"links" of an answer are not supported: nothing would send or check them.',
  ),
  broken(
    'a body where HTTP has none',
    base(
      '        "200":\n          description: Muted.\n          content',
      '        "204":\n          description: Muted.\n          ‸content',
    ),
    'An answer with status 204 has no body.',
  ),
  broken(
    'an example of an answer that does not fit',
    base('value: { code: 200, receipts: [] }', 'value: { code: ‸201, receipts: [] }'),
    'Example value must conform to the schema: `code` property must be equal to constant.',
  ),
  broken(
    'an answer with a field that it does not describe',
    [
      parts('Muted:\n  type: object\n  required: [code]\n', 'Muted:\n  type: object\n  required: [code, more]\n'),
      base(
        '              schema:\n                $ref: parts.yaml#/Muted\n              examples:\n                muted:\n                  value: { code: 200, receipts: [] }\n',
        '              ‸schema:\n                $ref: parts.yaml#/Muted\n',
      ),
    ],
    NO_VALUE,
  ),
  broken(
    'an answer that holds itself by its first alternative',
    [
      parts('Muted:\n  type: object\n  required: [code]\n', 'Muted:\n  type: object\n  required: [code, extra]\n'),
      base(
        '                  value: { code: 200, receipts: [] }',
        '                  value: { code: 200, extra: null }',
      ),
      answered('      oneOf: [‸{ $ref: "#/Muted" }, { type: "null" }]\n'),
    ],
    'An answer must not contain itself without end: leave the field out of "required".',
  ),
  ...[
    ['type: string', 'string'],
    ['type: integer', 'integer'],
    ['type: "null"', 'null'],
    ['type: array', 'array'],
    ['enum: [a, 1]', 'string, integer'],
    ['oneOf: [{ $ref: parts.yaml#/Plain }, { type: string }]', 'object, string'],
  ].map(([schema = '', types = '']) =>
    broken(
      `an answer that is no object, ${schema}`,
      base(
        '              schema:\n                $ref: parts.yaml#/Muted\n              examples:\n                muted:\n                  value: { code: 200, receipts: [] }\n',
        `              schema:\n                ‸${schema}\n`,
      ),
      `An answer must be an object. Received ${types}.`,
    ),
  ),
  ...[
    ['code', 'status', '"code"'],
    ['message', 'text', '"errorMessage"'],
  ].map(([part = '', name = '', known = '']) =>
    broken(
      `an error whose ${part} has another name`,
      [
        parts('      examples: [1002]\n', '      examples: [1002]\n      x-error-part: code\n'),
        parts('      examples: [wrong]\n', '      examples: [wrong]\n      x-error-part: message\n'),
        forbidden(
          `schema: { type: object, properties: { code: { type: integer }, ‸${name}: { type: ${part === 'code' ? 'integer' : 'string'}, x-error-part: ${part} } } }`,
        ),
      ],
      `The ${part} of an error is ${known} in another field already.`,
    ),
  ),
  broken(
    'an error with two codes',
    [
      parts('      examples: [1002]\n', '      examples: [1002]\n      x-error-part: code\n'),
      parts('    errorMessage:\n', '    ‸status: { type: integer, x-error-part: code }\n    errorMessage:\n'),
    ],
    'The code of an error is "code" in another field already.',
  ),
  broken(
    'an error whose code is a text',
    parts(
      '    code:\n      type: integer\n      examples: [1002]\n    errorMessage:\n      type: string\n',
      '    code:\n      type: integer\n      examples: [1002]\n    ‸errorMessage:\n      type: string\n      x-error-part: code\n',
    ),
    'The code of an error must be an integer.',
  ),
  broken(
    'an error without the code of all errors',
    forbidden('‸schema: { type: object, properties: { status: { type: integer } } }'),
    'An error answer must have the field "code", which is the code of all errors.',
  ),

  // Messages.
  broken(
    'a message that holds itself',
    parts(
      'Plain:\n  type: object\n  required: [text]\n  properties:\n',
      'Plain:\n  type: object\n  required: [text, reply]\n  properties:\n    reply:\n      ‸$ref: "#/Plain"\n',
    ),
    'A message must not contain itself without end: leave the field out of "required".',
  ),
  broken(
    'a message that is a text',
    base('{ schema: { $ref: parts.yaml#/Plain }', '{ ‸schema: { type: string, examples: [a] }'),
    'The content of "N:Plain" must be an object.',
  ),
  broken(
    'a message in the field of its type',
    base('x-content-field: body', 'x-content-field: ‸kind'),
    '"kind" cannot carry a message: the content is a text field of its own.',
  ),
  broken(
    'a message in a number',
    [
      base(
        '                  type: string\n                  minLength: 1\n                  examples: [\'{"text":"hi"}\']\n',
        '                  type: integer\n',
      ),
      base('x-content-field: body', 'x-content-field: ‸body'),
    ],
    '"body" cannot carry a message: the content is a text field of its own.',
  ),

  // Our own keywords.
  broken(
    'an assumption that is a text alone',
    reason('‸x-assumption: Nobody knows.'),
    'Keyword "x-assumption" value must be object.',
  ),
  broken(
    'an assumption without what settles it',
    reason('‸x-assumption: { loud: { claim: It is loud. } }'),
    "Keyword \"x-assumption\" value/loud must have required property 'settledBy', value/loud must have required property 'unsettled', value/loud must match exactly one schema in oneOf.",
  ),
  broken(
    'an assumption that is settled and is not',
    reason('‸x-assumption: { loud: { claim: It is loud., settledBy: [maxLength], unsettled: Nothing tells. } }'),
    'Keyword "x-assumption" value/loud must match exactly one schema in oneOf.',
  ),
  broken(
    'an assumption of two sentences',
    reason('‸x-assumption: { loud: { claim: It is loud. It is long., settledBy: [maxLength] } }'),
    'Keyword "x-assumption" value/loud/claim must match pattern "^(?!.*[.!?] +[A-Z])[^\\n]+\\.$".',
  ),
  broken(
    'an assumption that an unknown rule settles',
    reason('‸x-assumption: { loud: { claim: It is loud., settledBy: [maxLengths] } }'),
    'Keyword "x-assumption" value/loud/settledBy/0 must be equal to one of the allowed values, value/loud/settledBy/0 must match pattern ": ", value/loud/settledBy/0 must match a schema in anyOf.',
  ),
  broken(
    'two assumptions of one id',
    [
      reason('x-assumption: { loud: { claim: It is loud., settledBy: [maxLength] } }'),
      parts(
        '      enum: [low, high]\n',
        '      enum: [low, high]\n      x-assumption: { ‸loud: { claim: It is low., settledBy: [enum] } }\n',
      ),
    ],
    '"loud" is the id of another assumption already.',
  ),
  broken(
    'a repetition of what is no list',
    [parts('x-for-each: userId', 'x-for-each: ‸reason'), parts('x-value-of: userId', 'x-value-of: reason')],
    '"x-for-each" must name a list. Received "reason".',
  ),
  broken(
    'a list repeated in a text',
    answered('      type: string\n      x-value-of: ‸userId\n      examples: [ann]\n'),
    '"userId" is array here, which does not fit the type of this field.',
  ),
  ...[
    ['x-max-byte', ' Did you mean "x-max-bytes"?'],
    ['x-Flag', ' Did you mean "x-flag"?'],
    ['x-retries', ' Did you mean "x-retry"?'],
    ['x-reserved', ' Did you mean "x-reserved-prefix"?'],
    ['x-internal', ''],
    ['x-logo', ''],
    ['x-go-type', ''],
    ['x-', ''],
  ].map(([keyword, suggestion]) =>
    broken(`an unknown keyword, ${keyword}`, reason(`‸${keyword}: 64`), `Unknown keyword "${keyword}".${suggestion}`),
  ),
  broken('a keyword of the wrong shape', reason('‸x-max-bytes: many'), 'Keyword "x-max-bytes" value must be integer.'),
  broken(
    'a keyword on the wrong object',
    base('      summary: Mute users\n', '      summary: Mute users\n      ‸x-max-bytes: 5\n'),
    'Keyword "x-max-bytes" must stand on Schema. Received it on Operation.',
  ),
  broken(
    'bytes of a number',
    field('      type: integer\n      ‸x-max-bytes: 5\n'),
    '"x-max-bytes" is about a string. Received it on integer.',
  ),
  broken('the unit of a text', reason('‸x-unit: words'), '"x-unit" is about a list. Received it on string.'),
  broken(
    'a repetition of a text',
    parts('            pattern: ^R-\\d{4}$\n', '            ‸x-for-each: userId\n            pattern: ^R-\\d{4}$\n'),
    '"x-for-each" is about a list. Received it on string.',
  ),
  broken(
    'a value of the request in the request',
    reason('‸x-value-of: userId'),
    'Nothing reads "x-value-of" in a request.',
  ),
  ...[
    'x-suspicious: { loud: { pattern: "!$", text: loud, examples: ["a!"], counterExamples: [a] } }',
    'x-flag: id',
    'x-value-of: userId',
    'x-called-path: true',
    'x-error-part: code',
    'x-reserved-prefix: "R:"',
  ].map((keyword) =>
    broken(
      `on a header, ${keyword}`,
      base('            maxLength: 64\n', `            maxLength: 64\n            ‸${keyword}\n`),
      `Nothing reads "${keyword.split(':', 1)}" in a header.`,
    ),
  ),
  ...['x-value-of: userId', 'x-called-path: true', 'x-error-part: message'].map((keyword) =>
    broken(`in a request, ${keyword}`, reason(`‸${keyword}`), `Nothing reads "${keyword.split(':', 1)}" in a request.`),
  ),
  broken(
    'a value of the request in an error',
    forbidden(
      'schema: { type: object, properties: { code: { type: integer }, why: { type: string, ‸x-value-of: reason } } }',
    ),
    'Nothing reads "x-value-of" in an error answer.',
  ),
  broken(
    'a list for each in an error',
    forbidden(
      'schema: { type: object, properties: { code: { type: integer }, users: { type: array, ‸x-for-each: userId, items: { type: string } } } }',
    ),
    'Nothing reads "x-for-each" in an error answer.',
  ),
  broken(
    'a part of an error in a success',
    answered('      type: integer\n      ‸x-error-part: code\n'),
    'Nothing reads "x-error-part" in an answer that means success.',
  ),
  ...['x-causes: [Nobody.]', 'x-diagnosis: [Look.]', 'x-raised-by: [type]'].map((keyword) =>
    broken(
      `an example of a success, ${keyword}`,
      base(
        '                  value: { code: 200, receipts: [] }',
        `                  ‸${keyword}\n                  value: { code: 200, receipts: [] }`,
      ),
      `Nothing reads "${keyword.split(':', 1)}" in an answer that means success.`,
    ),
  ),
  ...['x-raised-by: [type]', 'x-retry: never'].flatMap((keyword) => [
    broken(
      `an example of a request, ${keyword}`,
      base(
        '            encoding:\n              userId',
        `            examples: { one: { ‸${keyword}, value: { userId: [ann] } } }\n            encoding:\n              userId`,
      ),
      `Nothing reads "${keyword.split(':', 1)}" in a request.`,
    ),
    broken(
      `an example of a header, ${keyword}`,
      base(
        '          in: header\n          schema',
        `          in: header\n          examples: { one: { ‸${keyword}, value: abc } }\n          schema`,
      ),
      `Nothing reads "${keyword.split(':', 1)}" in a header.`,
    ),
  ]),
  broken(
    'the field of a content, of no message types',
    reason('‸x-content-field: level'),
    '"x-content-field" must stand beside "x-message-types".',
  ),
  broken(
    'a suspicion of a list of integers',
    list(
      '      items: { type: integer }\n      ‸x-suspicious: { zero: { pattern: "^0$", text: nothing, examples: ["0"], counterExamples: ["1"] } }\n',
    ),
    '"x-suspicious" is about a string. Received it on integer.',
  ),
  broken(
    'a required field of an answer, of what may be left out',
    [
      parts('Muted:\n  type: object\n  required: [code]\n', 'Muted:\n  type: object\n  required: [code, extra]\n'),
      base('value: { code: 200, receipts: [] }', 'value: { code: 200, extra: loud }'),
      answered('      type: string\n      x-value-of: ‸reason\n      examples: [loud]\n'),
    ],
    '"reason" may be left out of the request, so this field cannot be required.',
  ),
  broken(
    'a flag in an answer',
    parts('            x-value-of: userId\n', '            x-value-of: userId\n            ‸x-flag: user\n'),
    'Nothing reads "x-flag" in an answer.',
  ),
  broken(
    'a retry of a success',
    base(
      '                  value: { code: 200, receipts: [] }',
      '                  ‸x-retry: never\n                  value: { code: 200, receipts: [] }',
    ),
    'Nothing reads "x-retry" in an answer that means success.',
  ),
  broken(
    'a field that is none',
    parts('x-value-of: userId', 'x-value-of: ‸user'),
    '"user" is no field of the request. Its fields: userId, reason, level.',
  ),
  broken(
    'a price by no list',
    base('cost: userId', 'cost: ‸reason'),
    'The price of a call is the length of a list, and "reason" is none.',
  ),
  broken(
    'a price beyond the limit',
    base('limit: 100', 'limit: ‸10'),
    'A call with 20 of "userId" costs more than the limit of 10, so it could never be sent.',
  ),
  broken(
    'a list that is always longer than the limit',
    [base('limit: 100', 'limit: ‸1'), parts('      minItems: 1\n      maxItems: 20\n', '      minItems: 2\n')],
    'A call with 2 of "userId" costs more than the limit of 1, so it could never be sent.',
  ),
  broken(
    'a suspicion that misses its example',
    reason(
      'x-suspicious: { shout: { pattern: "^[A-Z]+$", text: shouting, examples: [‸loud], counterExamples: [quiet] } }',
    ),
    'The pattern of "shout" must match "loud".',
  ),
  broken(
    'a suspicion that catches its counter-example',
    reason('x-suspicious: { shout: { pattern: "[A-Z]", text: shouting, examples: [LOUD], counterExamples: [‸Ann] } }'),
    'The pattern of "shout" must not match "Ann".',
  ),
  broken(
    'a suspicion of a number',
    field(
      '      type: integer\n      ‸x-suspicious: { zero: { pattern: "^0$", text: nothing, examples: ["0"], counterExamples: ["1"] } }\n',
    ),
    '"x-suspicious" is about a string. Received it on integer.',
  ),
  broken(
    'a suspicion without words',
    reason('‸x-suspicious: { shout: { pattern: "[A-Z]", examples: [LOUD], counterExamples: [ann] } }'),
    'Keyword "x-suspicious" value/shout must have required property \'text\'.',
  ),
]

const supported = (
  name: string,
  patches: Patch | readonly Patch[],
  file: string,
  has: string,
  warnings: readonly string[] = [],
): Supported => ({ name, patches: [patches].flat(), file, has, warnings })

/** An answer of `muteUsers` in another form. */
const answer = (schema: string): Patch =>
  base('                $ref: parts.yaml#/Muted\n', `${schema.replaceAll(/^/gm, '                ').trimEnd()}\n`)

export const SUPPORTED: readonly Supported[] = [
  supported('the spec as it is', [], 'contract.ts', '"receipt": {\n'),
  supported(
    'an error that is shared repeats the path that was called',
    [],
    'contract.ts',
    '"url": "/user/mute.json",\n        "code": 1002',
  ),
  supported(
    'an answer that is an allOf',
    answer('allOf:\n  - $ref: parts.yaml#/Muted\n  - { type: object, properties: { more: { const: 1 } } }\n'),
    'contract.ts',
    '"more": {\n',
  ),
  supported(
    'an answer of objects in objects',
    parts('    receipts:\n', `    extra: ${deep(25)}\n    receipts:\n`),
    'contract.ts',
    '"is": "innermost"',
  ),
  supported(
    'an answer that is a oneOf',
    answer(
      'oneOf:\n  - $ref: parts.yaml#/Muted\n  - { type: object, required: [code], properties: { code: { const: 201 } } }\n',
    ),
    'contract.ts',
    '"marks": {\n      "code": [\n        200,\n        201\n',
  ),
  supported(
    'an answer that is an anyOf',
    answer(
      'anyOf:\n  - $ref: parts.yaml#/Muted\n  - { type: object, required: [code], properties: { code: { const: 201 } } }\n',
    ),
    'openapi.ts',
    'components["schemas"]["Muted"] | {',
  ),
  supported(
    'a required field beside a reference in an answer',
    answer('$ref: parts.yaml#/Muted\nrequired: [receipts]\n'),
    'validators.js',
    'instancePath+"/receipts","required","required")',
  ),
  supported(
    'an answer without a body',
    base(
      '          description: Muted.\n          content:\n            application/json:\n              schema:\n                $ref: parts.yaml#/Muted\n              examples:\n                muted:\n                  value: { code: 200, receipts: [] }\n',
      '          description: Muted.\n',
    ),
    'contract.ts',
    '"success": {\n    "status": 200,\n    "marks": {}',
  ),
  supported(
    'an answer that may hold itself',
    answered('      $ref: "#/Muted"\n'),
    'contract.ts',
    '"extra": {\n          "object": {',
  ),
  supported(
    'a form that is an allOf',
    base(
      '            schema:\n              $ref: parts.yaml#/Mute\n',
      '            schema:\n              allOf:\n                - $ref: parts.yaml#/Mute\n                - { type: object, required: [reason] }\n',
    ),
    'vectors.json',
    'muteUsers: reason: left out, and required',
  ),
  supported(
    'an operation without a body',
    base(
      '      requestBody:\n        required: true\n        content:\n          application/x-www-form-urlencoded:\n            schema:\n              type: object\n              required: [kind, body]',
      '      requestBody:\n        required: false\n        content:\n          application/x-www-form-urlencoded:\n            schema:\n              type: object',
    ),
    'methods.ts',
    'readonly sendNote: (fields?: SendNoteFields',
  ),
  ...[
    ['groups', '^[0-9A-V]{4}(-[0-9A-V]{4}){3}$', '"alphabet": "0123456789ABCDEFGHIJKLMNOPQRSTUV",'],
    ['alternatives', '^(red|blue)-\\d$', '"alphabet": "0123456789",'],
    ['a non-capturing group', '^(?:[01]\\d|2[0-3]):[0-5]\\d$', '":",'],
    ['a class that is negated', '^[^a-z]$', '"alphabet": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",'],
    ['a Unicode class', '^\\p{Lu}{3}$', '"alphabet": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",\n'],
    ['a count from and to', '^[a-c]{2,4}$', '"alphabet": "abc",'],
    ['no anchors', '[a-c]', '"alphabet": "'],
  ].map(([name, pattern, has]) =>
    supported(
      `a pattern with ${name}, in an answer`,
      answered(`      type: string\n      pattern: ${JSON.stringify(pattern)}\n`),
      'contract.ts',
      has ?? '',
    ),
  ),
  supported(
    'an example beside a pattern that no text can be made for',
    answered('      type: string\n      pattern: ^(?!0)\\d{3}$\n      examples: ["700"]\n'),
    'contract.ts',
    '"alphabet": "123456789",',
  ),
  supported(
    'a pattern with groups in a field',
    field('      type: string\n      pattern: ^(\\w+)@(\\w+)\\.com$\n'),
    'vectors.json',
    'muteUsers: extra: text of another pattern',
  ),
  supported(
    'a constraint that no value breaks alone is warned of by name',
    field('      type: string\n      pattern: ^[^\\u0001]*$\n'),
    'contract.ts',
    '"extra": "string"',
    ['muteUsers: extra: "pattern" has no vector: no value breaks it alone'],
  ),
  supported(
    'a keyword that no error claims is warned of',
    field('      type: integer\n      minimum: 1\n      maximum: 9\n      examples: [5]\n'),
    'validators.js',
    '"at most 9"',
    ['"minimum"', '"maximum"'].map((keyword) => `muteUsers: no error answer has ${keyword} in its x-raised-by`),
  ),
  supported(
    'what is suspicious',
    parts(
      '        maxLength: 64\n',
      '        maxLength: 64\n        x-suspicious: { joined-list: { pattern: "^[^,]+(,[^,]+)+$", text: several users in one, examples: ["a,b"], counterExamples: [a b] } }\n',
    ),
    'contract.ts',
    '"suspicious": {\n    "userId": {\n      "joined-list": {\n        "pattern": "^[^,]+(,[^,]+)+$",\n        "text": "several users in one"',
  ),
  supported(
    'what is suspicious, in the vectors',
    parts(
      '        maxLength: 64\n',
      '        maxLength: 64\n        x-suspicious: { joined-list: { pattern: "^[^,]+(,[^,]+)+$", text: several users in one, examples: ["a,b"], counterExamples: [a b] } }\n',
    ),
    'vectors.json',
    '"expect":{"verdict":"accepted","status":200,"suspicions":[{"name":"joined-list","field":"userId"}]}',
  ),
  supported(
    'a suspicion whose examples the schema refuses is warned of by name',
    reason(
      'x-suspicious: { long: { pattern: "^.{101,}$", text: too long, examples: [' +
        'x'.repeat(101) +
        '], counterExamples: [x] } }',
    ),
    'contract.ts',
    '"suspicious": {\n    "reason": {\n      "long": {',
    ['muteUsers: reason: "x-suspicious, long" has no vector: no value breaks it alone'],
  ),
  supported(
    'an assumption, with the vectors that settle it',
    reason('x-assumption: { loud: { claim: It is loud., settledBy: [maxLength, "reason: an empty text"] } }'),
    'contract.ts',
    '"loud": {\n    "claim": "It is loud.",\n    "at": "/components/schemas/Mute/properties/reason",\n    "questions": [\n      "muteUsers: reason: 100 characters",\n      "muteUsers: reason: 100 characters of four bytes each",\n      "muteUsers: reason: 101 characters",\n      "muteUsers: reason: 101 characters of three bytes each",\n      "muteUsers: reason: an empty text"\n    ]',
  ),
  supported(
    'an assumption that no vector settles is warned of by name',
    reason('x-assumption: { loud: { claim: It is loud., settledBy: ["reason: a shout"] } }'),
    'contract.ts',
    '"loud": {\n    "claim": "It is loud."',
    ['loud: settledBy: no vector is called "reason: a shout" there'],
  ),
  supported(
    'a message that may hold itself',
    parts(
      'Plain:\n  type: object\n  required: [text]\n  properties:\n',
      'Plain:\n  type: object\n  required: [text]\n  properties:\n    reply:\n      $ref: "#/Plain"\n',
    ),
    'vectors.json',
    'sendNote: N:Plain, body: all its fields',
  ),
  supported(
    'the unit of a limit',
    base('        period: 60000\n', '        period: 60000\n        unit: mutes\n'),
    'contract.ts',
    '"unit": "mutes"',
  ),
  supported(
    'numbers in lists',
    [
      field('      type: array\n      maxItems: 3\n      items: { type: integer, examples: [1] }\n'),
      base(
        'userId: { style: form, explode: true }',
        'userId: { style: form, explode: true }\n              extra: { style: form, explode: true }',
      ),
    ],
    'contract.ts',
    '"extra": "integer[]"',
  ),
  supported(
    'a field that is on or off',
    field('      type: boolean\n'),
    'contract.ts',
    '"switch": [\n        "false",\n        "true"',
  ),
  supported(
    'a number between two bounds that it must not reach',
    [
      field('      type: number\n      exclusiveMinimum: 0\n      exclusiveMaximum: 1\n'),
      parts('required: [userId]', 'required: [userId, extra]'),
    ],
    'vectors.json',
    'extra=0.5',
    ['"exclusiveMinimum"', '"exclusiveMaximum"'].map(
      (keyword) => `muteUsers: no error answer has ${keyword} in its x-raised-by`,
    ),
  ),
  supported(
    'a text of an answer without an example, which has a length',
    [
      parts('Muted:\n  type: object\n  required: [code]\n', 'Muted:\n  type: object\n  required: [code, extra]\n'),
      base('value: { code: 200, receipts: [] }', 'value: { code: 200, extra: twelve chars }'),
      answered('      type: string\n      minLength: 12\n'),
    ],
    'contract.ts',
    '"extra": {\n          "is": "textxxxxxxxx"',
  ),
  supported(
    'the values of a narrower schema, in a request',
    [
      parts('Plain:\n', 'Wide: { type: string, examples: [x] }\nPlain:\n'),
      field('      allOf: [{ $ref: "#/Wide" }, { enum: [q, r] }]\n'),
      parts('required: [userId]', 'required: [userId, extra]'),
    ],
    'vectors.json',
    'userId=ann&extra=q',
  ),
  supported(
    'the values of a narrower schema, in an answer',
    [
      parts('Plain:\n', 'Wide: { type: string, examples: [x] }\nPlain:\n'),
      answered('      allOf: [{ $ref: "#/Wide" }, { enum: [q, r] }]\n'),
    ],
    'contract.ts',
    '"extra": {\n          "is": "q"\n',
  ),
  supported(
    'the code of a success that nothing marks is the HTTP status',
    parts('    code:\n      const: 200\n', '    code:\n      type: integer\n'),
    'contract.ts',
    '"code": {\n          "is": 200\n',
  ),
  supported(
    'a form without other fields',
    parts('Mute:\n  type: object\n', 'Mute:\n  type: object\n  additionalProperties: false\n'),
    'vectors.json',
    '"body":["userId%5B%5D=ann"]},"expect":{"verdict":"refused","violation":{"field":"body","keyword":"additionalProperties"}}}',
    ['muteUsers: userId: "required" has no vector: no value breaks it alone'],
  ),
  supported(
    'a form of few fields',
    parts('Mute:\n  type: object\n', 'Mute:\n  type: object\n  maxProperties: 2\n'),
    'vectors.json',
    '"violation":{"field":"body","keyword":"maxProperties"}',
    ['muteUsers: no error answer has "maxProperties" in its x-raised-by'],
  ),
  supported(
    'a length of which no text can be made is warned of by name',
    field('      type: string\n      maxLength: 2147483647\n'),
    'validators.js',
    '"at most 2147483647 characters"',
    ['muteUsers: extra: "maxLength" has no vector: no value breaks it alone'],
  ),
  supported(
    'a bound at which integers are no longer exact',
    field('      type: integer\n      minimum: -9007199254740991\n'),
    'vectors.json',
    'muteUsers: extra: -9007199254740991',
    [
      'muteUsers: no error answer has "minimum" in its x-raised-by',
      'muteUsers: extra: "minimum" has no vector: no value breaks it alone',
    ],
  ),
  supported(
    'an integer that is on or off, by its values',
    field('      enum: [0, 1]\n'),
    'contract.ts',
    '"switch": [\n        "0",\n        "1"',
  ),
  supported(
    'an alternative by name in a form',
    parts(
      'Mute:\n  type: object\n',
      'Mute:\n  type: object\n  anyOf: [{ required: [reason] }, { required: [level] }]\n',
    ),
    'validators.js',
    '"anyOf"',
    ['muteUsers: body: "anyOf" has no vector: no value breaks it alone'],
  ),
  supported(
    'a name like code',
    parts('    reason:', '    parentData:'),
    'validators.js',
    'instancePath+"/parentData","maxLength"',
  ),
]
