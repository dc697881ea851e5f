import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { candidateOf, decide, type Candidate } from '../ownership/candidates';
import type { Context } from '../ownership/context';
import type { AcquireSite } from '../ownership/site';
import { receiverName } from '../ownership/treatment';
import { describePredicate } from '../resources/describe';
import type { KnownAcquire } from '../resources/lookup';
import { holdsAll } from '../resources/predicate';
import type { CallNode } from '../syntax/nodes';
import { calleeName } from '../syntax/nodes';
import type { AcquireExplanation, CalleeExplanation } from './explanation';

/** What is called, and who says so. */
export function explainCallee(call: CallNode, asked: boolean, ctx: Context): CalleeExplanation {
  const members = ctx.membersOf(call);
  if (members === 'local') return { known: 'local', names: [], asked };
  const origin = ctx.origins.ofCallee(call);
  const known = members.length === 0 ? 'nobody' : origin === undefined ? 'type' : 'import';
  return { known, names: members.map(({ module, member }) => ({ module, member })), asked };
}

/** Whether the call acquires, by which model, and why that one; or why none. `site`: what the analysis made of it. */
export function explainAcquire(call: CallNode, site: AcquireSite | undefined, ctx: Context): AcquireExplanation {
  const candidate = candidateOf(call, ctx);
  const taken = site ?? (candidate && decide(candidate, ctx));
  const passedOver = (candidate?.known ?? []).filter(({ resource }) => resource !== taken?.resource).map((known) => ({ model: known.resource.id, call: known.acquire.call, because: whyNot(call, known, ctx) }));
  if (taken === undefined) return { because: whyNone(call, candidate, ctx), passedOver };
  const by = howRecognised(call, taken, ctx);
  const because = site === undefined ? `${RECOGNISED[by]}; where the resource is then cannot be followed` : RECOGNISED[by];
  return { resource: { model: taken.resource.id, noun: taken.resource.noun }, by, because, passedOver };
}

type Recognised = NonNullable<AcquireExplanation['by']>;

const RECOGNISED: Readonly<Record<Recognised, string>> = {
  import: 'an import, a global or an annotation tells what is called',
  type: 'its type tells what is called',
  names: 'the names in use are those of such an acquire, and nothing tells that it is something else',
  'dispose symbol': 'what it gives carries a dispose symbol, and its name says that the caller owns it',
  'own function': 'it runs a function of this file that gives what it acquires itself',
};

function howRecognised(call: CallNode, { through, certainty, resource }: AcquireSite, ctx: Context): Recognised {
  if (through !== undefined) return 'own function';
  if (certainty === 'guess') return 'names';
  if (ctx.models.libraryOf(resource) === undefined) return 'dispose symbol';
  return explainCallee(call, true, ctx).known === 'import' ? 'import' : 'type';
}

/** Why a model that acquires by a call of this name is not meant. */
function whyNot(call: CallNode, { acquire }: KnownAcquire, ctx: Context): string {
  const members = ctx.membersOf(call);
  if (members === 'local') return 'it is something of this file';
  const named = members.some(({ module, member }) => ctx.models.acquiresOf(module, member).some((one) => one.acquire === acquire));
  const unmet = (acquire.when ?? []).filter((predicate) => !holdsAll([predicate], call)).map(describePredicate);
  if (named && unmet.length > 0) return `it asks that ${unmet.join(' and ')}`;
  if (named) return 'another one comes before it';
  if (members.length > 0) return `it is ${members.map(({ module, member }) => `${member} of ${module}`)[0] ?? ''}`;
  const receiver = receiverName(call);
  if (acquire.guess === undefined || receiver === undefined) return 'nothing tells what is called, and its name alone is no proof';
  return new RegExp(acquire.guess, 'i').test(receiver) ? `it asks that ${unmet.join(' and ')}` : `nothing tells what is called, and "${receiver}" is no name for it (/${acquire.guess}/)`;
}

function whyNone(call: CallNode, candidate: Candidate | undefined, ctx: Context): string {
  const name = calleeName(call);
  if (name === undefined) return 'what it calls has no name';
  const fact = ctx.callFact(call);
  if (candidate === undefined) {
    const disposable = fact !== undefined && (fact.result.dispose || fact.result.asyncDispose);
    if (disposable) return 'what it gives carries a dispose symbol, but either the name does not say that the caller owns it (new, create, open, ...), or its value is not kept in a variable';
    return `no model has an acquire called "${name}", and neither does the name say that the caller owns what it gives, nor is it a class whose type could tell`;
  }
  if (ctx.membersOf(call) === 'local' && candidate.known.length > 0) return 'it calls something of this file, and that is read instead';
  if (candidate.known.length > 0) return 'models have acquires of this name, and none of them is meant';
  if (fact === undefined) return `its type could tell whether "${name}" gives something to dispose of, and nobody knows it`;
  if (fact.fluent) return 'it gives its receiver again';
  if (!fact.result.dispose && !fact.result.asyncDispose) return 'what it gives carries no dispose symbol';
  if (call.type === T.CallExpression && fact.callee?.package !== undefined) return `what it gives is known to ${fact.callee.package}, and holds nothing that must be released`;
  return 'what it gives is a type of the platform, or one that holds nothing; those are modelled with the lifetimes that they have';
}
