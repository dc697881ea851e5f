import type ts from 'typescript';
import { lifecycleTag, type LifecycleTag } from '../engine/lifecycleTag';
import type { TypeContext } from './typescript';

/** The lifecycle tags of a declaration's JSDoc, their parameters by number; none for most. */
export function describeTags({ ts }: TypeContext, declaration: ts.SignatureDeclaration | ts.JSDocSignature | undefined): LifecycleTag[] {
  if (declaration === undefined || ts.isJSDocSignature(declaration)) return [];
  const parameters = declaration.parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : undefined));
  return ts.getJSDocTags(declaration).flatMap(({ tagName, comment }) => {
    const name = /^\s*([$_\p{L}][$\w]*)\s*(?:$|\n|-(?=\s|$))/u.exec(ts.getTextOfJSDocComment(comment) ?? '')?.[1];
    return lifecycleTag(tagName.text, name, parameters) ?? [];
  });
}
