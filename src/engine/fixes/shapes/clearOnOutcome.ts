import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { calleeName, isCall, within, wrapped } from '../../syntax/nodes';
import type { Draft, FixMaker } from '../case';
import { Plan } from '../edit/plan';
import type { Source } from '../edit/source';
import { listOf } from '../edit/statements';
import { nodesAt } from '../locate';

const CLEAR: Readonly<Record<string, string>> = { setInterval: 'clearInterval', setTimeout: 'clearTimeout' };

/** `reject(error)` -> `clearInterval(timer); reject(error)`: on the outcome that forgot it, before the promise is settled. */
export const makeClearOnOutcome: FixMaker = ({ finding, source, ctx }): Draft[] => {
  const begun = nodesAt(source.module.ast, finding).find(isCall);
  const settled = finding.path.at(-1);
  const settling = settled && nodesAt(source.module.ast, settled).find(isCall);
  const clear = begun && CLEAR[calleeName(begun) ?? ''];
  if (begun === undefined || settling === undefined || clear === undefined) return [];
  const holder = wrapped(begun).parent;
  const named = holder?.type === T.VariableDeclarator ? holder.id : holder?.type === T.AssignmentExpression ? holder.left : undefined;
  const variable = named?.type === T.Identifier ? ctx.bindings.variableOf(named) : undefined;
  if (variable === undefined || !within(settling, variable.scope.block)) return [];
  const text = `${clear}(${variable.name})`;
  const plan = planBefore(settling, text, source);
  return plan === undefined ? [] : [{ title: `Clear \`${variable.name}\` before the promise is settled`, plan, cautions: [], within: { start: begun.range[0], end: settling.range[1] } }];
};

/** The text as a statement before the call's own; in an arrow function or a branch without a block, in a block with it. */
function planBefore(call: TSESTree.Node, text: string, source: Source): Plan | undefined {
  const outer = wrapped(call);
  const { parent } = outer;
  if (parent?.type === T.ArrowFunctionExpression && parent.body === outer) return inBlock(outer, text, source.semi);
  if (parent?.type !== T.ExpressionStatement && parent?.type !== T.ReturnStatement) return undefined;
  if (listOf(parent) === undefined) return inBlock(parent, text, '');
  const [start] = parent.range;
  const alone = source.text.slice(source.lineStart(start), start).trim() === '';
  return new Plan().insert(start, alone ? `${text}${source.semi}${source.breakAt(start)}` : `${text}; `);
}

function inBlock({ range: [start, end] }: TSESTree.Node, text: string, semi: string): Plan {
  return new Plan().insert(start, `{ ${text}; `).insert(end, `${semi} }`);
}
