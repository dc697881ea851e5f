#!/usr/bin/env node
// Stands in for the desktop `code` executable, for @vscode/test-electron's vscodeExecutablePath: takes the same
// --extensionDevelopmentPath and --extensionTestsPath, runs them in a real extension host, and exits with its code.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startWorkbench } from './workbench';

/** Exit codes of our own, beside those of the suite. */
const TIMED_OUT = 124;
const HOST_DIED = 70;
const LIMIT_MS = 420_000;
/** A host that was killed never says that the suite ended; one that ends well says so before it goes. */
const GRACE_MS = 5000;

interface Outcome {
  readonly code: number;
  readonly why?: string;
  /** Log files of the workbench, as it hands them over. */
  readonly logs?: unknown;
}

const after = <T>(milliseconds: number, value: T): Promise<T> => new Promise((resolve) => { setTimeout(resolve, milliseconds, value).unref(); });

async function run(): Promise<number> {
  const given = process.argv.slice(2);
  const values = (name: string): string[] => given.filter((argument) => argument.startsWith(`--${name}=`)).map((argument) => argument.slice(name.length + 3));
  const [folder] = given.filter((argument) => !argument.startsWith('-'));
  const [tests] = values('extensionTestsPath');
  if (folder === undefined || tests === undefined) throw new Error('a folder and --extensionTestsPath are needed');
  const restricted = process.env['MANAGED_SCOPE_RESTRICTED'] === '1';
  const workbench = await startWorkbench({ automation: true, restricted });
  try {
    let finish: (outcome: Outcome) => void = () => undefined;
    const finished = new Promise<Outcome>((resolve) => { finish = resolve; });
    const page = await workbench.open(folder, {
      payload: [
        ...values('extensionDevelopmentPath').map((file) => ['extensionDevelopmentPath', workbench.remote(file)] as const),
        ['extensionTestsPath', workbench.remote(tests)],
      ],
      functions: {
        codeAutomationExit: (code, logs) => { finish({ code: Number(code), logs }); },
        codeAutomationLog: (type, args) => { if (process.env['MANAGED_SCOPE_HOST_LOG']) console.log(type, args); },
      },
    });
    const died = workbench.server.hostExited.then(async ({ code, signal }) => after(GRACE_MS, { code: HOST_DIED, why: `the extension host exited: code ${code}, signal ${signal}` }));
    let outcome = await Promise.race<Outcome>([finished, died, after(LIMIT_MS, { code: TIMED_OUT, why: 'timed out' })]);
    // VS Code reports a killed host as exit code 0: ask how the process ended, too.
    if (outcome.code === 0) {
      const end = await Promise.race([workbench.server.hostExited, after(10_000, undefined)]);
      if (end === undefined || end.code !== '0' || end.signal !== 'null') outcome = { code: HOST_DIED, why: end ? `the extension host exited: code ${end.code}, signal ${end.signal}` : 'the end of the extension host was not seen' };
    }
    if (outcome.why !== undefined) console.error(outcome.why);
    const artifacts = process.env['MANAGED_SCOPE_ARTIFACTS'];
    if (outcome.code !== 0 && artifacts !== undefined) {
      mkdirSync(artifacts, { recursive: true });
      await page.screenshot({ path: path.join(artifacts, 'workbench.png') }).catch(() => undefined);
      writeFileSync(path.join(artifacts, 'vscode.log'), `${workbench.server.log()}\n${JSON.stringify(outcome.logs, undefined, 1)}\n`);
    }
    return outcome.code;
  } finally {
    await workbench.stop();
  }
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
