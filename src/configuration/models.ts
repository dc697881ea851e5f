import type { Acquire, CallEffect, Holder, LibraryModel, Lifetime, Predicate, Release, ResourceModel } from '../engine/resources/model';
import { parseMemberRef } from '../engine/resources/memberRef';
import { FAMILIES } from './levels';
import { choose, object, record } from './shape/objects';
import { describe, refine, whole, type Shape } from './shape/shape';
import { anyOf, exactly, flag, index, list, oneOf, position, text } from './shape/values';

/** Resource models in configuration: the shape of src/engine/resources/model.ts, and what its types can't say. */

/** `open`, `promises.open`, `new Pool`, `Pool#connect`, each with or without the module that it is narrowed to. */
const member = refine(text, (value) => {
  try {
    parseMemberRef(value);
    return undefined;
  } catch {
    return `"${value}" names no callable: write "open", "promises.open", "new Pool", "Pool#connect", or "fs:rmSync" for one of another module`;
  }
});
/** Also a member that the language names: `Symbol.dispose`. */
const identifier = refine(text, (value) => (/^(?:Symbol\.)?[\w$]+$/.test(value) ? undefined : `"${value}" is not an identifier`));
const pattern = refine(text, (value) => {
  try {
    new RegExp(value, 'i');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'not a regular expression';
  }
});

/** `null` in JSON stands for `undefined`: the option is not set. */
const literal: Shape<string | number | boolean | undefined> = {
  schema: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] },
  read(node, report) {
    if (node.type === 'null') return { value: undefined };
    const value: unknown = node.value;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return { value };
    report(node, 'expected a string, a number, true, false, or null for "not set"');
    return undefined;
  },
};

type Is = Extract<Predicate, { is: string }>;
type Matches = Extract<Predicate, { matches: string }>;
type Option = Extract<Predicate, { option: string }>;

const argument = describe(position, 'Which argument, from 0; negative counts from the end.');
const otherwise = describe(flag, 'What the condition is when syntax cannot decide it.', false);
const not = describe(exactly(true), 'Turns the condition round.');

const predicate = choose<Predicate>('a condition: an object with "argument" and one of "is", "matches", "option"', [
  { when: (has) => has('is'), shape: object<Is>({ argument, is: oneOf(['present', 'absent', 'function']), otherwise, not }, ['argument', 'is']) },
  { when: (has) => has('matches'), shape: object<Matches>({ argument, matches: pattern, otherwise, not }, ['argument', 'matches']) },
  { when: (has) => has('option'), shape: object<Option>({ argument, option: text, equals: literal, otherwise, not }, ['argument', 'option', 'equals']) },
]);
const when = describe(list(predicate), 'Conditions on the arguments; all must hold.');

const holder = choose<Holder>('where the resource is: an object with "in" set to "result", "member", "receiver", "argument", "callback" or "nothing"', [
  { when: (has) => has('in', 'nothing'), shape: object({ in: exactly('nothing') }, ['in']) },
  { when: (has) => has('in', 'result'), shape: object({ in: exactly('result') }, ['in']) },
  { when: (has) => has('in', 'member'), shape: object({ in: exactly('member'), name: text }, ['in', 'name']) },
  { when: (has) => has('in', 'receiver'), shape: object({ in: exactly('receiver') }, ['in']) },
  { when: (has) => has('in', 'argument'), shape: object({ in: exactly('argument'), index }, ['in', 'index']) },
  { when: (has) => has('in', 'callback'), shape: object<Extract<Holder, { in: 'callback' }>>({ in: exactly('callback'), parameter: index, error: index }, ['in', 'parameter']) },
]);

const lifetime = oneOf({
  scoped: 'Its acquirer must release it, on every path.',
  self: 'It ends by itself in ordinary use; a leak only where it is released on some paths and not on others.',
  process: 'Commonly kept until the process ends; never a leak when it is never released.',
  moment: 'Over soon whatever happens; nothing is owed.',
} satisfies Record<Lifetime, string>);

const acquire = object<Acquire>(
  {
    call: describe(member, 'The call that acquires: "open", "new Pool", "Pool#connect".'),
    async: describe(flag, 'The call gives a promise of the resource.', false),
    holder: describe(holder, 'Where the resource is once the acquire has completed; default: the result.'),
    when,
    lifetime: describe(lifetime, "Overrides the resource's lifetime for this way of acquiring."),
    guess: describe(pattern, "A pattern for the receiver's name under which the call is taken for this acquire where neither types nor imports tell."),
  },
  ['call'],
);

const release = refine(
  object<Release>(
    {
      method: describe(identifier, 'A method of the resource.'),
      function: describe(member, 'A function that is given the resource.'),
      on: describe(exactly('receiver'), "The method is the acquire's receiver's, not the resource's."),
      argument: describe(position, 'Which argument the resource is. Default: 0 for "function", none for "method".'),
      member: describe(identifier, 'The argument is this member of the resource.'),
      key: describe(index, 'The argument is what the acquire was given as its argument of this number.'),
      parameter: describe(index, "Calling this parameter of the acquire's callback releases."),
      call: describe(exactly(true), 'The resource is a function, and calling it releases.'),
      each: describe(object({ of: identifier, method: identifier }, ['of', 'method']), 'A method of each element of what another method of the resource gives: each of getTracks(), stop().'),
      async: describe(flag, 'The release is complete only when its promise is.', false),
      incidental: describe(exactly(true), 'It releases, and is no sign that this code owes a release: closing a browser closes its pages.'),
      when,
    },
    [],
  ),
  (value) => {
    const ways = [value.method, value.function, value.call, value.parameter, value.each].filter((way) => way !== undefined).length;
    return ways === 1 ? undefined : 'a release has exactly one of "method", "function", "call", "parameter" and "each"';
  },
);

