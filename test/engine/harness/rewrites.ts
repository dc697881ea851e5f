import type { TSESTree } from '@typescript-eslint/types';
import type { SourceModule } from '../../../src/engine/analyse';
import { everyNode } from './check-marks';
import type { Edit } from './edits';

const ACQUIRING = new Set(['CallExpression', 'NewExpression', 'AwaitExpression']);

/** Puts parentheses around each call that is awaited, assigned, returned or initialises something. */
export function parenthesise(module: SourceModule): Edit[] {
  return valuesIn(module).flatMap((node) => wrap(node, '(', ')'));
}

/** Casts each such value to `any` and asserts that it is not null. Nothing in JavaScript. */
export function castValues(module: SourceModule): Edit[] {
  return /\.[cm]?tsx?$/.test(module.path) ? valuesIn(module).flatMap((node) => wrap(node, '((', ' as any)!)')) : [];
}

/** Makes `const x = acquire();` a `const alias_of_x = acquire(); const x = alias_of_x;`. */
export function aliasConstants(module: SourceModule): Edit[] {
  const edits: Edit[] = [];
  for (const node of everyNode(module.ast)) {
    if (node.type !== 'VariableDeclaration' || node.kind !== 'const' || node.parent.type !== 'BlockStatement') continue;
    const [{ id, init } = {}, ...others] = node.declarations;
    if (others.length > 0 || id?.type !== 'Identifier' || id.typeAnnotation || !init || !ACQUIRING.has(init.type)) continue;
    const alias = `alias_of_${id.name}`;
    edits.push({ start: id.range[0], end: id.range[1], text: alias }, { start: node.range[1], end: node.range[1], text: `${module.text.endsWith(';', node.range[1]) ? '' : ';'} const ${id.name} = ${alias};` });
  }
  return edits;
}

/** Moves each statement `await x.close();` or `x.release();` into a function of the file. */
export function extractReleases(module: SourceModule): Edit[] {
  const edits: Edit[] = [];
  const extracted = new Map<string, string>();
  const annotation = /\.[cm]?tsx?$/.test(module.path) ? ': any' : '';
  for (const node of everyNode(module.ast)) {
    if (node.type !== 'ExpressionStatement') continue;
    const awaited = node.expression.type === 'AwaitExpression';
    const call = node.expression.type === 'AwaitExpression' ? node.expression.argument : node.expression;
    const released = call.type === 'CallExpression' ? releaseIn(call, awaited) : undefined;
    if (!released) continue;
    const name = `${awaited ? 'awaited' : 'plain'}_${released.method}`;
    const body = `${awaited ? 'await ' : ''}resource.${released.method}();`;
    extracted.set(name, `${awaited ? 'async ' : ''}function ${name}(resource${annotation}) { ${body} }`);
    edits.push({ start: call.range[0], end: call.range[1], text: `${name}(${released.object})` });
  }
  const end = module.text.length;
  return [...edits, ...[...extracted.values()].map((text) => ({ start: end, end, text: `\n${text}\n` }))];
}

function releaseIn(call: TSESTree.CallExpression, awaited: boolean): { object: string; method: string } | undefined {
  const { callee } = call;
  if (call.arguments.length > 0 || callee.type !== 'MemberExpression' || callee.computed || callee.optional) return undefined;
  if (callee.object.type !== 'Identifier' || callee.property.type !== 'Identifier') return undefined;
  const method = callee.property.name;
  const known = awaited ? ['close', 'end', 'release', 'terminate'] : ['release'];
  return known.includes(method) ? { object: callee.object.name, method } : undefined;
}

function valuesIn(module: SourceModule): TSESTree.Node[] {
  return [...everyNode(module.ast)].filter((node) => (node.type === 'CallExpression' || node.type === 'NewExpression') && isValue(node));
}

function isValue(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.init === node;
    case 'AssignmentExpression':
      return parent.right === node;
    case 'AwaitExpression':
    case 'ReturnStatement':
      return true;
    default:
      return false;
  }
}

function wrap(node: TSESTree.Node, before: string, after: string): Edit[] {
  return [
    { start: node.range[0], end: node.range[0], text: before },
    { start: node.range[1], end: node.range[1], text: after },
  ];
}
