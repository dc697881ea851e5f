import type { Disposal } from '../ownership/disposal';
import { isCheckedByCompiler } from '../ownership/disposal';
import type { Scoped } from '../ownership/scoped';
import { lackingVersion } from '../resources/disposableSince';
import { linesHave } from '../resources/releaseLines';
import type { CodeCase, Report } from './code-rule';
import { disposalRule } from './disposal-rule';
import { obligationOfScope } from './scoped-report';

const REMEDY = 'Adopt it in a stack, or release it in a `finally`.';

/** `using` on what has no dispose symbol at all, or has none on a version that the project runs on. TypeScript tells of the former by itself, where it knows the type. */
export const unsupportedUsing = disposalRule('unsupported-using', (scoped, disposal, given) => {
  const { ctx, obligations } = given;
  if (disposal.dispose || disposal.asyncDispose) return onOlderNode(scoped, given);
  if (isCheckedByCompiler(scoped, ctx)) return undefined;
  const obligation = obligationOfScope(scoped, obligations);
  const library = obligation && ctx.models.libraryOf(obligation.site.resource);
  return {
    message: `\`${scoped.name}\` has neither \`Symbol.dispose\` nor \`Symbol.asyncDispose\`: \`${keyword(scoped)}\` throws a TypeError. ${REMEDY}`,
    tier: isCertain(disposal, library) ? 'definite' : 'potential',
  };
});

/** What a package of a newer version may have got, a model cannot exclude; of the platform it knows. */
function isCertain(disposal: Disposal, library: { readonly global?: boolean; readonly library: string } | undefined): boolean {
  return disposal.by !== 'model' || library?.global === true || library?.library.startsWith('node:') === true;
}

/** The declarations that the project compiles against are those of one version of Node; `engines` may admit others. */
function onOlderNode(scoped: Scoped, { ctx, obligations }: CodeCase): Pick<Report, 'message' | 'tier'> | undefined {
  const site = obligationOfScope(scoped, obligations)?.site;
  const ofNode = site !== undefined && ctx.models.libraryOf(site.resource)?.library.startsWith('node:') === true;
  if (!ofNode || site.certainty !== 'proof' || ctx.engines === undefined) return undefined;
  const { disposable } = site.resource;
  const version = lackingVersion(site.resource, { node: ctx.engines });
  // Who names a line of releases means those with long support: fixes take it so too, and must not be found fault with.
  if (version === undefined || disposable === undefined || linesHave(disposable.since, { node: ctx.engines }) === 'all') return undefined;
  const since = disposable.since.replace(/^node /, '');
  return {
    message: `\`${scoped.name}\` (${site.resource.noun}) has no dispose symbol on Node ${version}, which \`engines\` (\`${ctx.engines}\`) admits, but since ${since}: \`${keyword(scoped)}\` throws a TypeError there. ${REMEDY}`,
    tier: 'potential',
  };
}

function keyword({ awaited }: Scoped): string {
  return awaited ? 'await using' : 'using';
}