/** A resource with a release missing would be called leaked where that release is used: one that is wrong spoils its resource. */
const resourceObject = object<ResourceModel>(
  {
    id: describe(refine(text, (value) => (/^[^\s.]\S*\.[\w$]+$/.test(value) ? undefined : `"${value}" is no id: use "library.Type"`)), 'Unique: library.Type.'),
    noun: describe(text, 'The resource in words, for messages: "pool client".'),
    family: describe(oneOf(FAMILIES), 'What severities can be set by.'),
    lifetime: describe(lifetime, 'How long the resource is meant to live.'),
    types: describe(list(member), "Names of the resource's classes and interfaces in the library's declarations."),
    value: describe(oneOf(['object', 'number', 'path', 'function']), 'What the value is.', 'object'),
    acquires: describe(list(acquire), 'The ways of acquiring it.'),
    releases: describe(whole(list(release)), 'The ways of releasing it; empty for what is released by its dispose symbol alone.'),
    wrong: list(object({ method: identifier, instead: text, because: text }, ['method', 'instead', 'because'])),
    settles: describe(list(identifier), 'Methods after which the resource sees to its own end.'),
    holds: describe(list(identifier), 'Methods by which the resource comes to hold anything: before the first of them nothing is owed.'),
    iterated: describe(exactly('releases'), 'A loop over the resource releases it, however the loop is left.'),
    walked: describe(object({ loop: exactly(true), asked: identifier }, []), 'It has ended by itself once all that it gives was taken, and not before: by a for-await loop, or by a loop that asks this method for more.'),
    dropped: describe(exactly('deliberately'), 'Whoever throws the result away means it to be held for good.'),
    untilExit: describe(identifier, 'A function of the library that has the process see to it at its end: a file that calls it owes nothing before.'),
    drained: describe(object({ method: identifier, flag: identifier }, ['method', 'flag']), 'Nothing is held once a call of the method gave a result with the flag true.'),
    fluent: describe(list(identifier), 'Methods that give the resource again.'),
    leadsBack: describe(object({ from: list(identifier), by: list(identifier) }, ['from', 'by']), 'Methods and members (from) that give what leads back to the resource by one of its own members (by): who gets that has the resource.'),
    outcomes: describe(list(list(text)), 'Sets of events of which one set always comes.'),
    ended: describe(list(text), 'Events after which the resource is released already.'),
    disposable: object({ symbol: oneOf(['dispose', 'asyncDispose', 'both']), since: text }, ['symbol', 'since']),
    atMost: describe(oneOf(['potential', 'hint']), 'The most certain that a finding about it may be.'),
    prefer: describe(text, 'The better way to write it, when there is one that beats a scope.'),
  },
  ['id', 'noun', 'family', 'lifetime', 'acquires', 'releases'],
);
const resource = refine(resourceObject, ({ releases, disposable }) =>
  releases.length > 0 || disposable !== undefined ? undefined : 'without a release or a dispose symbol, nothing could be said of the resource',
);

const effect = object<CallEffect>(
  {
    call: member,
    argument: anyOf<CallEffect['argument']>('the number of an argument, "any" or "receiver"', [position, exactly('any'), exactly('receiver')]),
    option: describe(text, 'The resource is this property of an object literal there.'),
    effect: oneOf({
      transfer: 'The callee owns the resource now.',
      borrow: 'The callee only uses it.',
      release: 'The callee releases it.',
      alias: 'The result stands for it.',
    } satisfies Record<CallEffect['effect'], string>),
    when,
  },
  ['call', 'argument', 'effect'],
);

/** What a project teaches of a library, in the words that the built-in models use. A resource with an error in it is left out whole. */
export const libraryModel: Shape<LibraryModel> = refine(
  object<LibraryModel>(
    {
      library: describe(text, 'The npm package or platform area, as lists show it.'),
      modules: describe(list(text), 'Module specifiers that give it; empty for globals.'),
      submodules: describe(record(member), 'Modules that give a namespace of the library: "fs/promises": "promises".'),
      global: describe(flag, 'Also there without an import.', false),
      resources: list(whole(resource)),
      effects: describe(list(whole(effect)), "What the library's functions do to a resource that they are given."),
      quiet: describe(list(member), 'Callables that never throw: what goes wrong in them comes to a callback or an event.'),
      returns: describe(record(text), 'What functions and methods give: "Pool#connect": "PoolClient".'),
    },
    ['library', 'modules', 'resources'],
  ),
  ({ modules, global }) => (modules.length > 0 || global === true ? undefined : 'a library without "modules" is found nowhere, unless it is "global"'),
);
