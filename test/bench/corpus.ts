/**
 * Measures the engine on labelled leaks: `node out/test/bench/corpus.js LABELS CORPUS [--findings FILE] [--no-types] [--only TEXT]`.
 * LABELS holds a labelled acquire site a line (JSON), CORPUS what was materialised of them: `ID/before.ts`, `ID/after.ts`, `ID/code.ts`
 * and `ID/tree/` with the files of the commit. See docs/measuring.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { analyse } from '../../src/engine/analyse';
import { countLines } from '../../src/configuration/lines';
import { readLabels, readSites, type Site } from './corpus/labels';
import { isInScope, isShown, scoreSite, type ScoredSite, type SiteFinding } from './corpus/score';
import { print, runCommand, tell, UsageError } from './shared/command';
import { readTyped, runCoroutine, typeWorld } from './shared/read';
import { formatTable, ratio, tally } from './shared/table';

runCommand(() => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { findings: { type: 'string' }, 'no-types': { type: 'boolean' }, only: { type: 'string', multiple: true } },
  });
  const [labels, corpus] = positionals;
  if (labels === undefined || corpus === undefined) throw new UsageError('corpus LABELS CORPUS [--findings FILE] [--no-types] [--only TEXT]');
  const started = performance.now();
  const chosen = readLabels(labels).filter(({ id }) => values.only === undefined || values.only.some((text) => id.includes(text)));
  const found = findAll(readSites(chosen, corpus), values['no-types'] !== true);
  if (values.findings !== undefined) writeFileSync(values.findings, listFindings(found));
  const scored = found.map(({ site, findings }) => scoreSite(site, findings));
  report(scored);
  print(`\n${String(scored.length)} files in ${((performance.now() - started) / 1000).toFixed(0)} s`);
});

interface Found {
  readonly site: Site;
  readonly findings: readonly SiteFinding[];
}

function findAll(sites: readonly Site[], typed: boolean): Found[] {
  const world = typed ? typeWorld() : undefined;
  const found: Found[] = [];
  const skipped = (site: Site, reason: string): void => { tell(`${site.label.id} ${site.file}: ${reason}`); };
  for (const { source, module, answer } of readTyped(sites, world, skipped)) {
    const onCrash = (error: unknown): void => { tell(`${source.label.id} ${source.file}: a rule crashed: ${String(error)}`); };
    const lines = countLines(source.text);
    const findings = runCoroutine(analyse(module, { onCrash }), answer).map(({ acquire, tier, rule, message }) => ({ line: lines.positionAt(acquire.start).line, tier, rule, message }));
    found.push({ site: source, findings });
  }
  const order = new Map(sites.map((site, index) => [site, index]));
  return found.sort((one, other) => (order.get(one.site) ?? 0) - (order.get(other.site) ?? 0));
}

function listFindings(found: readonly Found[]): string {
  return found.flatMap(({ site, findings }) => findings.map((finding) => `${JSON.stringify({ id: site.label.id, file: site.file, ...finding })}\n`)).join('');
}

function report(scored: readonly ScoredSite[]): void {
  const leaks = scored.filter(({ site }) => site.leak);
  const correct = scored.filter(({ site }) => !site.leak);
  const inScope = leaks.filter(({ site }) => isInScope(site.label));
  print(formatTable([
    ['', 'found', 'definite', 'with hints'],
    ...([['leaks in scope', inScope], ['all leaks', leaks], ['correct, flagged', correct]] as const).map(([name, sites]) => [
      name,
      ratio(sites.filter(isShown).length, sites.length),
      ratio(sites.filter(({ tier }) => tier === 'definite').length, sites.length),
      ratio(sites.filter(({ tier }) => tier !== undefined).length, sites.length),
    ]),
  ]));
  print(`\nLeaks by kind and resource (* in scope)\n${formatTable([['', 'found'], ...tally(leaks, ({ site: { label } }) => `${isInScope(label) ? '*' : ' '} ${label.leakKind ?? ''} ${label.resource}`, isShown).map(({ key, found, total }) => [key, ratio(found, total)])])}`);
  print(`\nMissed, in scope\n${list(inScope.filter((one) => !isShown(one)))}`);
  print(`\nMissed, out of scope\n${list(leaks.filter((one) => !isShown(one) && !isInScope(one.site.label)))}`);
  print(`\nFlagged although correct\n${list(correct.filter(({ tier }) => tier !== undefined))}`);
}

function list(sites: readonly ScoredSite[]): string {
  return sites
    .map(({ site, hits }) => {
      const said = hits.map((hit) => `\n      ${hit.rule} ${hit.tier}, line ${String(hit.line)}: ${hit.message}`).join('');
      return `  ${site.label.id} ${site.file} ${site.path}:${String(site.line)}\n      ${site.label.leakKind ?? 'correct'} ${site.label.resource}: ${site.label.why ?? ''}${said}`;
    })
    .join('\n');
}
