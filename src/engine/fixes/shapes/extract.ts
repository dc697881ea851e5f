import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Draft, FixMaker, ResourceCase } from '../case';
import { ofResource } from '../case';
import { freeName, importName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { endOfLineOf } from '../edit/statements';
import { canAwait } from '../scope/holding';
import { nativeScopeOf } from '../scope/native';
import { releaseArrow } from '../scope/releaseArrow';
import type { Extraction } from '../scope/extract';
import { extractionOf, replaceByName } from '../scope/extract';
import { namesBeyond } from '../scope/transaction';

/** `(await (await open(p)).stat()).size` -> `await using handle = await open(p);` in front of it. */
export const extractToUsing: FixMaker = ofResource((given): Draft[] => {
  const found = extractionOf(given);
  const native = found && nativeScopeOf(given, found.scoping);
  if (found === undefined || native === undefined || (native.keyword === 'await using' && !canAwait(given))) return [];
  const plan = declare(`${native.keyword} ${found.name} = ${given.source.textOf(found.value)}${given.source.semi}`, found, given);
  return [{ title: `Hold it in \`${found.name}\`, and release it at the end of its scope: \`${native.keyword}\``, plan, cautions: native.caution === undefined ? [] : [native.caution] }];
});

/** The same by a stack that adopts it. */
export const extractToStack: FixMaker = ofResource((given): Draft[] => {
  const found = given.ability.using ? extractionOf(given) : undefined;
  if (found === undefined) return [];
  const { source, ability, ctx } = given;
  const type = canAwait(given) ? 'AsyncDisposableStack' : 'DisposableStack';
  const imported = ability.stacks ? undefined : importName(type, ability.runtime.specifier, source, ctx.bindings, ability);
  const stack = freeName('stack', ctx.bindings, found.statement);
  const indent = source.indentAt(found.statement.range[0]);
  const head = `${canAwait(given) ? 'await using' : 'using'} ${stack} = new ${imported?.local ?? type}()${source.semi}${source.newline}${indent}`;
  const arrow = releaseArrow(given, found.name, found.scoping.release, { parameter: found.name, strict: ability.stacks });
  const adopt = `${stack}.adopt(${source.textOf(found.value)}, ${arrow})`;
  const plan = declare(`${head}${found.whole ? '' : `const ${found.name} = `}${adopt}${source.semi}`, found, given);
  imported?.apply(plan);
  found.scoping.release.imported?.apply(plan);
  return [{ title: `Hold it in \`${found.name}\`, and release it by a stack`, plan, cautions: [], usesRuntime: imported !== undefined }];
});

/** The same by `finally`. */
export const extractToFinally: FixMaker = ofResource((given): Draft[] => {
  const found = extractionOf(given);
  if (found === undefined || namesBeyond([found.statement], found.scoping.holding.list, given)) return [];
  const { source } = given;
  const { release } = found.scoping;
  const indent = source.indentAt(found.statement.range[0]);
  const outer = `${source.newline}${indent}`;
  const inner = `${outer}${source.unit}`;
  const close = `${release.async ? 'await ' : ''}${release.write(found.name)}${source.semi}`;
  if (!source.beginsLine(found.statement.range[0]) || found.whole) return [];
  const plan = declare(`const ${found.name} = ${source.textOf(found.value)}${source.semi}${outer}try {${source.newline}${indent}${source.unit}`, found, given, '');
  release.imported?.apply(plan);
  const end = endOfLineOf(found.statement, source);
  plan.indent(source.indentableLines({ start: source.nextLine(found.statement.range[0]), end }), source.unit);
  plan.insert(end, `${outer}} finally {${inner}${close}${outer}}`);
  return [{ title: `Hold it in \`${found.name}\`, and release it by try/finally`, plan, cautions: [] }];
});

/** Puts the declaration in front of the statement, or in its place where the statement says nothing else. */
function declare(text: string, found: Extraction, given: ResourceCase, between?: string): Plan {
  const { source } = given;
  const plan = new Plan();
  const { statement } = found;
  if (found.whole && statement.type === T.ExpressionStatement) return plan.replace({ start: statement.range[0], end: statement.range[1] }, text);
  plan.insert(statement.range[0], `${text}${between ?? `${source.newline}${source.indentAt(statement.range[0])}`}`);
  replaceByName(plan, found, given);
  return plan;
}
