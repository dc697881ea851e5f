import { CodeActionKind, CodeActionTriggerKind, type CodeAction, type CodeActionContext, type CreateFile, type Diagnostic, type SnippetTextEdit, type TextDocumentEdit, type TextEdit as ProtocolEdit, type WorkspaceEdit } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { Verdict } from '../configuration/judge';
import type { Range as Offsets } from '../engine/findings';
import { REPAIRED_COMPILER_ERRORS } from '../engine/fixes/compiler-errors';
import type { Fix, TextEdit } from '../engine/fixes/fix';
import type { CheckedDocument } from '../workspace/live/liveSession';
import type { AddedRuntime, Repairs } from '../workspace/live/repairs';
import { suppressionEdit, type SuppressionEdit } from '../workspace/live/suppressionEdit';
import { FIX_ALL, WRAP, type ClientFeatures } from './capabilities';
import { toDiagnostic, type DiagnosticStyle } from './diagnostics';
import { offsetAt, rangeOf, touches } from './positions';

/** What a document's actions are made from, at the version that the editor shows. */
export interface ActionInput {
  readonly uri: string;
  readonly version: number;
  readonly checked: CheckedDocument;
  readonly repairs: Repairs;
  readonly style: DiagnosticStyle;
  readonly features: Pick<ClientFeatures, 'resolvesEdits' | 'versionedEdits' | 'snippetEdits'>;
}

/** Which edit a chosen action stands for. It is made when it is asked for, and only for the version that it was offered for. */
export type ActionData = { readonly uri: string; readonly version: number } & (
  | { readonly make: 'fix'; readonly rule: string; readonly start: number; readonly index: number }
  | { readonly make: 'compiler'; readonly start: number; readonly end: number; readonly index: number }
  | { readonly make: 'wrap'; readonly start: number; readonly end: number; readonly index: number }
  | { readonly make: 'all' }
);

/** The actions at a place. Nothing is worked out where nothing is found: editors ask at every move of the cursor. */
export function actionsAt(input: ActionInput, range: Diagnostic['range'], { diagnostics, only, triggerKind }: CodeActionContext): CodeAction[] {
  const wants = (kind: string): boolean => !only || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
  const { lines, verdicts } = input.checked;
  const asked = { start: offsetAt(range.start, lines), end: offsetAt(range.end, lines) };
  const here = verdicts.filter((verdict) => touches(asked, verdict) || touches(asked, verdict.acquire));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const found = here.some(({ finding }) => finding) ? input.repairs.of(here.flatMap(({ finding }) => finding ?? [])) : [];
    for (const verdict of here) {
      const fixes = found.find(({ finding }) => finding.rule === verdict.rule && finding.start === verdict.start)?.fixes ?? [];
      actions.push(...fixes.map((fix, index) => fixAction(input, verdict, fix, index)), ...suppressActions(input, verdict));
    }
    actions.push(...compilerActions(input, diagnostics));
  }
  // Looked for when somebody asks, not for each place that a cursor passes.
  if (wants(WRAP) && (only !== undefined || triggerKind === CodeActionTriggerKind.Invoked)) {
    // What is offered as a fix already would stand in one menu twice.
    actions.push(...wrapActions(input, asked, only !== undefined).filter(({ title }) => actions.every((other) => other.title !== title)));
  }
  // Asked for by its kind only: in the menu of a squiggle it would be one too many.
  if (only?.some((kind) => FIX_ALL === kind || FIX_ALL.startsWith(`${kind}.`)) && verdicts.some(({ finding }) => finding)) {
    actions.push(finish(input, { title: 'Apply all safe fixes of Managed Scope', kind: FIX_ALL }, { make: 'all', uri: input.uri, version: input.version }));
  }
  return actions;
}

/** The edit that an action stands for; `undefined` when there is none any longer. */
export function editOf(input: ActionInput, data: ActionData): WorkspaceEdit | undefined {
  const { repairs, checked } = input;
  switch (data.make) {
    case 'fix': {
      const verdict = checked.verdicts.find(({ rule, start, finding }) => finding && rule === data.rule && start === data.start);
      const [found] = verdict?.finding ? repairs.of([verdict.finding]) : [];
      return editOfFix(input, found?.fixes[data.index]);
    }
    case 'compiler':
      return editOfFix(input, repairs.ofCompilerError(data)[data.index]);
    case 'wrap': {
      const result = repairs.wrap(data);
      return editOfFix(input, 'choices' in result ? result.choices[data.index] : undefined);
    }
    case 'all':
      return editFor(input, changesBetween(checked.text, repairs.all(checked.verdicts)));
  }
}

function fixAction(input: ActionInput, verdict: Verdict, fix: Fix, index: number): CodeAction {
  const action: CodeAction = {
    title: titleOf(input, fix),
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(verdict, { uri: input.uri, lines: input.checked.lines }, input.style)],
    // What is preferred is applied without a look.
    ...(index === 0 && isApplicableUnseen(fix) ? { isPreferred: true } : {}),
  };
  return finish(input, action, { make: 'fix', uri: input.uri, version: input.version, rule: verdict.rule, start: verdict.start, index }, fix);
}

/** Our repairs of what TypeScript itself says, on its own diagnostics. */
function compilerActions(input: ActionInput, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const { lines } = input.checked;
  return diagnostics
    .filter(({ code, source }) => source !== 'managed-scope' && REPAIRED_COMPILER_ERRORS.has(Number(code)))
    .flatMap((diagnostic) => {
      const range: Offsets = { start: offsetAt(diagnostic.range.start, lines), end: offsetAt(diagnostic.range.end, lines) };
      return input.repairs.ofCompilerError(range).map((fix, index) => {
        const action: CodeAction = { title: titleOf(input, fix), kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], ...(index === 0 && isApplicableUnseen(fix) ? { isPreferred: true } : {}) };
        return finish(input, action, { make: 'compiler', uri: input.uri, version: input.version, ...range, index }, fix);
      });
    });
}

