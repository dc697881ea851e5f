import { visitorKeys } from '@typescript-eslint/visitor-keys';

interface Linkable {
  readonly type: string;
  parent?: unknown;
}

function isLinkable(value: unknown): value is Linkable {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Gives every node of an ESTree its parent, as a lint run does. Iterative: generated code nests deeper than the stack. */
export function linkParents(root: Linkable): void {
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    for (const key of visitorKeys[node.type] ?? []) {
      const value: unknown = Reflect.get(node, key);
      if (isLinkable(value)) {
        value.parent = node;
        pending.push(value);
      } else if (Array.isArray(value)) {
        for (const child of value) {
          if (!isLinkable(child)) continue;
          child.parent = node;
          pending.push(child);
        }
      }
    }
  }
}
