import { DefinitionType } from '@typescript-eslint/scope-manager';
import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../findings';
import type { Context } from '../../ownership/context';
import { rootOf } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { ResourceCase } from '../case';
import { inOrder, toFix } from '../choose';
import type { Source } from '../edit/source';
import type { StatementList } from '../edit/statements';
import { listOf, statementsOf } from '../edit/statements';
import type { Fix, FixAbility, WrapResult } from '../fix';
import { makeFixes } from '../fixes-of';
import { declares, draftBlock } from './block';
import type { Block } from './block';
import { acquiredBy, explainUnenterable, findingFor, isRemoved } from './resources';
import type { Enterable } from './resources';

/** What is known where a selection is wrapped. */
export interface Surroundings {
  readonly ctx: Context;
  readonly source: Source;
  readonly ability: FixAbility;
  /** The resources of the file. */
  readonly cases: readonly ResourceCase[];
}

/**
 * Puts statements into a scope that releases, at their end, the resources that they acquire. Where they are the last of their list that is the
 * scope; else they get a block. What they declare and later code uses is declared in front of it.
 */
export function wrapSelection(selection: Range, around: Surroundings): WrapResult {
  const { ctx, source, ability } = around;
  const found = findStatements(selection, source);
  if (found === undefined) return { refused: 'The selection does not consist of whole statements that follow each other.' };
  const { list, statements } = found;
  const range = { start: statements[0].range[0], end: statements.at(-1)?.range[1] ?? statements[0].range[1] };
  if (statements.some(({ type }) => /^(?:Import|Export)/.test(type))) return { refused: 'Imports and exports have to stay at the top of the file.' };
  const acquired = acquiredBy(statements, range, around.cases);
  if ('refused' in acquired) return acquired;
  const { enterable, cases } = acquired;
  const [only, ...others] = cases;
  const [first, ...rest] = enterable;
  const joinsList = list.type === T.BlockStatement && statementsOf(list).at(-1) === statements.at(-1);
  // As without a selection: nothing follows that a block would keep out, or only the acquire is selected.
  if (only && others.length === 0 && (joinsList || statements.length === 1)) {
    const fixes = makeFixes(only);
    return fixes.length > 0 ? { choices: fixes } : { refused: explainUnenterable(cases, range) };
  }
  const made = first === undefined ? [] : scopesOf({ list, statements, range, braces: !joinsList }, [first, ...rest], around);
  if ('refused' in made) return made;
  // Without `using` a `try` is all there is, also where it has to reach further than the selection.
  const plain = only && others.length === 0 ? makeFixes(only).filter((fix) => !ability.using || (isPlain(fix) && staysWithin(fix, range, statements[0]))) : [];
  const choices = inOrder([...made, ...plain.map((fix) => ({ fix, usesRuntime: fix.addsRuntime === true }))], ability.style);
  if (choices.length > 0) return { choices };
  if (rest.length > 0 && !ability.using) return { refused: '`using` does not compile or run here, and `try` and `finally` are made for one resource at a time: put the cursor on one.' };
  return { refused: explainUnenterable(cases, range) };

  function scopesOf(block: Omit<Block, 'moved'> & Found, resources: readonly [Enterable, ...Enterable[]], { ability: { using } }: Surroundings): Made[] | { readonly refused: string } {
    if (!using) return [];
    const moved = block.braces ? usedAfter(statements, range, resources, ctx) : [];
    const obstacle = obstacleOf(moved, around, range);
    if (obstacle !== undefined) return { refused: obstacle };
    const ways = resources.some(({ native }) => native) ? [true, false] : [false];
    return ways.flatMap((native) => {
      const draft = draftBlock({ ...block, moved }, resources, native);
      const shape = native && resources.every((one) => one.native) ? 'using' : 'stack';
      const fix = draft && toFix(shape, draft, findingFor(resources[0].given.obligation), range, ability);
      return fix ? [{ fix, usesRuntime: draft.usesRuntime === true }] : [];
    });
  }
}

interface Made {
  readonly fix: Fix;
  readonly usesRuntime: boolean;
}

