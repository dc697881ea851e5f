import { CompletionItemKind, MarkupKind, type CompletionItem, type Position, type TextEdit } from 'vscode-languageserver/node';
import { REPORTABLE } from '../configuration/levels';
import { keysOf } from '../configuration/shape/values';
import { RULE_IDS } from '../engine/rules/registry';

/** What the lifecycle tags say, for whoever picks one. */
const TAGS = {
  acquires: 'Calling this gives a resource that the caller must release.',
  releases: 'Calling this releases the resource: the one that the method belongs to, or the parameter that is named.',
  owns: 'This parameter, or what is returned, is owned: whoever gets it must release it.',
  borrows: 'This parameter is only used: whoever passed it must still release it.',
  alias: 'What is returned stands for the same resource.',
} as const;

const DIRECTIVES = {
  'managed-scope-disable-next-line': 'Suppresses rules on the next line.',
  'managed-scope-disable-line': 'Suppresses rules on this line.',
  'managed-scope-disable-file': 'Suppresses rules in the whole file.',
  'managed-scope-disable': 'Suppresses rules from here on.',
  'managed-scope-enable': 'Ends what managed-scope-disable began.',
} as const;

/** Completes tags in JSDoc, and suppressions and the rules that they name. `text` is the document up to the position. */
export function completeAt(text: string, position: Position): CompletionItem[] {
  const comment = commentAround(text);
  if (comment === undefined) return [];
  const line = comment.slice(comment.lastIndexOf('\n') + 1);
  const before = (length: number) => ({ start: { line: position.line, character: position.character - length }, end: position });

  const rules = /\bmanaged-scope-(?:disable-next-line|disable-line|disable-file|disable|enable)\s+(?!.*\s--(?:\s|$))(?:.*[\s,])?([\w-]*)$/.exec(line);
  if (rules) {
    const typed = rules[1] ?? '';
    return RULE_IDS.map((rule) => item(rule, CompletionItemKind.EnumMember, REPORTABLE[rule], { range: before(typed.length), newText: rule }));
  }
  const tag = /(?:^|[\s*])@(\w*)$/.exec(line);
  if (tag && comment.startsWith('/**')) {
    return keysOf(TAGS).map((name) => item(`@${name}`, CompletionItemKind.Keyword, TAGS[name], { range: before((tag[1] ?? '').length + 1), newText: `@${name}` }));
  }
  const directive = /^(?:\/\/|\/\*+|\s*\*)?\s*(m[\w-]*)$/.exec(line);
  if (directive?.[1] !== undefined && 'managed-scope-'.startsWith(directive[1].slice(0, 14))) {
    const typed = directive[1].length;
    return keysOf(DIRECTIVES).map((name) => item(name, CompletionItemKind.Keyword, DIRECTIVES[name], { range: before(typed), newText: `${name} ` }));
  }
  return [];
}

function item(label: string, kind: CompletionItemKind, documentation: string, textEdit: TextEdit): CompletionItem {
  return { label, kind, documentation: { kind: MarkupKind.PlainText, value: documentation }, textEdit };
}

/** The comment that the text ends in, from its start; `undefined` when it ends in code. Strings that look like comments may deceive it. */
function commentAround(text: string): string | undefined {
  const lineStart = text.lastIndexOf('\n') + 1;
  const open = text.lastIndexOf('/*');
  if (open !== -1 && text.indexOf('*/', open + 2) === -1 && !text.slice(text.lastIndexOf('\n', open) + 1, open).includes('//')) return text.slice(open);
  const line = text.slice(lineStart);
  const slashes = /(?:^|[^:'"`\\])(\/\/.*)$/.exec(line);
  return slashes?.[1];
}
