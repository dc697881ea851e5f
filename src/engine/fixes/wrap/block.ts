import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../findings';
import { isAsync, rootOf, within } from '../../syntax/nodes';
import type { Draft } from '../case';
import { freeName, importName } from '../edit/imports';
import { Plan } from '../edit/plan';
import type { Source } from '../edit/source';
import { applyRemoval } from '../edit/removals';
import { declareAs } from '../scope/declare';
import { enterOnStack } from '../scope/enter';
import { removalOf, removeFromTogether } from '../scope/oldReleases';
import { awaitReturned } from '../scope/returned';
import { cautionsOf } from '../scope/scoping';
import type { Enterable } from './resources';

/** What is put into a scope, and how much of a block that needs. */
export interface Block {
  readonly statements: readonly [TSESTree.Node, ...TSESTree.Node[]];
  readonly range: Range;
  /** Braces of its own; without them the scope ends with the list that the statements are the last of. */
  readonly braces: boolean;
  /** What the statements declare and code behind them uses: declared in front. */
  readonly moved: readonly Variable[];
}

/**
 * The statements with their resources released at their end: what has a dispose symbol by `using`, where `native` says so, all else by one stack.
 * Old releases go. A block keeps what `return`, `break`, `await`, `yield`, `this` and `arguments` mean, which a callback would not. Undefined where the old
 * releases cannot go together.
 */
export function draftBlock(block: Block, enterable: readonly [Enterable, ...Enterable[]], native: boolean): Draft | undefined {
  const { statements, range, braces, moved } = block;
  const [{ given }] = enterable;
  const { source, ctx, ability } = given;
  const plan = new Plan();
  const removal = removalOf([...new Set(enterable.flatMap(({ scoping }) => [...scoping.old.removal.statements]))], enterable.map((one) => one.given.obligation), given);
  if (removal === undefined) return undefined;
  const outer = source.breakAt(range.start);
  const inner = braces && outer !== ' ' ? `${outer}${source.unit}` : outer;
  if (braces) {
    const names = [...new Set(moved.map((variable) => `${variable.name}${typeOf(variable, source)}`))];
    plan.insert(range.start, `${names.length === 0 ? '' : `let ${names.join(', ')}${source.semi}${outer}`}{${inner}`);
  }
  const stacked = enterable.filter((one) => !native || one.native === undefined);
  const asynchronous = isAsync(rootOf(statements[0]));
  const type = asynchronous ? 'AsyncDisposableStack' : 'DisposableStack';
  const imported = ability.stacks || stacked.length === 0 ? undefined : importName(type, ability.runtime.specifier, source, ctx.bindings, ability);
  const name = freeName('stack', ctx.bindings, statements[0]);
  imported?.apply(plan);
  const [firstStacked] = stacked;
  if (firstStacked) plan.insert(braces ? range.start : firstStacked.scoping.holding.statement.range[0], `${asynchronous ? 'await using' : 'using'} ${name} = new ${imported?.local ?? type}()${source.semi}${inner}`);
  for (const one of enterable) {
    if (native && one.native) declareAs(plan, one.native.keyword, one.scoping.holding, one.given);
    else {
      one.scoping.release.imported?.apply(plan);
      enterOnStack(plan, { name, native: imported === undefined }, one.scoping, one.given, inner);
    }
    for (const release of one.scoping.old.all) removeFromTogether(plan, release, source);
  }
  applyRemoval(plan, removal, source, ctx.bindings);
  awaitReturned(plan, [...new Set(enterable.flatMap(({ scoping }) => scoping.promises))].filter((promise) => statements.some((one) => within(promise, one))));
  if (braces) {
    plan.indent(source.indentableLines(range).filter((line) => line > range.start), source.unit);
    for (const statement of statements) if (statement.type === T.VariableDeclaration) assign(plan, statement, moved, source);
    plan.insert(range.end, `${outer}}`);
  }
  const cautions = enterable.flatMap((one) => {
    const others = enterable.flatMap(({ scoping }) => (scoping === one.scoping ? [] : scoping.old.all));
    return cautionsOf(one.given, one.scoping, { start: one.scoping.holding.statement.range[0], end: range.end }, others);
  });
  return { title: titleOf(enterable, stacked, asynchronous), plan, cautions: [...cautions, 'The scope ends where the selection ends.'], within: range, usesRuntime: imported !== undefined };
}

function titleOf(enterable: readonly Enterable[], stacked: readonly Enterable[], asynchronous: boolean): string {
  const names = enterable.map(({ given, scoping }) => (scoping.holding.expression !== '' && given.obligation.site.resource.family !== 'lock' ? `\`${scoping.holding.expression}\`` : `the ${given.obligation.site.resource.noun}`));
  const last = names.pop() ?? '';
  const native = enterable.filter((one) => !stacked.includes(one));
  const keyword = `\`${native.some((one) => one.native?.keyword === 'await using') || (stacked.length > 0 && asynchronous) ? 'await using' : 'using'}\``;
  const how = stacked.length === 0 ? keyword : native.length > 0 ? `${keyword} and a stack` : `a stack, ${keyword}`;
  return `Wrap in a scope that releases ${names.length === 0 ? last : `${names.join(', ')} and ${last}`}: ${how}`;
}

/** Every name that the declarator declares is among the variables. */
export function declares({ id }: TSESTree.VariableDeclarator, variables: readonly Variable[]): boolean {
  return id.type !== T.Identifier ? variables.some((variable) => variable.identifiers.some((name) => within(name, id))) : variables.some(({ identifiers }) => identifiers.includes(id));
}

/** The type that the code gives the variable, with its colon; the empty string where the compiler is to find it. */
function typeOf({ defs: [definition] }: Variable, source: Source): string {
  const declarator = definition?.node;
  const annotation = declarator?.type === T.VariableDeclarator && declarator.id.type === T.Identifier ? declarator.id.typeAnnotation : undefined;
  return annotation ? source.textOf(annotation) : '';
}

/** `const x = f()` -> `x = f()`, `const { a } = f()` -> `({ a } = f())`, for what is declared in front of the block now. */
function assign(plan: Plan, statement: TSESTree.VariableDeclaration, moved: readonly Variable[], source: Source): void {
  if (!statement.declarations.some((one) => declares(one, moved))) return;
  const [first] = statement.declarations;
  plan.remove({ start: statement.range[0], end: first.range[0] });
  for (const declarator of statement.declarations) {
    const { typeAnnotation } = declarator.id;
    if (typeAnnotation) plan.remove({ start: typeAnnotation.range[0], end: typeAnnotation.range[1] });
    // What begins with a bracket would go on with the line before, where no semicolon ends that.
    if (declarator === first && !source.semicolons && declarator.id.type !== T.Identifier) plan.insert(declarator.range[0], ';');
    if (declarator.id.type === T.ObjectPattern) plan.insert(declarator.range[0], '(').insert(declarator.range[1], ')');
  }
}
