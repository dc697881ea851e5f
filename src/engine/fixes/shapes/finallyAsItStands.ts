import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { listeningOf } from '../../events/listening';
import { rootOf, unwrapAwait, within } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { Draft, FixMaker, ResourceCase } from '../case';
import { ofResource } from '../case';
import { deeperText } from '../edit/reindent';
import { Plan } from '../edit/plan';
import type { StatementList } from '../edit/statements';
import { closeGap, endOfLineOf, statementsOf } from '../edit/statements';
import { commonScope } from '../scope/commonScope';
import { jumpsOut, namesBeyond, onlyCompute } from '../scope/transaction';

/** A release that is more than a call, as one statement of the list in which the resource is acquired. */
interface Standing {
  readonly list: StatementList;
  readonly acquire: TSESTree.Node;
  /** Between the two. */
  readonly work: readonly TSESTree.Node[];
  readonly release: TSESTree.Node;
  readonly rest: readonly TSESTree.Node[];
}

/**
 * `await new Promise((done) => server.close(done));`, `if (!given) client.release();`, `ctx.waitUntil(client.end());`: the statement goes into a
 * `finally` as it stands, what comes before it into the `try`.
 */
export const makeFinallyAsItStands: FixMaker = ofResource((given): Draft[] => {
  const found = standingOf(given);
  if (found === undefined) return [];
  const { source, ctx } = given;
  const { list, acquire, work, release, rest } = found;
  // What later code names has to stay in one block with it.
  const needed = namesBeyond(work, list, given);
  const body = needed ? [...work, ...rest] : work;
  const last = body.at(-1);
  const [first] = work;
  if (first === undefined || last === undefined || !ownLines([acquire, first, release, last], given) || (needed && namesBeyond(body, list, given))) return [];
  const outer = source.breakAt(acquire.range[0]);
  const start = endOfLineOf(acquire, source);
  const plan = new Plan();
  plan.insert(start, `${outer}try {`);
  closeGap(plan, start, source);
  if (needed && rest.length > 0) {
    const moved = takeOut(plan, release, given);
    if (moved === undefined) return [];
    const end = endOfLineOf(last, source);
    plan.indent(source.indentableLines({ start: source.nextLine(start), end }), source.unit);
    plan.insert(end, `${outer}} finally {${source.newline}${moved}${outer}}`);
  } else {
    const middle = endOfLineOf(last, source);
    const end = endOfLineOf(release, source);
    plan.indent(source.indentableLines({ start: source.nextLine(start), end }), source.unit);
    plan.insert(middle, `${outer}} finally {`);
    closeGap(plan, middle, source);
    plan.insert(end, `${outer}}`);
  }
  const effect = needed && !onlyCompute(rest) ? rest.find((one) => !onlyCompute([one])) : undefined;
  const cautions = [
    ...(effect ? [`\`${ctx.excerpt(effect, 40)}\` ran after the release; now it runs before.`] : []),
    ...(dependsOn(release, work, given) ? ['The release uses what the code before it sets, and may not find it there when that fails.'] : []),
    ...(waitsForEvent(release) ? ['The release waits for an event, which may not come after a failure.'] : []),
  ];
  return [{ title: `Release \`${given.obligation.name ?? given.finding.resource}\` by try/finally, as it stands`, plan, cautions }];
});

/** Undefined where there are several, where it is part of something that has to stay, or where the resource goes elsewhere. */
function standingOf(given: ResourceCase): Standing | undefined {
  const { obligation, finding } = given;
  const { site, root, effects: { effects } } = obligation;
  if (site.resource.family === 'transaction' || effects.some(({ kind, releases }) => (kind === 'transfer' && releases !== true) || kind === 'lend' || kind === 'wrong' || kind === 'fulfilled')) return undefined;
  const ends = effects.flatMap(({ kind, at, call, release, releases }) => ((kind === 'release' && release?.incidental !== true) || releases === true ? [call ?? at] : []));
  const [one] = ends;
  const common = one && commonScope(site.call, one);
  if (one === undefined || common === undefined || common.list.type === T.Program || common.list.type === T.SwitchCase || rootOf(common.first) !== root) return undefined;
  const { list, first: acquire } = common;
  const all = statementsOf(list);
  const to = all.findIndex((statement) => ends.every((call) => within(call, statement)));
  const release = all[to];
  const work = all.slice(all.indexOf(acquire) + 1, to);
  if (release === undefined || release === acquire || !endsWith(acquire, site.call) || !isMoreThanCall(release, one) || !isMovable(release) || namesOf(work, release, given)) return undefined;
  // What is told of happens between the two.
  if (!finding.path.slice(1).some(({ start, end }) => work.some(({ range }) => start >= range[0] && end <= range[1]))) return undefined;
  return { list, acquire, work, release, rest: all.slice(to + 1) };
}

