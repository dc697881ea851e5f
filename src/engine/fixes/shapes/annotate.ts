import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { declarationOf, isAcquiring, tagsOf } from '../../ownership/lifecycleTags';
import type { FunctionNode } from '../../syntax/nodes';
import { isFunction } from '../../syntax/nodes';
import type { Draft, FixMaker, ResourceCase } from '../case';
import { ofResource } from '../case';
import type { Plan } from '../edit/plan';
import type { Source } from '../edit/source';
import { makeStack } from './stack';
import { makeTryFinally } from './tryFinally';

/**
 * An exported function that acquires for its caller: it releases when it fails, and says `@acquires`, so that callers in other files
 * are known to owe the release.
 */
export const makeAnnotate: FixMaker = ofResource((given): Draft[] => {
  const fn = given.obligation.root;
  if (!isFunction(fn) || !isExported(fn, given) || isAcquiring(tagsOf(fn, given.ctx))) return [];
  const [draft] = [...makeStack(given), ...makeTryFinally(given)];
  if (draft === undefined) return [];
  addTag(draft.plan, declarationOf(fn), given.source);
  return [{ ...draft, title: `${draft.title}, and say \`@acquires\`: callers own it` }];
});

function isExported(fn: FunctionNode, { ctx }: ResourceCase): boolean {
  const declaration = declarationOf(fn);
  if (declaration.type === T.ExportNamedDeclaration || declaration.type === T.ExportDefaultDeclaration) return true;
  const id = fn.type === T.FunctionDeclaration ? fn.id : fn.parent.type === T.VariableDeclarator ? fn.parent.id : undefined;
  const variable = id ? ctx.bindings.variableOf(id) : undefined;
  return variable?.references.some(({ identifier }) => identifier.parent.type === T.ExportSpecifier) ?? false;
}

/** Puts the tag into the JSDoc comment above, or a comment of its own. */
function addTag(plan: Plan, declaration: TSESTree.Node, source: Source): void {
  const [start] = declaration.range;
  const indent = source.indentAt(start);
  const above = source.comments.findLast(({ range, type }) => type === 'Block' && range[1] <= start && source.text.slice(range[1], start).trim() === '');
  if (above === undefined || !above.value.startsWith('*')) {
    plan.insert(start, `/** @acquires */${source.newline}${indent}`);
    return;
  }
  const [open, close] = above.range;
  const inner = source.text.slice(open + 3, close - 2);
  const line = `${source.newline}${indent} * `;
  if (inner.includes('\n')) plan.insert(open + 3 + inner.trimEnd().length, `${line}@acquires`);
  else plan.replace({ start: open, end: close }, `/**${line}${inner.trim()}${line}@acquires${source.newline}${indent} */`);
}
