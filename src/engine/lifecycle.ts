import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Finding, Range } from './findings';
import type { Effect } from './ownership/effect';
import type { Obligation } from './ownership/obligation';
import { participleOf, releaseText } from './rules/words';
import { rootOf, wrapped } from './syntax/nodes';
import { walk } from './syntax/visit';

/** How a resource's life ends in the function that acquires it. */
export type Exit =
  /** A `using` declaration releases it on every way out of its block. */
  | { readonly by: 'scope'; readonly awaited: boolean }
  /** Calls release it. `always`: one of them stands in a `finally`. */
  | { readonly by: 'calls'; readonly calls: readonly Range[]; readonly always: boolean }
  /** Another owner has it from there on. */
  | { readonly by: 'owner'; readonly how: NonNullable<Effect['how']> }
  /** Nothing in this function ends it. */
  | { readonly by: 'nobody' };

/** The life of one resource, as data: what enters it, where it may be used, how it ends. Also of resources about which there is nothing to find. */
export interface Life {
  /** The acquiring call, or what a `using` declaration is given. */
  readonly acquire: Range;
  /** What a person points at: the whole declaration or statement that acquires. */
  readonly statement: Range;
  readonly name?: string;
  /** In words, such as `pool client`; for a `using` of something that no model knows: `resource`. */
  readonly noun: string;
  /** Acquiring gives a promise. */
  readonly acquireAwaits: boolean;
  /** Releasing gives a promise; absent where that is not known. */
  readonly releaseAwaits?: boolean;
  /** `client.release()`. */
  readonly release?: string;
  /** `released`, `closed`: what happens at the end, in a word. */
  readonly participle: string;
  readonly exit: Exit;
  /** Where the resource is there to be used: the block that declares it. */
  readonly body: Range;
  readonly finding?: Finding;
}

/** The life of an obligation, once it is decided what is found on it. */
export function lifeOf(obligation: Obligation, findings: readonly Finding[]): Life {
  const { site, name } = obligation;
  const { call, resource } = site;
  const release = releaseText(obligation);
  const [finding] = findings;
  const declaration = declarationOf(call);
  const releaseAwaits = usingKind(declaration) === undefined ? releasesAsync(obligation) : usingKind(declaration) === 'await using';
  return {
    acquire: rangeOf(call),
    statement: rangeOf(declaration ?? statementOf(call)),
    ...(name === undefined ? {} : { name }),
    noun: resource.noun,
    acquireAwaits: site.async,
    ...(releaseAwaits === undefined ? {} : { releaseAwaits }),
    ...(release === undefined ? {} : { release }),
    participle: participleOf(site),
    exit: exitOf(obligation, declaration),
    body: rangeOf(blockOf(call)),
    ...(finding === undefined ? {} : { finding }),
  };
}

/** The lives of `using` declarations whose resources no model knows: syntax alone says how they end. */
export function livesOfUsings(ast: TSESTree.Program, known: readonly Life[]): Life[] {
  const lives: Life[] = [];
  walk(ast, (node) => {
    if (node.type !== T.VariableDeclaration) return;
    const kind = usingKind(node);
    if (kind === undefined) return;
    for (const { id, init } of node.declarations) {
      if (!init || known.some((life) => life.acquire.start >= init.range[0] && life.acquire.end <= init.range[1])) continue;
      lives.push({
        acquire: rangeOf(init),
        statement: rangeOf(node),
        ...(id.type === T.Identifier ? { name: id.name } : {}),
        noun: 'resource',
        acquireAwaits: init.type === T.AwaitExpression,
        releaseAwaits: kind === 'await using',
        participle: 'disposed of',
        exit: { by: 'scope', awaited: kind === 'await using' },
        body: rangeOf(blockOf(node)),
      });
    }
  });
  return lives;
}

function exitOf({ effects, root }: Obligation, declaration: TSESTree.VariableDeclaration | undefined): Exit {
  const kind = usingKind(declaration);
  if (kind !== undefined) return { by: 'scope', awaited: kind === 'await using' };
  const releases = effects.effects.filter((effect) => effect.kind === 'release' && !effect.release?.incidental).map((effect) => effect.call ?? effect.at);
  if (releases.length > 0) {
    const calls = [...new Set(releases)].map(rangeOf).sort((one, other) => one.start - other.start);
    return { by: 'calls', calls, always: releases.some((call) => isInFinally(call, root)) };
  }
  const handed = effects.effects.find((effect) => effect.kind === 'transfer');
  return handed?.how === undefined ? { by: 'nobody' } : { by: 'owner', how: handed.how };
}

/** What the release that this code uses gives; else what all known ways of releasing give. */
function releasesAsync({ effects, site }: Obligation): boolean | undefined {
  const used = effects.effects.flatMap((effect) => (effect.kind === 'release' && effect.release ? [effect.release.async === true] : []));
  const ways = used.length > 0 ? used : site.resource.releases.map(({ async }) => async === true);
  if (ways.length === 0) return undefined;
  return ways.every((way) => way === ways[0]) ? ways[0] : undefined;
}

/** The declaration whose value the call is, awaited or not. */
function declarationOf(call: TSESTree.Node): TSESTree.VariableDeclaration | undefined {
  const outer = wrapped(call);
  const value = outer.parent?.type === T.AwaitExpression ? wrapped(outer.parent) : outer;
  return value.parent?.type === T.VariableDeclarator ? value.parent.parent : undefined;
}

function usingKind(declaration: TSESTree.VariableDeclaration | undefined): 'using' | 'await using' | undefined {
  return declaration?.kind === 'using' || declaration?.kind === 'await using' ? declaration.kind : undefined;
}

function statementOf(node: TSESTree.Node): TSESTree.Node {
  let at = node;
  while (at.parent !== undefined && !isBlock(at.parent) && !isExpressionOwner(at.parent)) at = at.parent;
  return at;
}

function isExpressionOwner(node: TSESTree.Node): boolean {
  return node.type === T.ArrowFunctionExpression || node.type === T.PropertyDefinition;
}

function blockOf(node: TSESTree.Node): TSESTree.Node {
  for (let at = node.parent; at !== undefined; at = at.parent) if (isBlock(at)) return at;
  return rootOf(node);
}

function isBlock({ type }: TSESTree.Node): boolean {
  return type === T.BlockStatement || type === T.StaticBlock || type === T.Program || type === T.SwitchCase;
}

function isInFinally(node: TSESTree.Node, root: TSESTree.Node): boolean {
  for (let at = node; at.parent !== undefined && at !== root; at = at.parent) {
    if (at.parent.type === T.TryStatement && at.parent.finalizer === at) return true;
  }
  return false;
}

function rangeOf(node: TSESTree.Node): Range {
  return { start: node.range[0], end: node.range[1] };
}
