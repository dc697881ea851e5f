import type { Colors } from 'picocolors/types';
import type { ResourceDescription } from '../../engine/resources/describe';
import { cleanLine } from './clean';

/** The models as people read them: library by library, a paragraph for each resource. */
export function printModels(resources: readonly ResourceDescription[], colors: Colors): string {
  const libraries = new Map<string, ResourceDescription[]>();
  for (const resource of resources) libraries.set(resource.library, [...(libraries.get(resource.library) ?? []), resource]);
  const blocks = [...libraries].map(([library, own]) => {
    const modules = own[0]?.modules ?? [];
    const from = modules.length === 1 && modules[0] === library ? '' : ` ${colors.dim(`(${modules.map(cleanLine).join(', ')})`)}`;
    return [`${colors.bold(cleanLine(library))}${from}`, ...own.flatMap((resource) => printResource(resource, colors))].join('\n');
  });
  return `${blocks.join('\n\n')}\n\n${count(resources.length, 'resource')} of ${count(libraries.size, 'library', 'libraries')}.\n`;
}

function printResource({ noun, id, family, lifetime, acquires, releases, outcomes, disposable, prefer }: ResourceDescription, colors: Colors): string[] {
  const rows: [string, readonly string[]][] = [
    ['acquire', acquires],
    ['release', releases],
    ['outcomes', outcomes],
    ['disposable', disposable === undefined ? [] : [`${disposable.symbol} since ${disposable.since}`]],
    ['better', prefer === undefined ? [] : [prefer]],
  ];
  return [
    `  ${colors.cyan(cleanLine(noun))} ${colors.dim(`${cleanLine(id)}, ${family}, ${lifetime}`)}`,
    ...rows.flatMap(([title, texts]) => texts.map((text, index) => `    ${(index === 0 ? title : '').padEnd(11)}${cleanLine(text)}`)),
  ];
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}
