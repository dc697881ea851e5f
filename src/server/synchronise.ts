import type { TextDocument } from 'vscode-languageserver-textdocument';
import { LiveConfigurations } from '../workspace/live/liveConfigurations';
import type { ServerContext } from './context';
import type { Diagnostics } from './pull';
import { pathOf } from './places';
import { showConfigurationProblems, takeConfiguration } from './watching';

/** Keeps the session at what the editor shows: open, edited, saved, closed. */
export function synchronise(context: ServerContext, diagnostics: Diagnostics): void {
  const { documents, session, settings, closed } = context;
  /** Documents by the path that they were opened with: that of an untitled one depends on the folders. */
  const paths = new Map<string, string>();

  documents.onDidOpen(({ document }) => {
    const place = context.placeOf(document);
    if (!place) return;
    // From now on the editor asks for it itself.
    closed.clear(place.path);
    if (LiveConfigurations.isConfiguration(place.path)) return;
    paths.set(document.uri, place.path);
    session.open(place.path, document.getText(), place.saved);
  });
  documents.onDidChangeContent(({ document }) => {
    const file = paths.get(document.uri);
    // It is also told of documents that were just opened.
    if (file !== undefined && session.edit(file, document.getText())) diagnostics.edited(document.uri);
    diagnostics.push(document.uri);
  });
  documents.onDidSave(({ document }) => {
    diagnostics.saved(document.uri);
    const file = pathOf(document.uri);
    if (file !== undefined && LiveConfigurations.isConfiguration(file)) {
      takeConfiguration(context, file);
      pushAll();
      context.refresh();
    } else {
      askAgainIfOnSave(document);
    }
    diagnostics.push(document.uri);
  });
  documents.onDidClose(({ document: { uri } }) => {
    const file = paths.get(uri);
    paths.delete(uri);
    settings.forget(uri);
    diagnostics.closed(uri);
    if (file !== undefined) session.close(file);
    if (!context.features.pulls) context.publish(uri, 0, []);
    showConfigurationProblems(context);
  });

  function pushAll(): void {
    for (const { uri } of documents.all()) diagnostics.push(uri);
  }

  /** Editors ask after edits; one that checks on save only must be told that there is something new. */
  function askAgainIfOnSave({ uri }: TextDocument): void {
    settings.of(uri).then(
      ({ run }) => {
        if (run === 'onSave') context.refresh();
      },
      () => undefined,
    );
  }
}
