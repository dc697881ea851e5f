import type { Node } from 'jsonc-parser';
import { didYouMean } from './nearest';
import { typeOf, type Read, type Report, type Shape } from './shape';
import { keysOf } from './values';

/** A shape for each property of `T`, the optional ones too: one that is forgotten does not compile. */
export type Fields<T> = { readonly [K in keyof T]-?: Shape<Required<T>[K]> };

/** The properties that `T` can't be without. */
type Mandatory<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];

/** An object with known properties. Others are reported, with the nearest known one; what is wrong is left out. */
export function object<T extends object>(fields: Fields<T>, required: readonly (Mandatory<T> & string)[]): Shape<T> {
  const names = keysOf(fields);
  const known = new Set<string>(names);
  const complete = (value: Partial<T>): value is T => required.every((name) => Object.hasOwn(value, name));
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, fields[name].schema])),
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: false,
    },
    read(node, report) {
      const members = membersOf(node, report);
      if (!members) return undefined;
      for (const [name, member] of members) if (!known.has(name)) report(member.key, `unknown property "${name}"${didYouMean(name, known)}`);
      const value: Partial<T> = {};
      for (const name of names) {
        const member = members.get(name);
        const read = member && fields[name].read(member.value, report);
        if (read) value[name] = read.value;
      }
      for (const name of required) if (!members.has(name)) report(node, `the property "${name}" is missing`);
      return complete(value) ? { value } : undefined;
    },
  };
}

/** An object whose keys are among some names, each with the same shape of value: a level for each rule, say. */
export function table<K extends string, V>(what: string, keys: Readonly<Record<K, string>>, item: Shape<V>): Shape<Readonly<Partial<Record<K, V>>>> {
  const names = keysOf(keys);
  const isName = (name: string): name is K & string => names.some((known) => known === name);
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, { ...item.schema, description: keys[name] }])),
      additionalProperties: false,
    },
    read(node, report) {
      const members = membersOf(node, report);
      if (!members) return undefined;
      const value: Partial<Record<K, V>> = {};
      for (const [name, member] of members) {
        if (!isName(name)) report(member.key, `unknown ${what} "${name}"${didYouMean(name, names)}`);
        else {
          const read = item.read(member.value, report);
          if (read) value[name] = read.value;
        }
      }
      return { value };
    },
  };
}

/** An object with any keys. */
export function record<V>(item: Shape<V>): Shape<Readonly<Record<string, V>>> {
  return {
    schema: { type: 'object', additionalProperties: item.schema },
    read(node, report) {
      const members = membersOf(node, report);
      if (!members) return undefined;
      const entries = [...members].flatMap(([name, member]): [string, V][] => {
        const read = item.read(member.value, report);
        return read ? [[name, read.value]] : [];
      });
      return { value: Object.fromEntries(entries) };
    },
  };
}

/** One of several object shapes, told apart by which word stands in (or which property is there, for `by: presence`) them. */
export function choose<T>(wanted: string, variants: readonly { readonly when: (has: Selector) => boolean; readonly shape: Shape<T> }[]): Shape<T> {
  return {
    schema: { anyOf: variants.map((variant) => variant.shape.schema) },
    read(node, report): Read<T> {
      const members = membersOf(node, () => undefined);
      const select: Selector = (name, word) => {
        const member = members?.get(name);
        return member !== undefined && (word === undefined || member.value.value === word);
      };
      const variant = members && variants.find(({ when }) => when(select));
      if (variant) return variant.shape.read(node, report);
      report(node, `expected ${wanted}`);
      return undefined;
    },
  };
}

/** Tells whether the object has this property, and this word in it. */
type Selector = (name: string, word?: string) => boolean;

interface Member {
  readonly key: Node;
  readonly value: Node;
}

/** The members of an object by name. Of a name that is there twice the last counts, as in JSON.parse; the first is reported. */
function membersOf(node: Node, report: Report): Map<string, Member> | undefined {
  if (node.type !== 'object') {
    report(node, `expected an object, found ${typeOf(node)}`);
    return undefined;
  }
  const members = new Map<string, Member>();
  for (const { children } of node.children ?? []) {
    const [key, value] = children ?? [];
    // A member without a value is a syntax error, which the parser has reported.
    if (!key || !value) continue;
    const name = String(key.value);
    const before = members.get(name);
    if (before) report(before.key, `"${name}" is set twice; the last one counts`);
    members.set(name, { key, value });
  }
  return members;
}
