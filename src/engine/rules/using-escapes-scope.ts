import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { escapesOf } from '../ownership/escapes';
import type { Scoped } from '../ownership/scoped';
import { scopedBy } from '../ownership/scoped';
import type { CodeCase, CodeRule, Report } from './code-rule';
import { USING_MENTIONS, acquireRange, heldBy, lastLineOf, rangeOf, stepAt } from './scoped-report';

/** What `using` holds is returned, stored or captured by what lives on: whoever has it then has something that is already released. */
export const usingEscapesScope: CodeRule = {
  id: 'using-escapes-scope',
  mentions: USING_MENTIONS,
  passedAlready: true,
  on: [T.VariableDeclarator],
  suspects: (node, ctx) => (scopedBy(node, ctx) === undefined ? undefined : []),
  judge: (node, given) => {
    const scoped = scopedBy(node, given.ctx);
    return scoped === undefined ? [] : reportsOn(scoped, given);
  },
};

function reportsOn(scoped: Scoped, given: CodeCase): Report[] {
  const [escape] = escapesOf(scoped, given.ctx);
  if (escape === undefined) return [];
  const message = `\`${scoped.name}\` is ${escape.how}, and is released when its block ends on line ${lastLineOf(scoped)}: whoever has it then has what is released already.`;
  const path = [stepAt(scoped.declarator, `\`${scoped.name}\` is held until its block ends`), stepAt(escape.at, `\`${scoped.name}\` is ${escape.how}`)];
  return [{ ...rangeOf(escape.at), ...heldBy(scoped, given), ...acquireRange(scoped), message, tier: escape.tier, path }];
}
