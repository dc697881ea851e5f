import type { TSESTree } from '@typescript-eslint/types';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import type { Fixture } from './load';
import { parseText } from './parse';

/** What is wrong with a fixture's marks: each `^` must lie under a call or `new`, each `~` must start where some syntax starts. */
export function misplacedMarks(fixture: Fixture): string[] {
  const { ast } = parseText(fixture.pretendPath, fixture.text);
  const nodes = [...everyNode(ast)];
  const isCall = (start: number, end: number): boolean =>
    nodes.some((node) => (node.type === 'CallExpression' || node.type === 'NewExpression') && node.range[0] === start && endOnLine(fixture.text, node) === end);
  return fixture.findings.flatMap((mark) => [
    ...(isCall(mark.start, mark.end) ? [] : [`${fixture.name}: no call has the range of "${fixture.text.slice(mark.start, mark.end)}"`]),
    ...mark.steps.filter((step) => !nodes.some((node) => node.range[0] === step.start)).map((step) => `${fixture.name}: nothing starts at "${fixture.text.slice(step.start, step.start + 20)}"`),
  ]);
}

function endOnLine(text: string, node: TSESTree.Node): number {
  const newline = text.indexOf('\n', node.range[0]);
  return newline === -1 ? node.range[1] : Math.min(node.range[1], newline);
}

/** All nodes of a tree, parents first. */
export function* everyNode(node: TSESTree.Node): Generator<TSESTree.Node> {
  yield node;
  for (const key of visitorKeys[node.type] ?? []) {
    const child: unknown = Reflect.get(node, key);
    for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) yield* everyNode(one);
  }
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'range' in value;
}
