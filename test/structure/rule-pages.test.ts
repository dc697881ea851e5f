import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_CONFIGURATION, readConfiguration } from '../../src/configuration/configuration';
import { judge } from '../../src/configuration/judge';
import { TIERS, type Finding, type Tier } from '../../src/engine/findings';
import { isStyle, RULE_IDS, RULES, type RuleId } from '../../src/engine/rules/registry';
import { parseSource } from '../../src/workspace/parse';
import { parseText } from '../engine/harness/parse';
import { findIn } from '../engine/harness/run';
import { readBlocks, readLinks, readSection, type Block } from './markdown';

const FOLDER = path.join('docs', 'rules');

/** What every page holds, in this order. */
const SECTIONS = ['What it finds', 'Why it matters', 'Found', 'Not found', 'How to repair it', 'When it stays silent', 'How sure it is', 'Configure, suppress'];

/** What a block of TypeScript claims. `suppressed`: the engine finds it, and the comment in it takes it away. */
const CLAIMS = ['found', 'silent', 'suppressed'] as const;

const pageOf = (rule: string): string => readFileSync(path.join(FOLDER, `${rule}.md`), 'utf8');
const claimOf = ({ marks: [first] }: Block): (typeof CLAIMS)[number] | undefined => CLAIMS.find((claim) => claim === first);

/** Analyses a block as a file of a project of which nothing is known: imports tell what it acquires. */
function findingsIn(block: Block, rule: RuleId): readonly Finding[] {
  return findIn(parseText(nameOf(block), block.code), undefined, { style: isStyle(rule) });
}

/** The file that a block pretends to be. */
function nameOf({ language }: Block): string {
  return `src/example.${language}`;
}

function describeFindings(findings: readonly Finding[]): string {
  return findings.map(({ rule, tier, message }) => `\n  ${rule} ${tier}: ${message}`).join('') || '\n  nothing';
}

function assertFound(rule: RuleId, tier: Tier, block: Block): void {
  const findings = findingsIn(block, rule);
  const asked = findings.length > 0 && findings.every((finding) => finding.rule === rule && finding.tier === tier);
  assert.ok(asked, `expected ${rule} ${tier} and nothing else, found${describeFindings(findings)}`);
}

function assertSuppressed(rule: RuleId, block: Block): void {
  const findings = findingsIn(block, rule);
  const comments = parseText(nameOf(block), block.code).ast.comments ?? [];
  assert.deepEqual([...new Set(findings.map((finding) => finding.rule))], [rule], `found${describeFindings(findings)}`);
  // A suppression that suppresses nothing would be told of.
  const configuration = { ...DEFAULT_CONFIGURATION, suppressions: { requireReason: true } };
  assert.deepEqual(judge({ text: block.code, comments, findings, complete: true }, configuration), []);
}

function checkClaim(rule: RuleId, block: Block): void {
  switch (claimOf(block)) {
    case 'found': {
      const tier = block.marks[1] === undefined ? RULES[rule].tier : TIERS.find((name) => name === block.marks[1]);
      assert.ok(tier, `"${String(block.marks[1])}" is no tier`);
      assertFound(rule, tier, block);
      return;
    }
    case 'silent': {
      const findings = findingsIn(block, rule);
      assert.equal(findings.length, 0, `expected nothing, found${describeFindings(findings)}`);
      return;
    }
    case 'suppressed':
      assertSuppressed(rule, block);
      return;
    case undefined:
      assert.fail(`a block of code says what it shows: ${CLAIMS.join(', ')}`);
  }
}

