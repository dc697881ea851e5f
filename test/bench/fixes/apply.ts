import type { Finding } from '../../../src/engine/findings';
import { analyse, type AnalyseOptions } from '../../../src/engine/analyse';
import { applyEdits } from '../../../src/engine/fixes/edit/plan';
import type { Fix } from '../../../src/engine/fixes/fix';
import type { FixedFinding } from '../../../src/engine/fixes/fixes-of';
import { abilityOf } from '../../../src/workspace/ability';
import { answerAll } from '../../../src/workspace/drive';
import { fixRepeatedly, makeFixes, type FixRequest } from '../../../src/workspace/fixes';
import { convertSource, parseSource } from '../../../src/workspace/parse';
import { copySettings, runtimeCopy } from '../../../src/workspace/runtimeCopy';
import { newOnes } from '../../engine/harness/newOnes';
import type { Checked, Checker } from './checker';
import type { Subject } from './subjects';

/** What is wrong with a text that fixes made. */
export type Problem = 'does not parse' | 'type-checks worse' | 'the finding is left' | 'makes a finding' | 'goes on for ever';

export interface Outcome {
  readonly after: string;
  readonly problems: readonly { readonly problem: Problem; readonly detail: string }[];
}

/** Makes the fixes of one text, applies them in memory, and looks at what came of it. */
export class Fixing {
  readonly #subject: Subject;
  readonly #checker: Checker;
  readonly #request: FixRequest;
  readonly #before: Checked;
  readonly found: readonly FixedFinding[];

  constructor(subject: Subject, checker: Checker) {
    this.#subject = subject;
    this.#checker = checker;
    const settings = copySettings(subject.path, { folder: subject.folder }, checker.disk);
    this.#request = { path: subject.path, text: subject.text, settings, analyseOptions: optionsFor(subject) };
    this.#before = checker.check(subject.path, subject.text);
    this.found = this.#fixesOf(this.#request, this.#before);
  }

  /** The file is checked with all that it imports: nothing in it is unknown to the compiler for want of a package. */
  get whole(): boolean {
    return !this.#before.diagnostics.some((one) => /^(?:2307|2580|2591|2688|2792|7016): /.test(one));
  }

  /** One fix, alone. */
  applyOne(finding: Finding, fix: Fix): Outcome {
    const after = applyEdits(this.#subject.text, fix.edits);
    const { checked, problems } = this.#judge(after, fix.addsRuntime === true);
    if (checked === undefined) return { after, problems };
    const count = (findings: readonly Finding[], rule: string): number => findings.filter((one) => one.rule === rule).length;
    const was = this.found.map((one) => one.finding);
    const is = findingsIn(this.#subject, checked);
    if (count(is, finding.rule) >= count(was, finding.rule)) problems.push({ problem: 'the finding is left', detail: finding.message });
    const made = newOnes(was.map(({ rule, tier }) => `${rule} ${tier}`), is.map(({ rule, tier }) => `${rule} ${tier}`));
    if (made.length > 0) problems.push({ problem: 'makes a finding', detail: made.join(', ') });
    return { after, problems };
  }

  /** The first fix of each finding that the predicate wants, until there is nothing more to apply. */
  applyAll(wants: (finding: Finding) => boolean): Outcome & { readonly applied: number; readonly left: number } {
    const fixer = { fixesOf: (request: FixRequest) => this.#fixesOf(request, this.#checker.check(request.path, request.text)) };
    const pick = ({ finding, fixes }: FixedFinding): Fix | undefined => (wants(finding) ? fixes[0] : undefined);
    const { text: after, applied } = fixRepeatedly(fixer, this.#request, pick);
    const { checked, problems } = this.#judge(after, applied.some((fix) => fix.addsRuntime === true));
    if (checked === undefined) return { after, problems, applied: applied.length, left: 0 };
    const is = this.#fixesOf({ ...this.#request, text: after }, checked);
    const more = is.filter((one) => pick(one));
    if (more.length > 0) problems.push({ problem: 'goes on for ever', detail: more.map(({ finding }) => finding.message).join(' ') });
    return { after, problems, applied: applied.length, left: is.filter(({ finding }) => wants(finding)).length };
  }

  #fixesOf(request: FixRequest, { answer }: Checked): readonly FixedFinding[] {
    const project = this.#checker.projects.projectOf(request.path);
    return makeFixes(request, abilityOf(request.path, project, request.settings, this.#checker.disk), () => answer);
  }

  #judge(after: string, copies: boolean): { checked?: Checked; problems: { problem: Problem; detail: string }[] } {
    const [error] = parseSource(this.#subject.path, after).errors;
    if (error) return { problems: [{ problem: 'does not parse', detail: `line ${String(error.line)}: ${error.message}` }] };
    const checked = this.#checker.check(this.#subject.path, after, copies ? this.#copyOfRuntime() : undefined);
    const worse = newOnes(this.#before.diagnostics, checked.diagnostics);
    return { checked, problems: worse.length > 0 ? [{ problem: 'type-checks worse', detail: worse.join('\n') }] : [] };
  }

  #copyOfRuntime(): ReadonlyMap<string, string> {
    const { path: at, settings } = this.#request;
    const copy = runtimeCopy(settings, abilityOf(at, this.#checker.projects.projectOf(at), settings, this.#checker.disk).modules);
    return 'refused' in copy ? new Map() : new Map([[copy.path, copy.text]]);
  }
}

/** What the engine finds in a text that was checked. */
function findingsIn(subject: Subject, { parsed, answer }: Checked): readonly Finding[] {
  return answerAll(analyse(convertSource(parsed).module, optionsFor(subject)), answer);
}

/** Hints on style are about correct code. */
function optionsFor({ test }: Subject): AnalyseOptions {
  return { test, style: false };
}
