import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { boundIn } from '../../events/identity';
import { classAround } from '../../events/owners';
import type { ClassNode } from '../../syntax/nodes';
import { rootOf, staticName, unwrap, within } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { Draft, FixCase } from '../case';
import { notAmong } from '../edit/imports';
import { Plan } from '../edit/plan';
import { movedText } from '../edit/reindent';
import { namesIn } from '../scope/commonScope';
import { listenerText, nameFor } from '../scope/namedListener';
import type { Pair } from './shareListener';

/** `private readonly boundOnKey = this.onKey.bind(this);`, which the method that adds the listener and the one that takes it off both name. */
export function listenerField({ removal, removed, added, cautions }: Pair, given: FixCase): Draft | undefined {
  const { source, ctx } = given;
  const cls = classAround(added.call);
  const text = listenerText(added, given);
  const [head] = cls?.body.body ?? [];
  if (cls === undefined || cls !== classAround(removal) || text === undefined || head === undefined || /\b(?:super|arguments)\b/.test(text)) return undefined;
  if (!isReady(added.listener, cls) || namesIn(added.listener, given).some(({ scope, identifiers }) => !within(cls, scope.block) || identifiers.some((one) => within(one, cls) && one !== cls.id))) return undefined;
  const name = freeMember(nameFor(added), cls);
  const last = fieldsOf(cls).at(-1);
  const start = (last ?? head).range[0];
  const moved = movedText(text, added.listener, start, source);
  if (!source.beginsLine(start) || moved === undefined) return undefined;
  const field = `${isPrivate(cls) ? '#' : given.ability.typescript ? 'private readonly ' : ''}${name} = ${moved}${source.semi}`;
  const indent = `${source.newline}${source.indentAt(start)}`;
  const plan = new Plan();
  if (last) plan.insert(last.range[1], `${indent}${field}`);
  else plan.insert(cls.body.range[0] + 1, `${indent}${field}${source.newline}`);
  const use = `this.${isPrivate(cls) ? '#' : ''}${name}`;
  plan.replace({ start: added.listener.range[0], end: added.listener.range[1] }, use).replace({ start: removed.range[0], end: removed.range[1] }, use);
  return { title: `Take off what was added: \`${ctx.excerpt(cls.id ?? cls, 30)}\` keeps it as \`${use}\``, plan, cautions, within: { start: cls.range[0], end: cls.range[1] } };
}

/** The fields that the class begins with. */
function fieldsOf({ body: { body } }: ClassNode): TSESTree.ClassElement[] {
  const end = body.findIndex(({ type }) => type !== T.PropertyDefinition);
  return body.slice(0, end === -1 ? body.length : end);
}

/** The class hides its members by `#`. */
function isPrivate({ body: { body } }: ClassNode): boolean {
  return body.some((member) => (member.type === T.PropertyDefinition || member.type === T.MethodDefinition) && member.key.type === T.PrivateIdentifier);
}

/** What `bind` is called on is there before any field is: a method of the class, whose type does not come from what it returns. */
function isReady(listener: TSESTree.Node, cls: ClassNode): boolean {
  const bound = boundIn(unwrap(listener));
  if (bound === undefined) return true;
  if (bound.type !== T.MemberExpression || bound.object.type !== T.ThisExpression) return bound.type === T.Identifier;
  const method = cls.body.body.find((member) => member.type === T.MethodDefinition && member.kind === 'method' && !member.static && staticName(member) === staticName(bound));
  if (method?.type !== T.MethodDefinition) return false;
  let gives = false;
  walk(method.value, (node) => {
    if (node.type === T.ReturnStatement && node.argument !== null && rootOf(node) === method.value) gives = true;
  });
  return !gives || method.value.returnType !== undefined;
}

/** A name that no member of the class has, nor any that it reads of itself. */
function freeMember(name: string, cls: ClassNode): string {
  const taken = new Set<string>();
  walk(cls, (node) => {
    if (node.type === T.MemberExpression || node.type === T.PropertyDefinition || node.type === T.MethodDefinition) taken.add((staticName(node) ?? '').replace(/^#/, ''));
  });
  return notAmong(taken, name);
}
