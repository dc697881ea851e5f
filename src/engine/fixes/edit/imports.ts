import { DefinitionType } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Bindings } from '../../syntax/bindings';
import { rootOf, within } from '../../syntax/nodes';
import type { FixAbility } from '../fix';
import type { Plan } from './plan';
import type { Source } from './source';
import { endOfLineOf } from './statements';

/** How a name is written in this file once it is imported, and the edit that imports it. */
export interface Imported {
  /** The name to write: another one than was asked for where the file calls it so, or where its own is taken. */
  readonly local: string;
  readonly apply: (plan: Plan) => void;
  /** An import of its own is written for it: what stands between the braces. */
  readonly spelled?: string;
}

/** Plans the imports of several names of one module, on one line if they need one. */
export function importTogether(plan: Plan, imported: readonly Imported[], specifier: string, source: Source, ability: Pick<FixAbility, 'modules' | 'typescript'>): void {
  const fresh = imported.flatMap(({ spelled }) => spelled ?? []);
  for (const one of imported) if (one.spelled === undefined) one.apply(plan);
  if (fresh.length > 0) insertAtTop(plan, importLine(fresh.join(', '), specifier, source, ability), source);
}

function importLine(spelled: string, specifier: string, source: Source, ability: Pick<FixAbility, 'modules' | 'typescript'>): string {
  const from = `${source.quote}${specifier}${source.quote}`;
  return usesRequire(source, ability) ? `const { ${spelled} } = require(${from})${source.semi}` : `import { ${spelled} } from ${from}${source.semi}`;
}

/** Imports a name from a module: by an import that is there already, into one of the same module, or by one of its own. */
export function importName(name: string, specifier: string, source: Source, bindings: Bindings, ability: Pick<FixAbility, 'modules' | 'typescript'>): Imported | undefined {
  const { ast } = source.module;
  const sameModule = (written: unknown): boolean => typeof written === 'string' && written.replace(/^node:/, '') === specifier.replace(/^node:/, '');
  for (const statement of ast.body) {
    if (statement.type === T.ImportDeclaration && sameModule(statement.source.value) && statement.importKind !== 'type') {
      for (const one of statement.specifiers) {
        if (one.type === T.ImportSpecifier && one.importKind !== 'type' && importedNameOf(one) === name) return { local: one.local.name, apply: () => undefined };
      }
    }
    const required = requireOf(statement, sameModule);
    if (required?.type === T.ObjectPattern) {
      for (const property of required.properties) {
        if (property.type === T.Property && property.key.type === T.Identifier && property.key.name === name && property.value.type === T.Identifier) return { local: property.value.name, apply: () => undefined };
      }
    }
  }
  const local = freeName(name, bindings);
  const common = usesRequire(source, ability);
  const spelled = local === name ? name : common ? `${name}: ${local}` : `${name} as ${local}`;
  for (const statement of ast.body) {
    if (statement.type === T.ImportDeclaration && sameModule(statement.source.value) && statement.importKind !== 'type') {
      const last = statement.specifiers.filter((one) => one.type === T.ImportSpecifier).at(-1);
      if (last) return { local, apply: (plan) => plan.insert(last.range[1], `, ${spelled}`) };
      const brace = source.text.slice(statement.range[0], statement.source.range[0]).indexOf('{');
      if (statement.specifiers.length > 0 && statement.specifiers.every((one) => one.type === T.ImportDefaultSpecifier) && brace === -1) {
        const [first] = statement.specifiers;
        if (first) return { local, apply: (plan) => plan.insert(first.range[1], `, { ${spelled} }`) };
      }
    }
    const required = requireOf(statement, sameModule);
    const last = required?.type === T.ObjectPattern ? required.properties.at(-1) : undefined;
    if (last && last.type === T.Property) return { local, apply: (plan) => plan.insert(last.range[1], `, ${spelled}`) };
  }
  const line = importLine(spelled, specifier, source, ability);
  return { local, spelled, apply: (plan) => { insertAtTop(plan, line, source); } };
}

