import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../../src/engine/findings';

/** Overwrites a range by something that is not longer; line ends stay. */
export interface Edit extends Range {
  readonly by: string;
}

/** The whole statement where it does nothing else; in other places the call alone, by a value that does nothing. */
export function deletionOf(call: TSESTree.Node): Edit {
  let at = call;
  for (let parent = at.parent; parent !== undefined; parent = at.parent) {
    if (parent.type === T.ExpressionStatement) return { start: parent.range[0], end: parent.range[1], by: ';' };
    if (!isOnlyAround(parent, at)) break;
    at = parent;
  }
  const [start, end] = call.range;
  return { start, end, by: end - start >= 'undefined'.length ? 'undefined' : 'NaN' };
}

/** `await x`, `void x`, `x!`, `x?.y`, and handlers of the release's own failure: `x.catch(...)`. */
function isOnlyAround(parent: TSESTree.Node, child: TSESTree.Node): boolean {
  switch (parent.type) {
    case T.AwaitExpression:
    case T.ChainExpression:
    case T.TSNonNullExpression:
      return true;
    case T.UnaryExpression:
      return parent.operator === 'void';
    case T.MemberExpression:
      return parent.object === child && parent.property.type === T.Identifier && parent.property.name === 'catch' && parent.parent.type === T.CallExpression;
    case T.CallExpression:
      return parent.callee === child && child.type === T.MemberExpression;
    default:
      return false;
  }
}

/** The text with all edits made, as long as before. Of edits inside of each other the outer one counts. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const outermost = edits.filter((edit) => !edits.some((other) => other !== edit && other.start <= edit.start && other.end >= edit.end && other.end - other.start > edit.end - edit.start));
  let mutant = text;
  for (const { start, end, by } of outermost) {
    const rest = text.slice(start + by.length, end).replace(/[^\r\n\u2028\u2029]/g, ' ');
    mutant = mutant.slice(0, start) + by + rest + mutant.slice(end);
  }
  return mutant;
}
