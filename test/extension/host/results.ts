/** What became of one case of a suite that ran inside the editor. */
export interface CaseResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly milliseconds?: number;
  /** Why it failed, with its stack. */
  readonly error?: string;
}

/** The environment variables by which the suite inside the editor is told what to run and where to report. */
export const RESULTS_FILE = 'MANAGED_SCOPE_RESULTS';
export const SUITE_NAME = 'MANAGED_SCOPE_SUITE';
