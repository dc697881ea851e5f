import { DefinitionType } from '@typescript-eslint/scope-manager';
import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../findings';
import type { Context } from '../../ownership/context';
import type { Obligation } from '../../ownership/obligation';
import { isAsync, rootOf, within } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import { freeName, importName } from '../edit/imports';
import { Plan } from '../edit/plan';
import type { Source } from '../edit/source';
import type { StatementList } from '../edit/statements';
import { listOf, statementsOf } from '../edit/statements';
import type { FixAbility, WrapResult } from '../fix';

/** What is known where a selection is wrapped. */
export interface Surroundings {
  readonly ctx: Context;
  readonly source: Source;
  readonly ability: FixAbility;
  readonly obligations: readonly Obligation[];
}

/**
 * Puts statements into a block with a stack of its own. A block keeps what `return`, `break`, `await`, `yield`, `this` and `arguments` mean, which
 * a callback would not. What the statements declare and later code uses is declared in front of the block.
 */
export function wrapSelection(selection: Range, around: Surroundings): WrapResult {
  const { ctx, source, ability } = around;
  if (!ability.using) return { refused: '`using` does not compile or run here, and a callback would change what `return` and `break` mean.' };
  const found = findStatements(selection, source);
  if (found === undefined) return { refused: 'The selection does not consist of whole statements that follow each other.' };
  const { statements } = found;
  const [first] = statements;
  const last = statements.at(-1);
  if (first === undefined || last === undefined) return { refused: 'There is nothing to wrap.' };
  const range = { start: first.range[0], end: last.range[1] };
  const moved = usedAfter(statements, range, ctx);
  const obstacle = obstacleOf(moved, statements, range, around);
  if (obstacle !== undefined) return { refused: obstacle };
  const plan = new Plan();
  const asynchronous = isAsync(rootOf(first));
  const type = asynchronous ? 'AsyncDisposableStack' : 'DisposableStack';
  const imported = ability.stacks ? undefined : importName(type, ability.runtime.specifier, source, ctx.bindings, ability);
  imported?.apply(plan);
  const outer = source.breakAt(range.start);
  const inner = outer === ' ' ? ' ' : `${outer}${source.unit}`;
  const stack = `${asynchronous ? 'await using' : 'using'} ${freeName('stack', ctx.bindings, first)} = new ${imported?.local ?? type}()${source.semi}`;
  const names = [...new Set(moved.map(({ name }) => name))];
  const hoisted = names.length === 0 ? '' : `let ${names.join(', ')}${source.semi}${outer}`;
  plan.insert(range.start, `${hoisted}{${inner}${stack}${inner}`);
  plan.indent(source.indentableLines(range).filter((line) => line > range.start), source.unit);
  for (const statement of statements) if (statement.type === T.VariableDeclaration) assign(plan, statement, moved, source);
  plan.insert(range.end, `${outer}}`);
  const edits = plan.edits();
  if (edits === undefined) return { refused: 'The selection cannot be put into a block.' };
  return {
    choices: [
      {
        shape: 'stack',
        title: `Wrap in a scope: \`${asynchronous ? 'await using' : 'using'}\``,
        safe: false,
        caution: 'What is acquired in the scope is released at its end once the stack is given it.',
        edits,
        within: range,
        ...(imported !== undefined && !ability.runtime.installed ? { addsRuntime: true } : {}),
      },
    ],
  };
}

/** The statements of one list that the selection covers, exactly. */
function findStatements(selection: Range, source: Source): { list: StatementList; statements: readonly TSESTree.Node[] } | undefined {
  let found: { list: StatementList; statements: readonly TSESTree.Node[] } | undefined;
  const seen = new Set<StatementList>();
  walk(source.module.ast, (node) => {
    const list = listOf(node);
    if (list === undefined || seen.has(list)) return;
    seen.add(list);
    const statements = statementsOf(list).filter((one) => one.range[1] > selection.start && one.range[0] < selection.end);
    const [first] = statements;
    const last = statements.at(-1);
    if (first === undefined || last === undefined) return;
    // Comments at either end belong to the selection.
    const begins = source.skipTrivia(selection.start) === first.range[0];
    const ends = last.range[1] <= selection.end && source.skipTrivia(last.range[1]) >= selection.end;
    if (begins && ends) found = { list, statements };
  });
  return found;
}

