import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { LibraryModel } from '../engine/resources/model';
import { settings, type FailOn, type FixSettings, type Settings, type TestTreatment } from './settings';
import type { Severities } from './levels';
import type { Problem } from './shape/shape';

/** The name of the file, looked for from the checked files upward. */
export const CONFIGURATION_FILE = 'managed-scope.json';

/** A configuration with everything decided. */
export interface Configuration {
  /** The file it was read from; relative paths and globs in it start at that file's folder. Absent: the defaults. */
  readonly path?: string;
  readonly severities: Severities;
  readonly files: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly tests: TestTreatment;
  readonly failOn: FailOn;
  readonly baseline?: string;
  readonly suppressions: { readonly requireReason: boolean };
  readonly fixes: FixSettings;
  readonly models: readonly LibraryModel[];
}

export const DEFAULT_CONFIGURATION: Configuration = decide({});

/**
 * Reads the text of a managed-scope.json (JSON with comments and trailing commas). Never throws: what is wrong becomes a problem
 * at its place, in the order of the text, and what is right stays in force.
 */
export function readConfiguration(text: string, path: string): { readonly configuration: Configuration; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const source = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const report = (node: Node, message: string) => problems.push({ start: node.offset, end: node.offset + node.length, message });
  const errors: ParseError[] = [];
  const tree = parseTree(source, errors, { allowTrailingComma: true });
  for (const error of errors) problems.push({ start: error.offset, end: error.offset + error.length, message: explainSyntax(error) });
  const read = tree && settings.read(tree, report);
  if (tree) reportTwins(tree, report);
  problems.sort((one, other) => one.start - other.start || one.end - other.end);
  return { configuration: { ...decide(read?.value ?? {}), path }, problems };
}

/** Fills in the defaults. */
function decide(written: Settings): Configuration {
  const ids = new Set<string>();
  return {
    severities: written.severities ?? {},
    files: { include: written.files?.include ?? [], exclude: written.files?.exclude ?? [] },
    tests: written.tests ?? 'lower',
    failOn: written.failOn ?? 'definite',
    ...(written.baseline === undefined ? {} : { baseline: written.baseline }),
    suppressions: { requireReason: written.suppressions?.requireReason ?? false },
    fixes: written.fixes ?? {},
    models: (written.models ?? []).map((model) => ({
      ...model,
      modules: model.modules.map((name) => name.replace(/^node:/, '')),
      resources: model.resources.filter(({ id }) => !ids.has(id) && ids.add(id)),
    })),
  };
}

/** Reports resource models whose id another one above has; the first counts. */
function reportTwins(tree: Node, report: (node: Node, message: string) => void): void {
  const seen = new Set<unknown>();
  for (const model of findNodeAtLocation(tree, ['models'])?.children ?? []) {
    for (const resource of findNodeAtLocation(model, ['resources'])?.children ?? []) {
      const id = findNodeAtLocation(resource, ['id']);
      if (id?.type !== 'string') continue;
      if (seen.has(id.value)) report(id, `another resource above has the id "${String(id.value)}"; the first one counts`);
      seen.add(id.value);
    }
  }
}

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is not JSON: strings need double quotes',
  InvalidNumberFormat: 'not a number that JSON knows',
  PropertyNameExpected: 'expected a property name in double quotes',
  ValueExpected: 'expected a value',
  ColonExpected: 'expected ":"',
  CommaExpected: 'expected ","',
  CloseBraceExpected: 'expected "}"',
  CloseBracketExpected: 'expected "]"',
  EndOfFileExpected: 'expected nothing more after the object',
  UnexpectedEndOfComment: 'the comment does not end',
  UnexpectedEndOfString: 'the string does not end',
  InvalidUnicode: 'not a Unicode escape',
  InvalidEscapeCharacter: 'not an escape that JSON knows',
  InvalidCharacter: 'a control character must be escaped',
};

function explainSyntax({ error }: ParseError): string {
  return SYNTAX[printParseErrorCode(error)] ?? 'this is not JSON';
}
