/** What the matrix asks of a runtime. */

/** One case of the suite, and why it failed; no error when it passed. */
export interface Outcome {
  readonly name: string
  readonly error?: string | undefined
}

/** The outcomes by column of the suite. */
export type Report = Readonly<Record<string, readonly Outcome[]>>

/** Columns to run in one go. */
export interface Job {
  /** Those of the suite. */
  readonly columns: readonly string[]
  /** A folder with the suite, the installed package, and MSW where it is asked for. */
  readonly folder: string
  /** The version of MSW in the folder. */
  readonly msw?: string | undefined
  /** Base URLs of the hosts, by what becomes of a call. */
  readonly urls: Readonly<Record<string, string>>
}

export interface Runtime {
  readonly name: string
  readonly version: () => Promise<string>
  /** Rejects when there is no report. */
  readonly run: (job: Job) => Promise<Report>
  readonly stop?: () => Promise<void>
}
