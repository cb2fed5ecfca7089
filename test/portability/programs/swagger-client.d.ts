/** The part of swagger-client that is used here; it ships no types. */
declare module 'swagger-client' {
  interface Answer {
    readonly status: number
    readonly body: unknown
  }
  interface Client {
    readonly errors: readonly { readonly message: string }[]
    readonly execute: (call: { operationId: string; requestBody: object }) => Promise<Answer>
  }
  const SwaggerClient: new (options: object) => Promise<Client>
  export default SwaggerClient
}
