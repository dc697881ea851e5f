import { commands, Uri, type ExtensionContext } from 'vscode';

/** Opens the page of a rule. A link in a diagnostic is this command, so that it works without a network. */
export const OPEN_RULE = 'managedScope.openRule';

const RULE_ID = /^[a-z]+(?:-[a-z]+)*$/;

/** What the server is told to link to: the command, for the rule that takes the place of `{rule}`. */
export const RULE_PAGES = `command:${OPEN_RULE}?%5B%22{rule}%22%5D`;

/** Shows the page of a rule, which is packaged with the extension. A text that is no rule shows the list of them. */
export async function openRule({ extensionUri }: ExtensionContext, rule: unknown): Promise<void> {
  const page = typeof rule === 'string' && RULE_ID.test(rule) ? rule : 'README';
  await commands.executeCommand('markdown.showPreview', Uri.joinPath(extensionUri, 'docs', 'rules', `${page}.md`));
}
