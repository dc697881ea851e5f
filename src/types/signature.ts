import type ts from 'typescript';
import type { TypeDescriber } from './describe';
import type { CallNode } from './locate';
import type { TypeContext } from './typescript';

/** The signature that a call resolves to and the type that the call has. */
export interface ResolvedCall {
  readonly signature: ts.Signature | undefined;
  readonly result: ts.Type;
}

/**
 * Resolves a call as far as facts about it need. The checker's own resolution relates every argument to its parameter, which takes
 * seconds on some libraries; where the declared signatures leave no choice that could matter here, it is not asked.
 */
export function resolveCall(context: TypeContext, describer: TypeDescriber, call: CallNode, callee: ts.Expression): ResolvedCall {
  const { checker } = context;
  const declared = findOnlySignature(context, describer, call, checker.getTypeAtLocation(callee));
  if (declared) return { signature: declared, result: checker.getReturnTypeOfSignature(declared) };
  return { signature: checker.getResolvedSignature(call), result: checker.getTypeAtLocation(call) };
}

function findOnlySignature({ ts, checker }: TypeContext, describer: TypeDescriber, call: CallNode, type: ts.Type): ts.Signature | undefined {
  const called = describer.present(type);
  const all = ts.isNewExpression(call) ? called.getConstructSignatures() : called.getCallSignatures();
  const fitting = all.filter((signature) => takesArguments(ts, signature, call));
  const [first, ...others] = fitting.length > 0 ? fitting : all;
  if (!first || isDecidedByArguments(describer, checker, first)) return undefined;
  if (others.length === 0) return first;
  // Overloads that give the same class or interface differ in nothing that is asked, but for their parameters.
  const agree = others.every((other) => !isDecidedByArguments(describer, checker, other) && giveTheSame(describer, checker, first, other));
  return agree ? first : undefined;
}

/** The number of arguments fits. A spread could be any number. */
function takesArguments(ts: TypeContext['ts'], signature: ts.Signature, call: CallNode): boolean {
  if (ts.isTaggedTemplateExpression(call)) return true;
  const given = call.arguments ?? [];
  if (given.some((argument) => ts.isSpreadElement(argument))) return true;
  const parameters = signature.getParameters();
  // Absent for signatures that nobody wrote, such as implicit constructors.
  const declaration: ts.SignatureDeclaration | undefined = signature.getDeclaration();
  const last = parameters.at(-1)?.valueDeclaration;
  const isOpen = last !== undefined && ts.isParameter(last) && last.dotDotDotToken !== undefined;
  const required = parameters.filter(({ valueDeclaration: at }) => at !== undefined && ts.isParameter(at) && !at.questionToken && !at.initializer && !at.dotDotDotToken).length;
  return declaration === undefined || ((isOpen || given.length <= parameters.length) && given.length >= required);
}

/** What a generic function returns may be what the arguments make of its type parameters. */
function isDecidedByArguments(describer: TypeDescriber, checker: ts.TypeChecker, signature: ts.Signature): boolean {
  if (!signature.getTypeParameters()?.length) return false;
  return describer.dependsOnParameters(checker.getReturnTypeOfSignature(signature));
}

function giveTheSame(describer: TypeDescriber, checker: ts.TypeChecker, one: ts.Signature, other: ts.Signature): boolean {
  const [first, second] = [checker.getReturnTypeOfSignature(one), checker.getReturnTypeOfSignature(other)];
  if (first === second) return true;
  const symbol = describer.namedSymbol(describer.present(describer.awaited(first)));
  return symbol !== undefined && symbol === describer.namedSymbol(describer.present(describer.awaited(second))) && describer.isThenable(first) === describer.isThenable(second);
}
