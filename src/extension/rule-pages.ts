import { commands, Uri, type ExtensionContext } from 'vscode';

/** Shows the page of a rule, or the list of them: for the walkthrough. */
export const OPEN_RULE = 'managedScope.openRule';

const RULE_ID = /^[a-z]+(?:-[a-z]+)*$/;

const folderOf = ({ extensionUri }: ExtensionContext): Uri => Uri.joinPath(extensionUri, 'docs', 'rules');

/**
 * Where diagnostics link to, with `{rule}` for the rule's id. The pages are packaged with the extension, so that they open without a network.
 * A file and not a command, which such links may not run; package.json has the editor show these files as pages.
 */
export function rulePages(context: ExtensionContext): string {
  return `${folderOf(context).toString()}/{rule}.md`;
}

/** Shows the page of a rule. A text that is no rule shows the list of them. */
export async function openRule(context: ExtensionContext, rule: unknown): Promise<void> {
  const page = typeof rule === 'string' && RULE_ID.test(rule) ? rule : 'README';
  await commands.executeCommand('markdown.showPreview', Uri.joinPath(folderOf(context), `${page}.md`));
}