/** The ways to put the selection, or the resource under the cursor, into a scope; why there is none, for whoever asked for just that. */
function wrapActions(input: ActionInput, range: Offsets, explains: boolean): CodeAction[] {
  const result = input.repairs.wrap(range);
  if ('refused' in result) return explains ? [{ title: 'Wrap in Managed Scope', kind: WRAP, disabled: { reason: result.refused } }] : [];
  return result.choices.map((fix, index) => finish(input, { title: titleOf(input, fix), kind: WRAP }, { make: 'wrap', uri: input.uri, version: input.version, ...range, index }, fix));
}

function suppressActions(input: ActionInput, verdict: Verdict): CodeAction[] {
  const { checked, uri, style } = input;
  if (!verdict.finding) return [];
  const suppression = suppressionEdit(checked.path, checked.text, verdict, checked.lines);
  if (!suppression) return [];
  const made = editOfSuppression(input, suppression);
  return [{ title: `Suppress ${verdict.rule} here, with a reason`, kind: CodeActionKind.QuickFix, diagnostics: [toDiagnostic(verdict, { uri, lines: checked.lines }, style)], ...(made && { edit: made }) }];
}

/** The comment with its reason selected, to be typed over, where the editor can do that. */
function editOfSuppression(input: ActionInput, { start, end, before, reason, after }: SuppressionEdit): WorkspaceEdit | undefined {
  const { uri, version, features, checked } = input;
  if (!features.snippetEdits) return editFor(input, [{ start, end, text: `${before}${reason}${after}` }]);
  const plain = (text: string): string => text.replace(/[\\$}]/g, '\\$&');
  const edit: SnippetTextEdit = { range: rangeOf({ start, end }, checked.lines), snippet: { kind: 'snippet', value: `${plain(before)}\${1:${plain(reason)}}$0${plain(after)}` } };
  return { documentChanges: [{ textDocument: { uri, version }, edits: [edit] }] };
}

/** Editors that fetch edits get them when the action is chosen, the others at once. */
function finish(input: ActionInput, action: CodeAction, data: ActionData, fix?: Fix): CodeAction {
  if (input.features.resolvesEdits) return { ...action, data };
  const edit = fix ? editOfFix(input, fix) : editOf(input, data);
  return edit ? { ...action, edit } : action;
}

/** What is preferred is applied without a look, and no file comes into a project that way. */
function isApplicableUnseen({ safe, addsRuntime }: Fix): boolean {
  return safe && addsRuntime !== true;
}

/** A fix that brings the runtime along says so, and where it goes. */
function titleOf({ repairs }: ActionInput, { title, addsRuntime }: Fix): string {
  return addsRuntime && 'shown' in repairs.runtime ? `${title} (adds ${repairs.runtime.shown})` : title;
}

/** The edits of a fix, behind the file of the runtime that they import, where it has to come first. */
function editOfFix(input: ActionInput, fix: Fix | undefined): WorkspaceEdit | undefined {
  const edit = editFor(input, fix?.edits);
  if (!fix?.addsRuntime) return edit;
  const { runtime } = input.repairs;
  return edit?.documentChanges === undefined || 'refused' in runtime ? undefined : { documentChanges: [...creationOf(runtime), ...edit.documentChanges] };
}

/** The changes that write the runtime's file, which must not be there yet. */
export function creationOf({ path, text }: AddedRuntime): [CreateFile, TextDocumentEdit] {
  const uri = URI.file(path).toString();
  const start = { line: 0, character: 0 };
  return [{ kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } }, { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] }];
}

function editFor({ uri, version, features: { versionedEdits }, checked: { lines } }: ActionInput, edits: readonly TextEdit[] | undefined): WorkspaceEdit | undefined {
  if (!edits) return undefined;
  const written = edits.map((edit): ProtocolEdit => ({ range: rangeOf(edit, lines), newText: edit.text }));
  return versionedEdits ? { documentChanges: [{ textDocument: { uri, version }, edits: written }] } : { changes: { [uri]: written } };
}

/** One edit that makes one text of another: what is the same at both ends stays. */
function changesBetween(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  // Not between the two units of one character, nor within one end of line.
  while (start > 0 && /[\uD800-\uDBFF\r]/.test(before[start - 1] ?? '')) start -= 1;
  while (tail > 0 && /[\uDC00-\uDFFF\n]/.test(before[before.length - tail] ?? '')) tail -= 1;
  return [{ start, end: before.length - tail, text: after.slice(start, after.length - tail) }];
}

/** An action's data, as it came back from the editor. */
export function readActionData(data: unknown): ActionData | undefined {
  if (typeof data !== 'object' || data === null || !('make' in data) || !('uri' in data) || !('version' in data)) return undefined;
  const { make, uri, version } = data;
  if (typeof uri !== 'string' || typeof version !== 'number') return undefined;
  const number = (key: string): number => Number(Reflect.get(data, key));
  if (make === 'all') return { make, uri, version };
  if (make === 'compiler' || make === 'wrap') return { make, uri, version, start: number('start'), end: number('end'), index: number('index') };
  return make === 'fix' ? { make, uri, version, rule: String(Reflect.get(data, 'rule')), start: number('start'), index: number('index') } : undefined;
}
