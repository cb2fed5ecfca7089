export declare function textsOf(pattern: string): readonly string[]
export declare function recipeOf(
  pattern: string,
  text: string,
): (string | { readonly alphabet: string; readonly length: number })[]
