// Writes the notices of what esbuild has bundled: name, version and licence of each package, with the texts that it asks to pass on.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const LICENCE = /^(?:licen[sc]e|copying)(?:[-.].*)?$/i;
/** Texts that come with a licence: of Apache 2.0, and of packages that bundle others themselves. */
const NOTICE = /^(?:notices?|thirdpartynotice\w*|third[-_]party[-_]\w*)(?:\..*)?$/i;

/** The folder of the package that a bundled file belongs to; undefined for files of the project. */
function packageFolder(file) {
  const parts = file.split('/');
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return undefined;
  return parts.slice(0, at + (parts[at + 1].startsWith('@') ? 3 : 2)).join('/');
}

/** What a package says of itself. @throws when it names no licence or brings no text of it. */
function describePackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).sort();
  const texts = [...files.filter((file) => LICENCE.test(file)), ...files.filter((file) => NOTICE.test(file))];
  if (!license || !files.some((file) => LICENCE.test(file))) throw new Error(`${name} ${version} is bundled and brings no licence text`);
  return { name, version, license, text: texts.map((file) => readFileSync(path.join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim()).join('\n\n') };
}

/** The notices as one text. `metafiles`: what esbuild said of each build. */
function notices(metafiles) {
  const folders = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs).map(packageFolder)).filter((folder) => folder !== undefined && existsSync(folder)));
  const seen = new Map();
  for (const folder of folders) {
    const found = describePackage(folder);
    seen.set(`${found.name} ${found.version}`, found);
  }
  const packages = [...seen.values()].sort((one, other) => one.name.localeCompare(other.name, 'en') || one.version.localeCompare(other.version, 'en'));
  const line = '='.repeat(80);
  return [
    'Managed Scope includes the following packages, each under its own licence.\n',
    ...packages.map(({ name, version, license, text }) => `${line}\n${name} ${version} (${license})\n${line}\n\n${text}\n`),
  ].join('\n');
}

module.exports = { notices };