interface Found {
  readonly list: StatementList;
  readonly statements: readonly [TSESTree.Node, ...TSESTree.Node[]];
}

/** No declaration that lives as long as its list, which goes on behind the selection. */
function isPlain({ shape }: Fix): boolean {
  return shape !== 'using' && shape !== 'stack' && shape !== 'adapter';
}

/** It changes nothing of the function but what is selected. */
function staysWithin({ edits }: Fix, { start, end }: Range, first: TSESTree.Node): boolean {
  const [from, to] = rootOf(first).range;
  return edits.every((edit) => (edit.start >= start && edit.end <= end) || edit.end <= from || edit.start >= to);
}

/** The statements of one list that the selection covers, exactly. */
function findStatements(selection: Range, source: Source): Found | undefined {
  let found: Found | undefined;
  const seen = new Set<StatementList>();
  walk(source.module.ast, (node) => {
    const list = listOf(node);
    if (list === undefined || seen.has(list)) return;
    seen.add(list);
    const [first, ...more] = statementsOf(list).filter((one) => one.range[1] > selection.start && one.range[0] < selection.end);
    if (first === undefined) return;
    const last = more.at(-1) ?? first;
    // Comments at either end belong to the selection.
    const begins = source.skipTrivia(selection.start) === first.range[0];
    const ends = last.range[1] <= selection.end && source.skipTrivia(last.range[1]) >= selection.end;
    if (begins && ends) found = { list, statements: [first, ...more] };
  });
  return found;
}

/** What the statements declare for their block alone, and code outside of it names that stays. */
function usedAfter(statements: readonly TSESTree.Node[], { start, end }: Range, resources: readonly Enterable[], ctx: Context): Variable[] {
  const declared = statements.flatMap((statement) => declaredBy(statement, ctx));
  const isGone = (node: TSESTree.Node): boolean => resources.some(({ scoping }) => isRemoved(node, scoping));
  return declared.filter(({ references }) => references.some(({ identifier }) => (identifier.range[0] >= end || identifier.range[1] <= start) && !isGone(identifier)));
}

function declaredBy(statement: TSESTree.Node, { bindings }: Context): Variable[] {
  const names: TSESTree.Node[] = [];
  if (statement.type === T.VariableDeclaration && statement.kind !== 'var') {
    for (const { id } of statement.declarations) walk(id, (node) => { if (node.type === T.Identifier) names.push(node); });
  } else if ((statement.type === T.FunctionDeclaration || statement.type === T.ClassDeclaration) && statement.id) names.push(statement.id);
  return [...new Set(names.flatMap((name) => bindings.variableOf(name) ?? []))].filter(({ identifiers }) => identifiers.some((name) => names.includes(name)));
}

/** Why the statements can't be put into a block of their own, in a sentence. */
function obstacleOf(moved: readonly Variable[], { ability, cases }: Surroundings, range: Range): string | undefined {
  for (const variable of moved) {
    const [definition] = variable.defs;
    const name = `\`${variable.name}\``;
    if (definition?.type === DefinitionType.FunctionName || definition?.type === DefinitionType.ClassName) return `${name} is declared in the selection and used outside of it.`;
    if (definition?.type !== DefinitionType.Variable || definition.parent.type !== T.VariableDeclaration) return `${name} is used outside of the selection.`;
    if (definition.parent.kind === 'using' || definition.parent.kind === 'await using') return `${name} is used behind the selection, where its scope has released it.`;
    if (cases.some(({ obligation: { effects } }) => effects.places.some((place) => place.variable === variable))) return `${name} holds a resource, and is used behind the selection, where the scope has ended.`;
    const typed = definition.node.id.type === T.Identifier && definition.node.id.typeAnnotation !== undefined;
    if (ability.typescript && !typed && variable.references.some(({ identifier }) => identifier.range[0] >= range.end && rootOf(identifier) !== rootOf(definition.node))) return `${name} is used by a function behind the selection: its type would be lost.`;
    const whole = definition.parent.declarations.every((one) => declares(one, moved));
    if (!whole || definition.parent.declarations.some(({ init }) => init === null)) return `${name} is declared together with others that are not used behind the selection.`;
  }
  return undefined;
}
