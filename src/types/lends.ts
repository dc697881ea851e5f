import type ts from 'typescript';
import { releasesByName } from '../engine/resources/ownedNames';
import { packageDeclaring } from './declaring';
import type { CallNode } from './locate';
import type { TypeContext } from './typescript';

/** How many calls that a callee hands a parameter on to are read, one in the other. */
const DEPTH = 3;

/**
 * The arguments of a call, by index, that the callee only works with: its code is in the project, and as far as it goes nothing there
 * ends the value, gives it back, or lets anybody else have it. A field that keeps it is read in its whole class, which must hide it.
 */
export function findLent(context: TypeContext, call: CallNode): number[] {
  let lending = known.get(context);
  if (lending === undefined) known.set(context, (lending = new Lending(context)));
  return lending.lentBy(call, DEPTH);
}

/** What callees do with their parameters, read once for each program. */
const known = new WeakMap<TypeContext, Lending>();

class Lending {
  /** By parameter, what was found at each depth. */
  private readonly read = new Map<ts.ParameterDeclaration, Map<number, boolean>>();

  constructor(private readonly context: TypeContext) {}

  lentBy(call: CallNode, depth: number): number[] {
    const { ts, checker } = this.context;
    const given = ts.isTaggedTemplateExpression(call) ? undefined : call.arguments;
    if (given === undefined || depth === 0 || given.some((argument) => ts.isSpreadElement(argument))) return [];
    // Absent for signatures that nobody wrote, such as implicit constructors.
    const declaration: ts.SignatureDeclaration | undefined = checker.getResolvedSignature(call)?.getDeclaration();
    if (declaration === undefined || !hasBody(ts, declaration) || packageDeclaring(this.context, declaration) !== undefined) return [];
    return given.flatMap((_argument, index) => {
      const parameter = declaration.parameters[index];
      return parameter && !parameter.dotDotDotToken && this.isLent(declaration, parameter, depth) ? [index] : [];
    });
  }

  private isLent(declaration: WithBody, parameter: ts.ParameterDeclaration, depth: number): boolean {
    const before = this.read.get(parameter)?.get(depth);
    if (before !== undefined) return before;
    const byDepth = this.read.get(parameter) ?? new Map<number, boolean>();
    this.read.set(parameter, byDepth);
    const lent = this.onlyUses(declaration, parameter, depth);
    byDepth.set(depth, lent);
    return lent;
  }

  private onlyUses(declaration: WithBody, parameter: ts.ParameterDeclaration, depth: number): boolean {
    const { ts } = this.context;
    const { name } = parameter;
    if (!ts.isIdentifier(name)) return false;
    if (parameter.modifiers?.some(({ kind }) => FIELD_MODIFIERS.some((modifier) => kind === ts.SyntaxKind[modifier])) && !this.fieldOnlyUses(declaration, name.text, parameter, depth)) return false;
    return this.every(declaration.body, (node) => ts.isIdentifier(node) && node.text === name.text && !isName(ts, node), depth);
  }

  /** All that the class does with the field. One that others see may be ended by them. */
  private fieldOnlyUses(around: ts.Node, name: string, declared: ts.Node & { readonly modifiers?: ts.NodeArray<ts.ModifierLike> }, depth: number): boolean {
    const { ts } = this.context;
    const hidden = name.startsWith('#') || declared.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword);
    const cls = around.parent;
    return hidden === true && ts.isClassLike(cls) && cls.members.every((member) => this.every(member, (node) => ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword && node.name.text === name, depth));
  }

  private every(scope: ts.Node, isMention: (node: ts.Node) => boolean, depth: number): boolean {
    const { ts } = this.context;
    const visit = (node: ts.Node): boolean => {
      if (isMention(node)) return this.isUse(node, depth);
      // `const { close } = this` and `{ ...this }` take what nobody sees taken.
      if (node.kind === ts.SyntaxKind.ThisKeyword && !ts.isPropertyAccessExpression(node.parent)) return !ts.isVariableDeclaration(node.parent) && !ts.isSpreadAssignment(node.parent);
      return ts.forEachChild(node, (child) => !visit(child) || undefined) !== true;
    };
    return visit(scope);
  }

  /** What one mention does with the value. */
  private isUse(mention: ts.Node, depth: number): boolean {
    const { ts } = this.context;
    const { parent } = mention;
    if (ts.isNonNullExpression(parent) || ts.isParenthesizedExpression(parent)) return this.isUse(parent, depth);
    if (ts.isPropertyAccessExpression(parent) && parent.expression === mention) return (!releasesByName(parent.name.text) || LISTENING.test(parent.name.text));
    if (ts.isIfStatement(parent) || ts.isPrefixUnaryExpression(parent) || ts.isTypeOfExpression(parent) || ts.isExpressionStatement(parent)) return true;
    if (ts.isConditionalExpression(parent)) return parent.condition === mention;
    if (ts.isBinaryExpression(parent)) {
      if (parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) return parent.left === mention || this.isKept(parent, depth);
      return COMPARING.some((operator) => parent.operatorToken.kind === ts.SyntaxKind[operator]) || (parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && parent.left === mention);
    }
    if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== mention) {
      const index = parent.arguments?.findIndex((argument) => argument === mention) ?? -1;
      return index !== -1 && this.lentBy(parent, depth - 1).includes(index);
    }
    return false;
  }

  /** `this.f = value;` of a field that is declared and hidden. */
  private isKept({ left, parent }: ts.BinaryExpression, depth: number): boolean {
    const { ts } = this.context;
    if (!ts.isExpressionStatement(parent) || !ts.isPropertyAccessExpression(left) || left.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
    let member: ts.Node = left;
    while (!ts.isSourceFile(member) && !ts.isClassLike(member.parent)) member = member.parent;
    if (ts.isSourceFile(member) || !ts.isClassLike(member.parent)) return false;
    const field = member.parent.members.find((one) => ts.isPropertyDeclaration(one) && one.name.getText() === left.name.text);
    return field !== undefined && ts.isPropertyDeclaration(field) && depth > 0 && this.fieldOnlyUses(field, left.name.text, field, depth - 1);
  }
}

type WithBody = ts.SignatureDeclaration & { readonly body: ts.Block | ts.Expression };

/** What takes a listener off ends nothing else. */
const LISTENING = /^remove\w*Listeners?$/;

const FIELD_MODIFIERS = ['PrivateKeyword', 'ProtectedKeyword', 'PublicKeyword', 'ReadonlyKeyword'] as const;
const COMPARING = ['EqualsEqualsToken', 'EqualsEqualsEqualsToken', 'ExclamationEqualsToken', 'ExclamationEqualsEqualsToken', 'InstanceOfKeyword', 'InKeyword'] as const;

function hasBody(ts: TypeContext['ts'], node: ts.SignatureDeclaration): node is WithBody {
  return (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isConstructorDeclaration(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node)) && node.body !== undefined;
}

/** The identifier names a member or a property, not a variable. */
function isName(ts: TypeContext['ts'], node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) && parent.name === node) || (ts.isPropertyAssignment(parent) && parent.name === node) || (ts.isMethodDeclaration(parent) && parent.name === node) || ts.isTypeReferenceNode(parent);
}
