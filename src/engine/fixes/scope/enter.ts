import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { ResourceCase } from '../case';
import type { Plan } from '../edit/plan';
import { endOfLineOf } from '../edit/statements';
import { declareAs, isNamed, undeclare } from './declare';
import { releaseArrow } from './releaseArrow';
import type { Scoping } from './scoping';

/** A stack as code names it. `native`: the language's own, whose callbacks give nothing. */
export interface NamedStack {
  readonly name: string;
  readonly native: boolean;
}

/** Puts a resource on a stack that is declared before it: adopted where it is acquired, or its release deferred behind. `apart`: what separates a statement from the next there. */
export function enterOnStack(plan: Plan, stack: NamedStack, scoping: Scoping, given: ResourceCase, apart: string): void {
  const { holding, release } = scoping;
  const { expression, value } = holding;
  if (holding.form === 'beside') {
    const line = `${stack.name}.defer(${releaseArrow(given, expression, release, { parameter: undefined, strict: stack.native })})${given.source.semi}`;
    plan.insert(endOfLineOf(holding.statement, given.source), `${apart}${line}`);
    return;
  }
  // What nobody names any more (a lock's release) needs no name.
  if (holding.among !== undefined || isNamed(scoping, given)) declareAs(plan, 'const', holding, given);
  else undeclare(plan, holding, given);
  if (value === undefined) return;
  const arrow = releaseArrow(given, expression, release, { parameter: expression, strict: stack.native });
  const sequence = value.type === T.SequenceExpression;
  plan.insert(value.range[0], `${stack.name}.adopt(${sequence ? '(' : ''}`);
  plan.insert(value.range[1], `${sequence ? ')' : ''}, ${arrow})`);
}
