import type { Node } from 'jsonc-parser';
import type { Range } from '../../engine/findings';

/** Something wrong in a configuration file, at its place. Offsets into the text. */
export interface Problem extends Range {
  readonly message: string;
}

/** Called for each problem met while reading. */
export type Report = (node: Node, message: string) => void;

/** The part of JSON Schema (draft 7, which editors know) that shapes generate. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly (string | number | boolean)[];
  readonly enumDescriptions?: readonly string[];
  readonly const?: string | number | boolean;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** What was read. Absent (the whole object, not the value) where nothing of use was there; the report says why. */
export type Read<T> = { readonly value: T } | undefined;

/**
 * A piece of a configuration file, declared once: it reads JSON into `T`, reporting what is wrong at its place and keeping what is
 * right, and it describes itself as JSON Schema. Both come from the same declaration, so they cannot disagree.
 */
export interface Shape<T> {
  readonly schema: JsonSchema;
  read(node: Node, report: Report): Read<T>;
}

/** The same shape with words for the editor, and the default that holds when it is absent. */
export function describe<T>(shape: Shape<T>, description: string, fallback?: T): Shape<T> {
  const schema = { ...shape.schema, description, ...(fallback === undefined ? {} : { default: fallback }) };
  return { schema, read: (node, report) => shape.read(node, report) };
}

/**
 * Drops the whole value when anything in it is wrong. For values that mean something else when a part of them is missing:
 * an acquire without its (misspelt) condition would be reported everywhere.
 */
export function whole<T>(shape: Shape<T>): Shape<T> {
  return {
    schema: shape.schema,
    read(node, report) {
      let sound = true;
      const value = shape.read(node, (at, message) => {
        sound = false;
        report(at, message);
      });
      return sound ? value : undefined;
    },
  };
}

/** Adds a condition that JSON Schema can't state. `check` gives the message when the value is not acceptable. */
export function refine<T>(shape: Shape<T>, check: (value: T) => string | undefined): Shape<T> {
  return {
    schema: shape.schema,
    read(node, report) {
      const read = shape.read(node, report);
      const message = read && check(read.value);
      if (message === undefined) return read;
      report(node, message);
      return undefined;
    },
  };
}

/** Names a node's JSON type in a sentence. */
export function typeOf(node: Node): string {
  return node.type === 'object' || node.type === 'array' ? `an ${node.type}` : node.type === 'null' ? 'null' : `a ${node.type}`;
}
