import type ts from 'typescript';
import type { SymbolRef } from '../engine/facts';
import { packageDeclaring } from './declaring';
import type { TypeContext } from './typescript';

/** A symbol by name, container and package; `undefined` for what has no name of its own (`__type`, `__object`). */
export function describeSymbol(context: TypeContext, symbol: ts.Symbol): SymbolRef | undefined {
  const [declaration] = symbol.declarations ?? [];
  return declaration && describeDeclaration(context, declaration);
}

/**
 * A declaration by name, container and package. Functions and classes without a name are called by the variable or property that they initialise.
 */
export function describeDeclaration(context: TypeContext, declaration: ts.Declaration): SymbolRef | undefined {
  const { ts } = context;
  const named = ts.isConstructorDeclaration(declaration) ? declaration.parent : namedDeclaration(ts, declaration);
  const name = named && declaredName(ts, named);
  if (named === undefined || name === undefined) return undefined;
  const container = containerOf(ts, named);
  const declaring = packageDeclaring(context, named);
  return { name, ...(container !== undefined && { container }), ...(declaring !== undefined && { package: declaring }) };
}

/** The declaration itself if it has a name, otherwise what it initialises or is the type of. */
function namedDeclaration(ts: TypeContext['ts'], declaration: ts.Node): ts.Node | undefined {
  if (declaredName(ts, declaration) !== undefined) return declaration;
  let at = declaration.parent;
  while (ts.isParenthesizedExpression(at) || ts.isAsExpression(at) || ts.isSatisfiesExpression(at) || ts.isParenthesizedTypeNode(at)) at = at.parent;
  const takesName =
    ts.isVariableDeclaration(at) || ts.isPropertyDeclaration(at) || ts.isPropertySignature(at) || ts.isPropertyAssignment(at) || ts.isTypeAliasDeclaration(at) || ts.isParameter(at);
  return takesName ? at : undefined;
}

function declaredName(ts: TypeContext['ts'], node: ts.Node): string | undefined {
  if (isDefaultExport(ts, node)) return 'default';
  const name = ts.isExportAssignment(node) ? undefined : nameNode(ts, node);
  if (!name) return undefined;
  if (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isPrivateIdentifier(name)) return name.text;
  return ts.isComputedPropertyName(name) ? `[${name.expression.getText()}]` : undefined;
}

function nameNode(ts: TypeContext['ts'], node: ts.Node): ts.DeclarationName | undefined {
  const hasName =
    ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node) ||
    ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isPropertySignature(node) || ts.isPropertyAssignment(node) || ts.isParameter(node) || ts.isBindingElement(node);
  return hasName ? ts.getNameOfDeclaration(node) : undefined;
}

/** `export default function () {}` and `export default class {}` have no other name. */
function isDefaultExport(ts: TypeContext['ts'], node: ts.Node): boolean {
  return (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && !node.name && (node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false);
}

/** The nearest class, interface or namespace around a declaration; for members of a type literal, what the literal is the type of. */
function containerOf(ts: TypeContext['ts'], declaration: ts.Node): string | undefined {
  for (let at = declaration.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isClassLike(at) || ts.isInterfaceDeclaration(at) || ts.isTypeLiteralNode(at) || ts.isObjectLiteralExpression(at)) {
      const named = namedDeclaration(ts, at);
      return named && declaredName(ts, named);
    }
    if (ts.isModuleDeclaration(at)) return ts.isIdentifier(at.name) && at.name.text !== 'global' ? at.name.text : undefined;
    // What a function declares belongs to nobody.
    if (ts.isFunctionLike(at)) return undefined;
  }
  return undefined;
}
