import { commands, Uri, type Diagnostic, type ExtensionContext } from 'vscode';

/** Opens the page of a rule. A link in a diagnostic is this command, so that it works without a network. */
export const OPEN_RULE = 'managedScope.openRule';

const RULE_ID = /^[a-z]+(?:-[a-z]+)*$/;

/** Turns a diagnostic's link, which leads to a file for editors that can do no better, into a command that shows the page as a page. */
export function toRuleCommand(diagnostic: Diagnostic): void {
  const { code } = diagnostic;
  if (typeof code !== 'object' || !RULE_ID.test(String(code.value))) return;
  diagnostic.code = { value: code.value, target: Uri.from({ scheme: 'command', path: OPEN_RULE, query: JSON.stringify([code.value]) }) };
}

/** Shows the page of a rule, which is packaged with the extension. A text that is no rule shows the list of them. */
export async function openRule({ extensionUri }: ExtensionContext, rule: unknown): Promise<void> {
  const page = typeof rule === 'string' && RULE_ID.test(rule) ? rule : 'README';
  await commands.executeCommand('markdown.showPreview', Uri.joinPath(extensionUri, 'docs', 'rules', `${page}.md`));
}