/** Nothing follows the acquire in its statement: `const c = await pool.connect();`, `if (c === undefined) c = await pool.connect();`. */
function endsWith(statement: TSESTree.Node, call: TSESTree.Node): boolean {
  if (statement.type === T.VariableDeclaration) return statement.declarations.at(-1) !== undefined && within(call, statement.declarations.at(-1) ?? statement);
  if (statement.type === T.ExpressionStatement) return true;
  if (statement.type !== T.IfStatement || statement.alternate !== null || !within(call, statement.consequent)) return false;
  const inner = statement.consequent.type === T.BlockStatement ? statement.consequent.body.at(-1) : statement.consequent;
  return inner !== undefined && within(call, inner) && endsWith(inner, call);
}

/** Of a plain release the other shapes know all there is to know, and refuse for a reason. */
function isMoreThanCall(release: TSESTree.Node, call: TSESTree.Node): boolean {
  return release.type !== T.ExpressionStatement || call.type !== T.CallExpression || unwrapAwait(release.expression) !== call;
}

/** It does not leave the list, declares nothing, and is no `try` that has work of its own. */
function isMovable(release: TSESTree.Node): boolean {
  if (release.type === T.TryStatement) return release.block.body.length === 1 && release.finalizer === null && !jumpsOut([release]);
  return (release.type === T.ExpressionStatement || release.type === T.IfStatement) && !jumpsOut([release]);
}

/** The release names what the work declares. */
function namesOf(work: readonly TSESTree.Node[], release: TSESTree.Node, { ctx }: ResourceCase): boolean {
  return mentionsVariable(release, ctx, ({ identifiers }) => identifiers.some((one) => work.some((statement) => within(one, statement))));
}

/** The release names what the work writes. */
function dependsOn(release: TSESTree.Node, work: readonly TSESTree.Node[], { ctx }: ResourceCase): boolean {
  return mentionsVariable(release, ctx, ({ references }) => references.some((reference) => reference.isWrite() && work.some((statement) => within(reference.identifier, statement))));
}

type Variable = NonNullable<ReturnType<ResourceCase['ctx']['bindings']['variableOf']>>;

function mentionsVariable(node: TSESTree.Node, { bindings }: ResourceCase['ctx'], holds: (variable: Variable) => boolean): boolean {
  let found = false;
  walk(node, (inner) => {
    const variable = inner.type === T.Identifier ? bindings.variableOf(inner) : undefined;
    if (variable !== undefined && holds(variable)) found = true;
  });
  return found;
}

function waitsForEvent(release: TSESTree.Node): boolean {
  let found = false;
  walk(release, (node) => {
    if (node.type === T.CallExpression && listeningOf(node) !== undefined) found = true;
  });
  return found;
}

function ownLines(statements: readonly TSESTree.Node[], { source }: ResourceCase): boolean {
  return statements.every((statement) => source.beginsLine(statement.range[0]) && source.endsLine(endOfLineOf(statement, source)));
}

/** Removes the statement with the comments above it, and gives their text, one step deeper. */
function takeOut(plan: Plan, release: TSESTree.Node, { source }: ResourceCase): string | undefined {
  let [start] = release.range;
  for (const { range } of source.comments.toReversed()) if (range[1] <= start && /^\r?\n[\t ]*$/.test(source.text.slice(range[1], start)) && source.beginsLine(range[0])) start = range[0];
  const from = source.lineStart(start);
  const end = endOfLineOf(release, source);
  const text = deeperText({ start: from, end }, source);
  if (text === undefined) return undefined;
  const next = source.nextLine(end);
  const gap = /\n[\t ]*\r?\n$/.test(source.text.slice(0, from)) && /^[\t ]*\r?\n/.test(source.text.slice(next)) ? source.nextLine(next) : next;
  plan.remove({ start: from, end: gap });
  return text;
}
