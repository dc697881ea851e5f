import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { mentionsOf } from '../../ownership/place';
import { isFunction, rootOf, unwrap, wrapped } from '../../syntax/nodes';
import type { Draft, FixMaker, ResourceCase } from '../case';
import { ofResource } from '../case';
import { Plan } from '../edit/plan';
import { listOf } from '../edit/statements';
import { modelRelease } from '../scope/releaseCode';

/**
 * `pool.getConnection((err, conn) => { conn.query(sql, (err, rows) => {...}); })` -> `conn.release();` first thing in the callback of the one
 * call that uses it.
 */
export const makeReleaseInCallback: FixMaker = ofResource((given): Draft[] => {
  const { source } = given;
  const found = lastCallbackOf(given);
  if (found === undefined) return [];
  const { name, statement, body } = found;
  const list = listOf(statement);
  const release = list && modelRelease(given, { form: 'beside', statement, list, expression: name, mayBeAbsent: false });
  // A promise of it nobody would wait for, and another callback would be needed for what takes one.
  if (release?.method === undefined || release.async) return [];
  const plan = new Plan();
  if (body.type !== T.BlockStatement) {
    // In parentheses it is more than its own range.
    if (source.text.slice(0, body.range[0]).trimEnd().endsWith('(') || source.textOf(body).includes('\n')) return [];
    plan.insert(body.range[0], `{ ${release.write(name)}; `).insert(body.range[1], `${source.semi} }`);
  } else {
    const [first] = body.body;
    if (first === undefined || !source.beginsLine(first.range[0])) return [];
    plan.insert(body.range[0] + 1, `${source.newline}${source.indentAt(first.range[0])}${release.write(name)}${source.semi}`);
  }
  return [{ title: `Release \`${name}\` in the callback of \`${given.ctx.excerpt(found.call.callee, 40)}\``, plan, cautions: [] }];
});

interface LastCallback {
  readonly name: string;
  readonly call: TSESTree.CallExpression;
  readonly statement: TSESTree.Node;
  readonly body: TSESTree.BlockStatement | TSESTree.Expression;
}

/** The callback of the only call that names the resource; undefined where that is not the only thing that happens to it. */
function lastCallbackOf({ obligation, ctx }: ResourceCase): LastCallback | undefined {
  const { site, root, effects: { places, effects } } = obligation;
  const [place, ...more] = places;
  if (site.holder.in !== 'callback' || place === undefined || place.variable === 'this' || more.length > 0 || place.path.length > 0) return undefined;
  if (effects.some(({ kind }) => kind === 'release' || kind === 'transfer' || kind === 'wrong' || kind === 'lend' || kind === 'fulfilled')) return undefined;
  const uses = mentionsOf(place, root).map(({ node }) => node).filter((node) => !isTested(node, root));
  const [use, ...others] = uses;
  const member = use && wrapped(use).parent;
  if (use === undefined || others.length > 0 || rootOf(use) !== root || member?.type !== T.MemberExpression) return undefined;
  const call = wrapped(member).parent;
  const callback = call?.type === T.CallExpression && unwrap(call.callee) === member ? call.arguments.at(-1) : undefined;
  if (call?.type !== T.CallExpression || !isFunction(callback) || callback.body === null || callback.generator || callback.params.length === 0) return undefined;
  const whole = wrapped(call).parent;
  const statement = whole?.type === T.ExpressionStatement || whole?.type === T.ReturnStatement ? whole : undefined;
  if (statement === undefined || ctx.bindings.writesOf(place.variable).length > 0) return undefined;
  return { name: place.variable.name, call, statement, body: callback.body };
}

/** Whether it is there is asked, and nothing else: `if (error || !client)`. */
function isTested(node: TSESTree.Node, root: TSESTree.Node): boolean {
  for (let at = node, parent = node.parent; parent !== undefined && at !== root; at = parent, parent = parent.parent) {
    if (parent.type === T.IfStatement) return parent.test === at;
    if (parent.type !== T.UnaryExpression && parent.type !== T.LogicalExpression && parent.type !== T.BinaryExpression) return false;
  }
  return false;
}
