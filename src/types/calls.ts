import type ts from 'typescript';
import type { CallFact, SymbolRef, TypeRef } from '../engine/facts';
import type { TypeDescriber } from './describe';
import type { CallNode } from './locate';
import { resolveCall } from './signature';
import { describeDeclaration, describeSymbol } from './symbols';
import { describeTags } from './tags';
import type { TypeContext } from './typescript';

/** All that is known of a call: what is called, on what, and what it gives. */
export function describeCall(context: TypeContext, describer: TypeDescriber, call: CallNode): CallFact {
  const { ts, checker } = context;
  const expression = ts.isTaggedTemplateExpression(call) ? call.tag : call.expression;
  const callee = skipWrappers(ts, expression);
  const { signature, result } = resolveCall(context, describer, call, expression);
  const receiver = !ts.isNewExpression(call) && (ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)) ? checker.getTypeAtLocation(callee.expression) : undefined;
  const tags = describeTags(context, signature?.getDeclaration());
  const calleeRef = describeCallee(context, describer, call, callee, signature, result);
  return {
    kind: 'call',
    ...(calleeRef && { callee: calleeRef }),
    ...(receiver && { receiver: describer.describe(receiver) }),
    result: describer.describeAwaited(result),
    promise: describer.isThenable(result),
    never: (result.flags & ts.TypeFlags.Never) !== 0 || (signature !== undefined && (checker.getReturnTypeOfSignature(signature).flags & ts.TypeFlags.Never) !== 0),
    fluent: receiver !== undefined && isFluent(context, describer, signature, receiver, result),
    parameters: signature ? describeParameters(context, describer, signature) : [],
    ...(tags.length > 0 && { tags }),
  };
}

function skipWrappers(ts: TypeContext['ts'], expression: ts.Expression): ts.Expression {
  let at = expression;
  while (ts.isParenthesizedExpression(at) || ts.isNonNullExpression(at) || ts.isAsExpression(at) || ts.isSatisfiesExpression(at)) at = at.expression;
  return at;
}

function describeCallee(
  context: TypeContext,
  describer: TypeDescriber,
  call: CallNode,
  callee: ts.Expression,
  signature: ts.Signature | undefined,
  result: ts.Type,
): SymbolRef | undefined {
  const { ts, checker } = context;
  if (ts.isNewExpression(call)) {
    // The instance type names the class also where the constructor is inherited, implicit, or an interface's `new`.
    const symbol = describer.namedSymbol(result) ?? symbolOf(context, callee);
    return (result.flags & ts.TypeFlags.Any) !== 0 ? undefined : symbol && describeSymbol(context, symbol);
  }
  const declaration = signature?.getDeclaration();
  const isNamed = declaration && (ts.isFunctionDeclaration(declaration) || ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration));
  if (isNamed) return describeDeclaration(context, declaration);
  // A call signature or a function type has no name: what is called by it has.
  const called = checker.getTypeAtLocation(callee);
  if (called.flags & ts.TypeFlags.Any) return undefined;
  const symbol = symbolOf(context, callee);
  return (symbol && describeSymbol(context, symbol)) ?? (declaration && describeDeclaration(context, declaration));
}

function symbolOf({ ts, checker }: TypeContext, expression: ts.Expression): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(expression) ? expression.name : expression);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The receiver again: declared `this`, or of the receiver's own class or interface. */
function isFluent({ ts }: TypeContext, describer: TypeDescriber, signature: ts.Signature | undefined, receiver: ts.Type, result: ts.Type): boolean {
  const declaration = signature?.getDeclaration();
  if (declaration && !ts.isJSDocSignature(declaration) && declaration.type && ts.isThisTypeNode(declaration.type)) return true;
  const symbol = describer.namedSymbol(describer.present(receiver));
  return symbol !== undefined && symbol === describer.namedSymbol(describer.present(describer.awaited(result)));
}

function describeParameters({ ts, checker }: TypeContext, describer: TypeDescriber, signature: ts.Signature): TypeRef[] {
  return signature.getParameters().map((parameter) => {
    const type = checker.getTypeOfSymbol(parameter);
    const { valueDeclaration } = parameter;
    const isRest = valueDeclaration !== undefined && ts.isParameter(valueDeclaration) && valueDeclaration.dotDotDotToken !== undefined;
    return describer.describeAwaited(isRest ? (type.getNumberIndexType() ?? type) : type);
  });
}
