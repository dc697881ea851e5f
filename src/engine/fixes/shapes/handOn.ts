import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { enclosingLoop } from '../../syntax/nodes';
import type { Draft, FixMaker } from '../case';
import { freeName, importName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { endOfLineOf, listOf } from '../edit/statements';
import { choiceIn, declareBy, escapesAtOnce, escapingOf, scopedOf } from '../scope/escaping';

const NEW_OWNER = 'Whoever gets it has to release it now.';

/** `using x = acquire(); return x;` -> `const x = acquire();`: it is handed on, and nothing can fail before. */
export const handOn: FixMaker = (given): Draft[] => {
  const found = escapingOf(given);
  if (found === undefined || !escapesAtOnce(found)) return [];
  const plan = new Plan();
  declareBy(plan, 'const', found.declaration, given.source);
  const lost = enclosingLoop(found.declaration) ? ['When a later one fails, those before it stay open.'] : [];
  return [{ title: `Declare \`${found.scoped.name}\` with \`const\`: it is handed on`, plan, cautions: [...lost, NEW_OWNER] }];
};

/** A `using` of the module that its exports need: a constant, which lives as long as they do. */
export const keepForModule: FixMaker = (given): Draft[] => {
  const scoped = scopedOf(given);
  if (scoped?.block.type !== T.Program) return [];
  const plan = new Plan();
  declareBy(plan, 'const', scoped.declarator.parent, given.source);
  return [{ title: `Declare \`${scoped.name}\` with \`const\`: it lives as long as the module`, plan, cautions: ['The program has to release it, if its end does not.'] }];
};

/**
 * `using x = acquire(); work(x); return x;` -> a stack that has it while the work may fail, and lets go of it where it is handed on:
 * `stack.move()`.
 */
export const handOnByStack: FixMaker = (given): Draft[] => {
  const { source, ability, ctx } = given;
  const found = ability.using ? escapingOf(given) : undefined;
  if (found === undefined || escapesAtOnce(found) || found.scoped.block.type === T.Program) return [];
  const { declaration, scoped, statements, escapes } = found;
  const { init } = scoped.declarator;
  if (init === null || listOf(declaration)?.type === T.SwitchCase) return [];
  const kept = statements.filter(({ type }) => type !== T.ReturnStatement);
  // It lets go once: not in a loop, and by one statement or by returns.
  if (kept.length > 1 || (kept.length === 1 && statements.length > 1) || kept.some((one) => enclosingLoop(one) !== enclosingLoop(declaration))) return [];
  const type = scoped.awaited ? 'AsyncDisposableStack' : 'DisposableStack';
  const imported = ability.stacks ? undefined : importName(type, ability.runtime.specifier, source, ctx.bindings, ability);
  const stack = freeName('stack', ctx.bindings, declaration);
  const plan = new Plan();
  imported?.apply(plan);
  plan.insert(declaration.range[0], `${scoped.awaited ? 'await using' : 'using'} ${stack} = new ${imported?.local ?? type}()${source.semi}${source.breakAt(declaration.range[0])}`);
  declareBy(plan, 'const', declaration, source);
  plan.insert(init.range[0], `${stack}.use(`).insert(init.range[1], ')');
  const letGo = `${stack}.move()${source.semi}`;
  for (const statement of statements) {
    const inList = listOf(statement) !== undefined;
    if (statement.type === T.ReturnStatement) {
      const choice = choiceIn(statement, escapes, source);
      if (choice === undefined || (choice !== 'always' && !inList)) return [];
      const text = choice === 'always' ? letGo : `if (${choice}) ${letGo}`;
      if (inList) plan.insert(statement.range[0], `${text}${source.breakAt(statement.range[0])}`);
      else plan.insert(statement.range[0], `{ ${text} `).insert(statement.range[1], ' }');
    } else if (statement.expression !== escapes[0]?.at) return [];
    else if (inList) plan.insert(endOfLineOf(statement, source), `${source.breakAt(statement.range[0])}${letGo}`);
    else plan.insert(statement.range[0], '{ ').insert(statement.range[1], ` ${letGo} }`);
  }
  return [{ title: `Hand \`${scoped.name}\` on from a stack: \`${stack}.move\``, plan, cautions: [NEW_OWNER], usesRuntime: imported !== undefined }];
};
