import type { TSESTree } from '@typescript-eslint/types';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import { CODE_RULES } from '../../../src/engine/rules/index';
import type { RuleId } from '../../../src/engine/rules/registry';
import type { ExpectedFinding } from './expectations';
import type { Fixture } from './load';
import { parseText } from './parse';

/** Findings of these rules lie at what is written wrongly, which need not be a call. */
const ABOUT_CODE: ReadonlySet<RuleId> = new Set(CODE_RULES.map(({ id }) => id));

/** What is wrong with a fixture's marks: each `^` must lie under a call or `new` (or some syntax), each `~` must start where some syntax starts. */
export function misplacedMarks(fixture: Fixture): string[] {
  const { ast } = parseText(fixture.pretendPath, fixture.text);
  const nodes = [...everyNode(ast)];
  const isMarkable = ({ start, end, rule }: ExpectedFinding): boolean =>
    nodes.some((node) => (ABOUT_CODE.has(rule) || node.type === 'CallExpression' || node.type === 'NewExpression') && node.range[0] === start && endOnLine(fixture.text, node) === end);
  return fixture.findings.flatMap((mark) => [
    ...(isMarkable(mark) ? [] : [`${fixture.name}: no call (or syntax, for rules on code) has the range of "${fixture.text.slice(mark.start, mark.end)}"`]),
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
