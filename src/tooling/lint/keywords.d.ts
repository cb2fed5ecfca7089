export declare const SCHEMA_VIOLATIONS: readonly string[]
export declare const PROBED_RULES: readonly string[]
export declare const SCHEMA_KEYWORDS: readonly string[]
export declare const ANNOTATIONS: readonly string[]
export declare const VOCABULARY: Readonly<Record<string, { on: readonly string[]; shape: object }>>
