import assert from 'node:assert/strict';
import type { Finding } from '../../../src/engine/findings';
import type { AcquireSite } from '../../../src/engine/ownership/site';
import { MODELS } from '../../../src/engine/resources/index';
import { MISUSE_RULES } from '../../../src/engine/rules/index';
import { RULES } from '../../../src/engine/rules/registry';
import { findIn } from '../harness/run';
import { typedFixtures } from '../harness/typedFixtures';

/** Resources whose loss no fixture can show, each with the reason. */
const NEVER_FOUND: Readonly<Record<string, string>> = {
  'timers.immediate': 'It comes at the end of the turn, before anybody could miss it.',
};

/** Resources about which no fixture can show silence, each with the reason. */
const NEVER_SILENT: Readonly<Record<string, string>> = {};

const MISUSES = new Set<string>(MISUSE_RULES.map(({ id }) => id));

/** What is said is that the resource is lost; not that it is released wrongly, or that the scope around it is. */
function isLoss({ rule }: Finding): boolean {
  return RULES[rule].group !== 'using' && !MISUSES.has(rule);
}

/** A finding of any rule, of those on obligations and of those on code, knows the call that acquires. */
function isAbout({ resource, acquire }: Finding, { call, resource: { noun } }: AcquireSite): boolean {
  return resource === noun && acquire.start === call.range[0] && acquire.end === call.range[1];
}

/** The ids of the resources that are lost, or kept well, in some fixture. */
function shownResources(): { readonly found: ReadonlySet<string>; readonly silent: ReadonlySet<string> } {
  const found = new Set<string>();
  const silent = new Set<string>();
  for (const { fixture, module, answer } of typedFixtures()) {
    const sites: AcquireSite[] = [];
    const findings = findIn(module, answer, { style: fixture.style, engines: fixture.engines, onObligation: ({ site }) => sites.push(site) });
    for (const site of sites) {
      const said = findings.filter((finding) => isAbout(finding, site));
      if (said.length === 0) silent.add(site.resource.id);
      if (said.some(isLoss)) found.add(site.resource.id);
    }
  }
  return { found, silent };
}

describe('resources are shown by fixtures', () => {
  const ids = MODELS.flatMap(({ resources }) => resources.map(({ id }) => id));
  let shown: ReturnType<typeof shownResources>;

  before(() => {
    shown = shownResources();
  });

  for (const [kind, exceptions] of [['found', NEVER_FOUND], ['silent', NEVER_SILENT]] as const) {
    it(`${kind}, but for those of which it is said why not`, () => {
      const excepted = new Set(Object.keys(exceptions));
      const missing = ids.filter((id) => !shown[kind].has(id));
      assert.deepEqual(missing.filter((id) => !excepted.has(id)), [], `no fixture shows these ${kind}`);
      assert.deepEqual([...excepted].filter((id) => !missing.includes(id)), [], `these are shown ${kind}, or are no resources: they need no exception`);
    });
  }
});
