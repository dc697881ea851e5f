import type ts from 'typescript';
import type { TypeScript } from './typescript';

/** What can be asked about as a call. */
export type CallNode = ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression;

/** The call, `new` or tagged template that covers exactly these offsets. */
export function findCall(ts: TypeScript, file: ts.SourceFile, start: number, end: number): CallNode | undefined {
  return findNodes(ts, file, start, end).find((node) => isCall(ts, node));
}

/**
 * The innermost node that covers exactly these offsets. ESTree counts a parameter's annotation to its identifier, so that
 * nothing may fit: then the identifier that begins there.
 */
export function findExpression(ts: TypeScript, file: ts.SourceFile, start: number, end: number): ts.Node | undefined {
  const covering = findCovering(ts, file, start, end);
  const exact = covering.filter((node) => isExactly(file, node, start, end)).at(-1);
  if (exact) return exact;
  const declaration = covering.at(-1);
  const name = declaration && (ts.isParameter(declaration) || ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration)) ? declaration.name : undefined;
  return name?.getStart(file) === start ? name : undefined;
}

function findNodes(ts: TypeScript, file: ts.SourceFile, start: number, end: number): readonly ts.Node[] {
  return findCovering(ts, file, start, end).filter((node) => isExactly(file, node, start, end));
}

/** All nodes around a range, outermost first: one descent from the root. */
function findCovering(ts: TypeScript, file: ts.SourceFile, start: number, end: number): readonly ts.Node[] {
  const path: ts.Node[] = [];
  const covers = (node: ts.Node) => (node.pos <= start && end <= node.end ? node : undefined);
  for (let at = ts.forEachChild(file, covers); at; at = ts.forEachChild(at, covers)) path.push(at);
  return path;
}

function isExactly(file: ts.SourceFile, node: ts.Node, start: number, end: number): boolean {
  return node.end === end && node.getStart(file) === start;
}

function isCall(ts: TypeScript, node: ts.Node): node is CallNode {
  return ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node);
}
