import type ts from 'typescript';
import type { LifecycleTag } from '../engine/facts';
import type { TypeContext } from './typescript';

const TAGS: ReadonlySet<string> = new Set(['acquires', 'releases', 'owns', 'borrows', 'alias']);

/** The lifecycle tags of a declaration's JSDoc, their parameters by number; none for most. */
export function describeTags({ ts }: TypeContext, declaration: ts.SignatureDeclaration | ts.JSDocSignature | undefined): LifecycleTag[] {
  if (declaration === undefined || ts.isJSDocSignature(declaration)) return [];
  return ts.getJSDocTags(declaration).flatMap(({ tagName, comment }): LifecycleTag[] => {
    const tag = tagName.text;
    if (!isLifecycle(tag)) return [];
    const name = /^\s*([$_\p{L}][$\w]*)\s*(?:$|\n|-(?=\s|$))/u.exec(ts.getTextOfJSDocComment(comment) ?? '')?.[1];
    const index = declaration.parameters.findIndex((parameter) => ts.isIdentifier(parameter.name) && parameter.name.text === name);
    const only = name === undefined && declaration.parameters.length === 1 && tag !== 'acquires' && tag !== 'owns' ? 0 : undefined;
    const parameter = index >= 0 ? index : only;
    return [parameter === undefined ? { tag } : { tag, parameter }];
  });
}

function isLifecycle(tag: string): tag is LifecycleTag['tag'] {
  return TAGS.has(tag);
}
