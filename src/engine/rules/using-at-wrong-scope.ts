import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import type { Scoped } from '../ownership/scoped';
import { scopedBy, usesOf } from '../ownership/scoped';
import { closureAround, enclosingClass, isFunction } from '../syntax/nodes';
import type { CodeCase, CodeRule, Report } from './code-rule';
import { USING_MENTIONS, acquireRange, heldBy, rangeOf, stepAt } from './scoped-report';

/** A `using` of the module that what the module exports goes on using, and one that stands in a bare `case`. */
export const usingAtWrongScope: CodeRule = {
  id: 'using-at-wrong-scope',
  mentions: USING_MENTIONS,
  passedAlready: true,
  on: [T.VariableDeclarator],
  suspects: (node, ctx) => {
    const block = scopedBy(node, ctx)?.block;
    return block?.type === T.Program || (block?.type === T.SwitchCase && isJavaScript(ctx)) ? [] : undefined;
  },
  judge: (node, given) => {
    const scoped = scopedBy(node, given.ctx);
    if (scoped === undefined) return [];
    return scoped.block.type === T.Program ? ofModule(scoped, given) : [{ ...about(scoped, given), message: `\`using\` stands in a \`case\` without a block, where it is a SyntaxError: put braces around what the case does.` }];
  },
};

function about(scoped: Scoped, given: CodeCase): Omit<Report, 'message'> {
  return { ...rangeOf(scoped.init ?? scoped.declarator), ...heldBy(scoped, given), ...acquireRange(scoped), path: [stepAt(scoped.declarator, `\`${scoped.name}\` is declared here`)] };
}

/** TypeScript lowers it where it does not refuse it. */
function isJavaScript(ctx: Context): boolean {
  return /\.[cm]?jsx?$/i.test(ctx.module.path);
}

function ofModule(scoped: Scoped, given: CodeCase): Report[] {
  const { ctx } = given;
  if (scoped.variable.references.some(({ identifier }) => isExported(identifier))) {
    return [{ ...about(scoped, given), message: `\`${scoped.name}\` is exported, and released as soon as the module has been evaluated: whoever imports it has what is released already.` }];
  }
  const users = usesOf(scoped, ctx).flatMap((use) => closureAround(use.at, scoped.root) ?? []);
  const exported = users.find((fn) => isExportedFunction(fn, ctx));
  if (exported === undefined) return [];
  const message = `\`${scoped.name}\` is released as soon as the module has been evaluated, and an exported function uses it after that (line ${String(ctx.lineOf(exported))}).`;
  // A module that calls what it exports may be a program, whose exports are there for its tests.
  return [{ ...about(scoped, given), message, tier: isCalledByModule(exported, ctx) ? 'hint' : 'definite', path: [stepAt(scoped.declarator, `\`${scoped.name}\` is declared here`), stepAt(exported, 'it is used here later on')] }];
}

function isExported({ parent }: TSESTree.Node): boolean {
  return parent?.type === T.ExportSpecifier || parent?.type === T.ExportDefaultDeclaration;
}

/** `export function f`, `export const f = () => ...`, `export { f }`, a method of an exported class. */
function isExportedFunction(fn: TSESTree.Node, ctx: Context): boolean {
  const cls = isFunction(fn) && fn.parent.type === T.MethodDefinition ? enclosingClass(fn) : undefined;
  const declared = cls ?? fn;
  const declarator = declared.parent?.type === T.VariableDeclarator ? declared.parent : undefined;
  const statement = declarator?.parent ?? declared;
  if (statement.parent?.type === T.ExportNamedDeclaration || statement.parent?.type === T.ExportDefaultDeclaration) return true;
  return nameOf(declared, declarator, ctx)?.references.some(({ identifier }) => isExported(identifier)) ?? false;
}

function isCalledByModule(fn: TSESTree.Node, ctx: Context): boolean {
  const declarator = fn.parent?.type === T.VariableDeclarator ? fn.parent : undefined;
  return nameOf(fn, declarator, ctx)?.references.some(({ identifier }) => identifier.parent.type === T.CallExpression && identifier.parent.callee === identifier && closureAround(identifier, ctx.module.ast) === undefined) ?? false;
}

function nameOf(declared: TSESTree.Node, declarator: TSESTree.VariableDeclarator | undefined, ctx: Context): ReturnType<Context['bindings']['variableOf']> {
  const id = declarator?.id ?? (declared.type === T.FunctionDeclaration || declared.type === T.ClassDeclaration ? declared.id : null);
  return id ? ctx.bindings.variableOf(id) : undefined;
}
