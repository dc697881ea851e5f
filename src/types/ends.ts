import type ts from 'typescript';
import { releasesByName } from '../engine/resources/ownedNames';
import type { TypeContext } from './typescript';

/** How many methods that a method calls on `this` are read, one in the other. */
const DEPTH = 3;

/** Verbs that also empty a map or a list, which needs no end. */
const EMPTYING = /^(clear|delete|remove|commit|finish|drain|clean|cleanup)$/i;

/** What holds nothing but listeners, by its name: they go with it. */
const EMITTING = /([eE]mitter|[eE]vents?|[sS]ubject|[sS]ignal)$|^_?on[A-Z]/;

/** Methods that keep what they are given for the end of their object. */
const REGISTERING = /^(_?register|_?registerDisposable|addDisposable)$/;

/**
 * Which of a class's methods release something: a member's code, or that of methods which it calls on `this`, ends a timer, takes a
 * listener off the page or the process, or calls what is named as an end. An inherited one counts where the class itself registers something for it.
 */
export function findEnds(context: TypeContext, type: ts.Type, members: readonly string[]): string[] {
  const { ts, checker } = context;
  const own = type.getSymbol()?.valueDeclaration;
  if (own === undefined || !ts.isClassLike(own)) return [];
  return members.filter((name) => {
    const declaration = checker.getPropertyOfType(type, name)?.valueDeclaration;
    if (declaration === undefined || !ends(ts, declaration, DEPTH)) return false;
    return declaration.parent === own || registers(ts, own);
  });
}

/** The method, or the function that the field is given, releases something. */
function ends(ts: TypeContext['ts'], member: ts.Node, depth: number): boolean {
  const body = ts.isMethodDeclaration(member) ? member.body : ts.isPropertyDeclaration(member) && member.initializer && (ts.isArrowFunction(member.initializer) || ts.isFunctionExpression(member.initializer)) ? member.initializer.body : undefined;
  return body !== undefined && someCall(ts, body, (callee, call) => {
    if (isOfEmptyList(ts, call, member)) return false;
    if (ts.isIdentifier(callee)) return /^(clearInterval|clearTimeout|cancelAnimationFrame)$/.test(callee.text) || isEnd(callee.text);
    if (!ts.isPropertyAccessExpression(callee)) return false;
    const name = callee.name.text;
    if (callee.expression.kind !== ts.SyntaxKind.ThisKeyword) return LISTENING.test(name) ? LASTING.test(nameOf(ts, callee.expression)) : isEnd(name) && !EMITTING.test(nameOf(ts, callee.expression));
    const called = depth > 0 && ts.isClassLike(member.parent) ? member.parent.members.find((one) => one.name !== undefined && ts.isIdentifier(one.name) && one.name.text === name) : undefined;
    return called !== undefined && called !== member && ends(ts, called, depth - 1);
  });
}

/** The call is done for each element of a list of the object, into which its class puts nothing: `this.disposables.forEach((one) => one.dispose())`. */
function isOfEmptyList(ts: TypeContext['ts'], call: ts.Node, member: ts.Node): boolean {
  for (let at = call.parent; at !== member; at = at.parent) {
    const list = ts.isForOfStatement(at) ? at.expression : ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression) && at.expression.name.text === 'forEach' ? at.expression.expression : undefined;
    if (list !== undefined && ts.isPropertyAccessExpression(list) && list.expression.kind === ts.SyntaxKind.ThisKeyword) return ts.isClassLike(member.parent) && isNeverFilled(ts, member.parent, list.name.text);
  }
  return false;
}

/** The field is declared here with an empty list, and mentioned only to walk or empty it. */
function isNeverFilled(ts: TypeContext['ts'], own: ts.ClassLikeDeclaration, name: string): boolean {
  const field = own.members.find((member) => ts.isPropertyDeclaration(member) && (ts.isIdentifier(member.name) || ts.isPrivateIdentifier(member.name)) && member.name.text === name);
  const value = field && ts.isPropertyDeclaration(field) ? field.initializer : undefined;
  if (value === undefined || !ts.isArrayLiteralExpression(value) || value.elements.length > 0) return false;
  const visit = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword && node.name.text === name && !isWalked(ts, node)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return !visit(own);
}

function isWalked(ts: TypeContext['ts'], list: ts.PropertyAccessExpression): boolean {
  const { parent } = list;
  return (ts.isForOfStatement(parent) && parent.expression === list) || (ts.isPropertyAccessExpression(parent) && /^(forEach|length|splice|pop|shift)$/.test(parent.name.text));
}

/** What takes a listener off: of what the object itself has it goes with that, of the page or the process it does not. */
const LISTENING = /^(off|remove\w*Listeners?)$/;

const LASTING = /^(window|document|body|process|globalThis|self|visualViewport)$/;

function isEnd(name: string): boolean {
  return /^(clearInterval|clearTimeout)$/.test(name) || (releasesByName(name) && !EMPTYING.test(name));
}

/** The class gives something of its own to what is disposed of with it. */
function registers(ts: TypeContext['ts'], own: ts.ClassLikeDeclaration): boolean {
  return own.members.some((member) => someCall(ts, member, (callee, call) => {
    if (!ts.isPropertyAccessExpression(callee) || callee.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
    const [given] = call.arguments;
    return REGISTERING.test(callee.name.text) && given !== undefined && !(ts.isNewExpression(given) && EMITTING.test(nameOf(ts, given.expression)));
  }));
}

function nameOf(ts: TypeContext['ts'], expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

function someCall(ts: TypeContext['ts'], node: ts.Node, holds: (callee: ts.Expression, call: ts.CallExpression) => boolean): boolean {
  const visit = (at: ts.Node): boolean => (ts.isCallExpression(at) && holds(at.expression, at)) || (ts.forEachChild(at, (child) => visit(child) || undefined) ?? false);
  return visit(node);
}
