import type ts from 'typescript';
import type { TypeContext } from './typescript';

type Disposal = 'dispose' | 'asyncDispose';

/** Internal names of properties under a well-known symbol, `__@dispose@1234`, once they have been verified; per checker. */
const verified = new WeakMap<ts.TypeChecker, Map<ts.__String, Disposal | undefined>>();

/**
 * Which of `Symbol.dispose` and `Symbol.asyncDispose` a type has members under. The checker names such a member after the symbol's own
 * name and a number; that it is really the one of `SymbolConstructor` and not somebody's `unique symbol` called `dispose` is verified
 * at its declaration.
 */
export function findDisposal(context: TypeContext, type: ts.Type): { dispose: boolean; asyncDispose: boolean } {
  const found = { dispose: false, asyncDispose: false };
  for (const property of context.checker.getPropertiesOfType(type)) {
    const kind = disposalOf(context, property);
    if (kind) found[kind] = true;
  }
  return found;
}

function disposalOf(context: TypeContext, property: ts.Symbol): Disposal | undefined {
  const name = property.escapedName;
  const [, looksLike] = /^__@(dispose|asyncDispose)@/.exec(String(name)) ?? [];
  if (looksLike !== 'dispose' && looksLike !== 'asyncDispose') return undefined;
  let known = verified.get(context.checker);
  if (!known) verified.set(context.checker, (known = new Map()));
  if (!known.has(name)) known.set(name, isWellKnown(context, property) ? looksLike : undefined);
  return known.get(name);
}

function isWellKnown({ ts, checker }: TypeContext, property: ts.Symbol): boolean {
  return (property.declarations ?? []).some((declaration) => {
    const name = ts.getNameOfDeclaration(declaration);
    if (!name || !ts.isComputedPropertyName(name)) return false;
    const symbol = checker.getTypeAtLocation(name.expression).getSymbol();
    return (symbol?.declarations ?? []).some(({ parent }) => ts.isInterfaceDeclaration(parent) && parent.name.text === 'SymbolConstructor');
  });
}