/** What the statements declare for their block alone, and code behind them names. */
function usedAfter(statements: readonly TSESTree.Node[], { start, end }: Range, ctx: Context): Variable[] {
  const declared = statements.flatMap((statement) => declaredBy(statement, ctx));
  return declared.filter(({ references }) => references.some(({ identifier }) => identifier.range[0] >= end || identifier.range[1] <= start));
}

function declaredBy(statement: TSESTree.Node, { bindings }: Context): Variable[] {
  const names: TSESTree.Node[] = [];
  if (statement.type === T.VariableDeclaration && statement.kind !== 'var') {
    for (const { id } of statement.declarations) walk(id, (node) => { if (node.type === T.Identifier) names.push(node); });
  } else if ((statement.type === T.FunctionDeclaration || statement.type === T.ClassDeclaration) && statement.id) names.push(statement.id);
  return [...new Set(names.flatMap((name) => bindings.variableOf(name) ?? []))].filter(({ identifiers }) => identifiers.some((name) => names.includes(name)));
}

/** Why the statements can't be put into a block of their own, in a sentence. */
function obstacleOf(moved: readonly Variable[], statements: readonly TSESTree.Node[], range: Range, { ability, obligations }: Surroundings): string | undefined {
  if (statements.some(({ type }) => /^(?:Import|Export)/.test(type))) return 'Imports and exports have to stay at the top of the file.';
  for (const variable of moved) {
    const [definition] = variable.defs;
    const name = `\`${variable.name}\``;
    if (definition?.type === DefinitionType.FunctionName || definition?.type === DefinitionType.ClassName) return `${name} is declared in the selection and used outside of it.`;
    if (definition?.type !== DefinitionType.Variable || definition.parent.type !== T.VariableDeclaration) return `${name} is used outside of the selection.`;
    if (definition.parent.kind === 'using' || definition.parent.kind === 'await using') return `${name} is used behind the selection, where its scope has released it.`;
    if (obligations.some(({ effects }) => effects.places.some((place) => place.variable === variable))) return `${name} holds a resource, and is used behind the selection, where the scope has ended.`;
    if (ability.typescript && variable.references.some(({ identifier }) => identifier.range[0] >= range.end && rootOf(identifier) !== rootOf(definition.node))) return `${name} is used by a function behind the selection: its type would be lost.`;
    if (ability.typescript && definition.node.id.type === T.Identifier && definition.node.id.typeAnnotation) return `${name} has a type of its own and is used behind the selection: declare it in front of it first.`;
    const whole = definition.parent.declarations.every((one) => declares(one, moved));
    if (!whole || definition.parent.declarations.some(({ init }) => init === null)) return `${name} is declared together with others that are not used behind the selection.`;
  }
  return undefined;
}

/** Every name that the declarator declares is among the variables. */
function declares({ id }: TSESTree.VariableDeclarator, variables: readonly Variable[]): boolean {
  return id.type !== T.Identifier ? variables.some((variable) => variable.identifiers.some((name) => within(name, id))) : variables.some(({ identifiers }) => identifiers.includes(id));
}

/** `const x = f()` -> `x = f()`, `const { a } = f()` -> `({ a } = f())`, for what is declared in front of the block now. */
function assign(plan: Plan, statement: TSESTree.VariableDeclaration, moved: readonly Variable[], source: Source): void {
  if (!statement.declarations.some((one) => declares(one, moved))) return;
  const [first] = statement.declarations;
  plan.remove({ start: statement.range[0], end: first.range[0] });
  for (const declarator of statement.declarations) {
    if (declarator.id.type !== T.ObjectPattern) continue;
    plan.insert(declarator.range[0], declarator === first && !source.semicolons ? ';(' : '(').insert(declarator.range[1], ')');
  }
}