/** Puts a line behind the imports; without any, behind what has to be first: a shebang, a licence, directives. */
function insertAtTop(plan: Plan, line: string, source: Source): void {
  const { body } = source.module.ast;
  const anchor = body.filter((statement) => statement.type === T.ImportDeclaration || (statement.type === T.TSImportEqualsDeclaration) || isRequire(statement)).at(-1);
  const directive = body.findLast((statement) => statement.type === T.ExpressionStatement && statement.directive !== undefined);
  if (anchor) {
    plan.insert(endOfLineOf(anchor, source), `${source.newline}${line}`);
  } else if (directive) {
    plan.insert(endOfLineOf(directive, source), `${source.newline}${line}`);
  } else {
    const at = afterHeader(source);
    plan.insert(at, `${line}${source.newline}${source.text.slice(at).trim() === '' || /^[\t ]*\r?\n/.test(source.text.slice(at)) ? '' : source.newline}`);
  }
}

/** Behind a byte order mark, a shebang and a first comment that is no statement's own: one with a blank line after it, or a licence. */
function afterHeader(source: Source): number {
  let at = source.text.startsWith('\uFEFF') ? 1 : 0;
  if (source.text.startsWith('#!', at)) at = source.nextLine(at);
  for (const comment of source.comments) {
    const [start, end] = comment.range;
    if (source.text.slice(at, start).trim() !== '') break;
    const next = source.nextLine(end);
    const header = /@license|@preserve|copyright|licen[cs]e|@ts-|eslint-|@flow|@jsx|@fileoverview|<reference/i.test(comment.value);
    const blank = /^[\t ]*\r?\n/.test(source.text.slice(next));
    if (!header && !blank && !source.comments.some(({ range }) => range[0] > end && source.text.slice(end, range[0]).trim() === '' && source.text.slice(end, range[0]).split('\n').length === 2)) break;
    if (source.text.slice(end, source.lineEnd(end)).trim() !== '') break;
    at = blank ? source.nextLine(next) : next;
  }
  return at;
}

function importedNameOf({ imported }: TSESTree.ImportSpecifier): string {
  return imported.type === T.Identifier ? imported.name : imported.value;
}

function requireOf(statement: TSESTree.Node, sameModule: (written: unknown) => boolean): TSESTree.Node | undefined {
  if (statement.type !== T.VariableDeclaration) return undefined;
  const [declarator] = statement.declarations;
  const init = declarator.init;
  if (init?.type !== T.CallExpression || init.callee.type !== T.Identifier || init.callee.name !== 'require') return undefined;
  const [first] = init.arguments;
  return first?.type === T.Literal && sameModule(first.value) ? declarator.id : undefined;
}

function isRequire(statement: TSESTree.Node): boolean {
  return requireOf(statement, () => true) !== undefined;
}

/** The file imports by `require`: JavaScript that is CommonJS and has no import of its own. */
function usesRequire({ module }: Source, { modules, typescript }: Pick<FixAbility, 'modules' | 'typescript'>): boolean {
  if (/\.mjs$/i.test(module.path)) return false;
  const hasImports = module.ast.body.some(({ type }) => type === T.ImportDeclaration || type === T.ExportNamedDeclaration || type === T.ExportDefaultDeclaration || type === T.ExportAllDeclaration);
  if (hasImports) return false;
  return !typescript && (modules === 'cjs' || module.ast.body.some(isRequire));
}

/** The name, or with a number behind it, so that nothing in the file has it; with `at`, nothing that its function sees or declares. */
export function freeName(name: string, bindings: Bindings, at?: TSESTree.Node): string {
  const root = at && rootOf(at);
  const concerns = ({ block }: { readonly block: TSESTree.Node }): boolean => root === undefined || within(root, block) || within(block, root);
  const taken = new Set(bindings.scopes.scopes.filter(concerns).flatMap((scope) => scope.variables.filter(({ defs }) => defs.length > 0).map((variable) => variable.name)));
  return notAmong(taken, name);
}

/** The name, or with the lowest number behind it that makes it another one than those. */
export function notAmong(taken: ReadonlySet<string>, name: string): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name}${String(number)}`)) return `${name}${String(number)}`;
}

/** The file declares or imports the name itself, whatever the globals have. */
export function declaredAt(name: string, bindings: Bindings): { readonly specifier: string | undefined } | undefined {
  const top = bindings.scopes.scopes.find(({ type }) => type === 'module') ?? bindings.scopes.scopes[0];
  for (const scope of [top, bindings.scopes.globalScope]) {
    const variable = scope?.set.get(name);
    const [definition] = variable?.defs ?? [];
    if (definition === undefined) continue;
    const imported = definition.type === DefinitionType.ImportBinding && definition.parent?.type === T.ImportDeclaration ? definition.parent.source.value : undefined;
    return { specifier: imported };
  }
  return undefined;
}
