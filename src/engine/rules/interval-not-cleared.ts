import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { endsLife, keepsThis } from '../events/dropped';
import { classAround, factsOf, haltsOf, isInheritedField } from '../events/owners';
import { armsItselfAgain } from '../events/rearming';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import { FLUENT_METHODS } from '../ownership/sinks';
import type { ClassNode } from '../syntax/nodes';
import { calleeName, staticName, unwrap } from '../syntax/nodes';
import type { CodeRule } from './code-rule';

/** An object that has an end starts an interval that nothing in its class can stop. */
export const intervalNotCleared: CodeRule = {
  id: 'interval-not-cleared',
  mentions: ['setInterval(', 'setTimeout(this.', 'setTimeout(() =>', 'setTimeout(async'],
  on: [T.CallExpression],
  suspects: (node) => {
    if (node.type !== T.CallExpression || (calleeName(node) !== 'setInterval' && !armsItselfAgain(node))) return undefined;
    const cls = classAround(node);
    if (cls === undefined) return undefined;
    const { self, disposers } = factsOf(cls);
    return disposers.length > 0 || self === undefined ? [] : [{ kind: 'type', start: self.range[0], end: self.range[1] }];
  },
  judge: (node, { ctx }) => {
    const cls = classAround(node);
    if (node.type !== T.CallExpression || cls === undefined || !isTimers(node, ctx)) return [];
    const field = keptIn(node);
    // Whoever keeps the id of an interval, and has a method to end what was begun, meant it to be cleared there.
    const halts = field !== undefined && field !== 'elsewhere' && calleeName(node) === 'setInterval' && haltsOf(cls).length > 0;
    if (!halts && !endsLife(cls, ctx)) return [];
    if (field === 'elsewhere' || (field === undefined ? !keepsThis(node, ctx) : isStopped(cls, field) || isInheritedField(cls, field, ctx.module.path))) return [];
    const [start, end] = node.range;
    const what = calleeName(node) === 'setInterval' ? 'interval' : 'timer';
    const name = field === undefined ? `The ${what}` : `\`this.${field}\` (${what})`;
    const again = what === 'timer' ? ', which its callback arms again,' : '';
    return [
      {
        start,
        end,
        acquire: { start, end },
        message: `${name}${again} is never cleared: it goes on, and holds this object, after the object has come to its end.`,
        resource: what,
        family: 'timer',
        path: [{ start, end, message: field === undefined ? `the ${what} begins, and its id is thrown away` : `the ${what} begins, and the class clears \`this.${field}\` nowhere` }],
      },
    ];
  },
};

function isTimers(call: TSESTree.CallExpression, ctx: Context): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === T.Identifier) return ctx.bindings.isGlobal(callee);
  return callee.type === T.MemberExpression && callee.object.type === T.Identifier && /^(window|globalThis|self)$/.test(callee.object.name);
}

/** The field that keeps the id; undefined when nothing does, `elsewhere` when it goes somewhere else or the process need not wait for it. */
function keptIn(call: TSESTree.CallExpression): string | 'elsewhere' | undefined {
  const [landing, ...more] = landingsOf(call, [], (name) => FLUENT_METHODS.has(name) && name !== 'unref');
  if (landing === undefined || more.length > 0) return 'elsewhere';
  if (landing.to === 'nothing') return undefined;
  if (landing.to === 'property' && landing.path.length === 0 && landing.target.object.type === T.ThisExpression) return staticName(landing.target) ?? 'elsewhere';
  // `private timer = setInterval(...)`
  if (landing.to === 'kept' && landing.at.type === T.PropertyDefinition) return staticName(landing.at) ?? 'elsewhere';
  return 'elsewhere';
}

/** Some code of the class does more with the field than ask whether it is there. */
function isStopped(cls: ClassNode, field: string): boolean {
  const { members, taken } = factsOf(cls);
  if (taken.has(field) || taken.has('*')) return true;
  return (members.get(field) ?? []).some((member) => {
    if (member.parent.type === T.AssignmentExpression && member.parent.left === member) return false;
    return landingsOf(member).some((landing) => landing.to !== 'looked-at' && landing.to !== 'nothing');
  });
}
