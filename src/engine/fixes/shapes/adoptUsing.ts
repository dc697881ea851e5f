import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isAsync, rootOf } from '../../syntax/nodes';
import type { Draft } from '../case';
import { ofResource } from '../case';
import { freeName, importName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { listOf } from '../edit/statements';
import { releaseArrow } from '../scope/releaseArrow';
import { modelRelease } from '../scope/releaseCode';

/** `using x = acquire()` on what has no symbol -> a stack in front of it, and `const x = stack.adopt(acquire(), (x) => x.close())`. */
export const makeAdoptUsing = ofResource((given): Draft[] => {
  const { obligation, source, ability, ctx } = given;
  const [landing] = obligation.landings;
  if (given.finding.rule !== 'unsupported-using' || landing?.to !== 'variable' || !landing.using || landing.at.type !== T.VariableDeclarator || !ability.using) return [];
  const declaration = landing.at.parent;
  const list = listOf(declaration);
  const { init, id } = landing.at;
  if (list === undefined || declaration.declarations.length !== 1 || init === null || id.type !== T.Identifier) return [];
  const holding = { form: 'declared', statement: declaration, list, expression: id.name, declarator: landing.at, value: init, mayBeAbsent: false } as const;
  const release = modelRelease(given, holding);
  const asynchronous = isAsync(rootOf(declaration));
  if (release === undefined || (release.async && !asynchronous)) return [];
  const type = asynchronous ? 'AsyncDisposableStack' : 'DisposableStack';
  const imported = ability.stacks ? undefined : importName(type, ability.runtime.specifier, source, ctx.bindings, ability);
  const name = freeName('stack', ctx.bindings, declaration);
  const plan = new Plan();
  imported?.apply(plan);
  release.imported?.apply(plan);
  plan.insert(declaration.range[0], `${asynchronous ? 'await using' : 'using'} ${name} = new ${imported?.local ?? type}()${source.semi}${source.newline}${source.indentAt(declaration.range[0])}`);
  plan.replace(keywordOf(declaration, source.textOf(declaration)), 'const');
  plan.insert(init.range[0], `${name}.adopt(`).insert(init.range[1], `, ${releaseArrow(given, id.name, release, { parameter: id.name, strict: ability.stacks })})`);
  return [{ title: `Adopt \`${id.name}\` in a stack that releases it`, plan, cautions: ['It threw before it came to anything.'], usesRuntime: imported !== undefined }];
});

function keywordOf({ range: [start] }: TSESTree.VariableDeclaration, text: string): { readonly start: number; readonly end: number } {
  const keyword = /^(?:await\s+)?using\b/.exec(text)?.[0] ?? '';
  return { start, end: start + keyword.length };
}
