import { escapeJson } from './clean';
import { keyOf, type ReportedFile, type RunReport } from './reported';

/** The report as one line of JSON: version 1 of the format that docs/configuration.md describes. */
export function printJson({ reported, files, typed, skipped, milliseconds }: RunReport): string {
  const report = {
    version: 1,
    findings: reported.flatMap(listFindings),
    summary: { files, typed, skipped, milliseconds },
  };
  return `${escapeJson(JSON.stringify(report))}\n`;
}

/** Lines and columns from 1, in UTF-16 units. */
function listFindings({ file, lines, verdicts, fixes }: ReportedFile): readonly object[] {
  return verdicts.map((verdict) => {
    const { rule, tier, severity, message, resource, start, end, acquire, path } = verdict;
    const last = lines.positionAt(end);
    return {
      file,
      rule,
      tier,
      severity,
      message,
      resource,
      ...lines.positionAt(start),
      endLine: last.line,
      endColumn: last.column,
      acquire: lines.positionAt(acquire.start),
      path: path.map((step) => ({ ...lines.positionAt(step.start), message: step.message })),
      ...(fixes ? { fixes: fixes.get(keyOf(verdict)) ?? [] } : {}),
    };
  });
}
