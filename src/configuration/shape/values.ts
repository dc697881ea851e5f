import type { Node } from 'jsonc-parser';
import { didYouMean } from './nearest';
import { typeOf, type JsonSchema, type Read, type Report, type Shape } from './shape';

/** The value of a literal node, typed: jsonc-parser says `any`. */
function literalOf(node: Node): unknown {
  return node.value;
}

function expect(node: Node, report: Report, wanted: string): undefined {
  report(node, `expected ${wanted}, found ${typeOf(node)}`);
  return undefined;
}

/** Any string that is not empty. */
export const text: Shape<string> = {
  schema: { type: 'string', minLength: 1 },
  read(node, report) {
    const value = literalOf(node);
    if (typeof value !== 'string') return expect(node, report, 'a string');
    if (value !== '') return { value };
    report(node, 'expected a string that is not empty');
    return undefined;
  },
};

export const flag: Shape<boolean> = {
  schema: { type: 'boolean' },
  read(node, report) {
    const value = literalOf(node);
    return typeof value === 'boolean' ? { value } : expect(node, report, 'true or false');
  },
};

/** An integer from 0. */
export const index: Shape<number> = integer({ type: 'integer', minimum: 0 }, 'a whole number from 0');

/** An integer from `minimum`. */
export function integerFrom(minimum: number): Shape<number> {
  return integer({ type: 'integer', minimum }, `a whole number from ${String(minimum)}`);
}

/** An integer; negative counts from the end. */
export const position: Shape<number> = integer({ type: 'integer' }, 'a whole number');

function integer(schema: JsonSchema, wanted: string): Shape<number> {
  return {
    schema,
    read(node, report) {
      const value = literalOf(node);
      const sound = typeof value === 'number' && Number.isInteger(value) && value >= (schema.minimum ?? -Infinity);
      return sound ? { value } : expect(node, report, wanted);
    },
  };
}

/** One of some strings. A table gives words for each to the editor. */
export function oneOf<T extends string>(words: readonly T[] | Readonly<Record<T, string>>): Shape<T> {
  const table: readonly T[] = isList(words) ? words : keysOf(words);
  const schema: JsonSchema = { enum: table, ...(isList(words) ? {} : { enumDescriptions: table.map((word) => words[word]) }) };
  return {
    schema,
    read(node, report) {
      const value = literalOf(node);
      const found = table.find((word) => word === value);
      if (found !== undefined) return { value: found };
      const wanted = table.map((word) => `"${word}"`).join(', ');
      if (typeof value !== 'string') return expect(node, report, `one of ${wanted}`);
      report(node, `"${value}" is not one of ${wanted}${didYouMean(value, table)}`);
      return undefined;
    },
  };
}

/** Exactly this value. */
export function exactly<T extends string | boolean>(wanted: T): Shape<T> {
  return {
    schema: { const: wanted },
    read: (node, report) => (literalOf(node) === wanted ? { value: wanted } : expect(node, report, JSON.stringify(wanted))),
  };
}

/** The first of the shapes that reads the value; `wanted` says what it must be when none does. */
export function anyOf<T>(wanted: string, shapes: readonly Shape<T>[]): Shape<T> {
  return {
    schema: { anyOf: shapes.map((shape) => shape.schema) },
    read(node, report) {
      for (const shape of shapes) {
        let sound = true;
        const read = shape.read(node, () => (sound = false));
        if (read && sound) return read;
      }
      return expect(node, report, wanted);
    },
  };
}

/** A list; what is wrong in it is reported and left out. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    schema: { type: 'array', items: item.schema },
    read(node, report) {
      if (node.type !== 'array') return expect(node, report, 'an array');
      return { value: (node.children ?? []).flatMap((child) => valuesOf(item.read(child, report))) };
    },
  };
}

function valuesOf<T>(read: Read<T>): readonly T[] {
  return read ? [read.value] : [];
}

function isList<T>(words: readonly T[] | object): words is readonly T[] {
  return Array.isArray(words);
}

/** The keys of a table, with their own type: `Object.keys` forgets it. */
export function keysOf<T extends object>(table: T): readonly (keyof T & string)[] {
  const own = (key: string): key is keyof T & string => Object.hasOwn(table, key);
  return Object.keys(table).filter(own);
}