describe('the pages of the rules', () => {
  it('are one for each rule, and no other', () => {
    const pages = readdirSync(FOLDER).filter((name) => name !== 'README.md');
    assert.deepEqual(pages.sort(), RULE_IDS.map((rule) => `${rule}.md`).sort());
  });

  it('are all linked from the index, in the section of their group, with tier and summary', () => {
    const index = readFileSync(path.join(FOLDER, 'README.md'), 'utf8');
    const titles: Readonly<Record<string, string>> = { local: 'Local obligations', concurrency: 'Concurrency and I/O', files: 'Files and descriptors', managers: 'Making and awaiting', using: 'Scopes by using', ownership: 'Ownership', events: 'Timers, listeners, subscriptions', hosts: 'Host frameworks' };
    for (const rule of RULE_IDS) {
      const { group, tier, summary } = RULES[rule];
      const section = readSection(index, titles[group] ?? group) ?? assert.fail(`the index has no section for the group ${group}`);
      assert.ok(section.includes(`| [${rule}](${rule}.md) | ${tier} | ${summary} |`), `the index does not say: ${rule}, ${tier}, ${summary}`);
    }
    assert.deepEqual(readLinks(index).map(({ target }) => target).filter((target) => /^[a-z-]+\.md$/.test(target)).sort(), RULE_IDS.map((rule) => `${rule}.md`).sort());
  });

  for (const rule of RULE_IDS) {
    describe(rule, () => {
      it('has its name, its summary and its tier at its head, then what every page has', () => {
        const { tier, summary } = RULES[rule];
        const [title, , said, , tierLine] = pageOf(rule).split('\n');
        assert.deepEqual([title, said], [`# ${rule}`, summary]);
        assert.match(tierLine ?? '', new RegExp(`^Tier: \\*\\*${tier}\\*\\*`));
        const sections = pageOf(rule).split('\n').flatMap((line) => /^## (.*)$/.exec(line)?.[1] ?? []);
        assert.deepEqual(sections, SECTIONS);
      });

      it('shows what is found and what is not', () => {
        const claims = (title: string): unknown[] => readBlocks(readSection(pageOf(rule), title) ?? '').map(claimOf);
        assert.ok(claims('Found').includes('found'), 'nothing is shown that is found');
        assert.ok(claims('Not found').length > 0 && claims('Not found').every((claim) => claim === 'silent'), 'nothing is shown that is not found');
        assert.ok(claims('Configure, suppress').includes('suppressed'), 'no suppression is shown');
      });

      it('has blocks that parse, and that give what they claim', () => {
        for (const block of readBlocks(pageOf(rule)).filter(({ language }) => language === 'ts' || language === 'js')) {
          const [error] = parseSource(nameOf(block), block.code).errors;
          assert.equal(error, undefined, `the block on line ${String(block.line)} has a syntax error on its line ${String(error?.line)}: ${String(error?.message)}`);
          try {
            checkClaim(rule, block);
          } catch (failure) {
            throw new Error(`${rule}.md, the block on line ${String(block.line)}: ${failure instanceof Error ? failure.message : String(failure)}`);
          }
        }
      });

      it('configures what there is', () => {
        const blocks = readBlocks(pageOf(rule)).filter(({ language }) => language.startsWith('json'));
        for (const { code } of blocks) {
          const { configuration, problems } = readConfiguration(code, 'managed-scope.json');
          assert.deepEqual(problems, []);
          assert.ok(configuration.severities.rules?.[rule], `it does not configure ${rule}`);
        }
        assert.ok(blocks.length > 0);
      });
    });
  }

  it('would fail on claims that are wrong', () => {
    const leak = "import { open } from 'node:fs/promises';\nexport async function f(p: string) {\n  const fh = await open(p);\n  await fh.stat();\n}\n";
    const block = (code: string, ...marks: string[]): Block => ({ language: 'ts', marks, code, line: 1 });
    checkClaim('missing-release', block(leak, 'found'));
    assert.throws(() => { checkClaim('missing-release', block(leak, 'silent')); });
    assert.throws(() => { checkClaim('missing-release', block(leak, 'found', 'potential')); });
    assert.throws(() => { checkClaim('missing-release', block(leak, 'suppressed')); });
    assert.throws(() => { checkClaim('missing-release', block('f();\n', 'found')); });
    assert.throws(() => { checkClaim('dropped-resource', block(leak, 'found')); });
    assert.throws(() => { checkClaim('missing-release', block(leak)); });
  });
});
