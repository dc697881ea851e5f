import path from 'node:path';
import ts from 'typescript';
import { createAnswerer } from '../../../src/types/answer';
import { NOBODY, type Answerer } from '../../../src/workspace/drive';
import { canonicalPath, FileSystem, toCompilerPath } from '../../../src/workspace/filesystem';
import { parseSource, type ParsedFile } from '../../../src/workspace/parse';
import { DeclarationCache, ProjectPrograms } from '../../../src/workspace/program';
import { ProjectFinder, type Project } from '../../../src/workspace/projects';
import { readProjectConfig } from '../../../src/workspace/tsconfig';

/** What a text's compiler says and knows. */
export interface Checked {
  readonly parsed: ParsedFile;
  readonly answer: Answerer;
  /** `2322: Type 'x' is ...` of the file and of those that import it; empty without types. */
  readonly diagnostics: readonly string[];
}

/** Checks of style that analysis leaves out, and that a fix must not fail all the same. */
const STRICTER = ['noUnusedLocals', 'noUnusedParameters', 'noImplicitReturns', 'noPropertyAccessFromIndexSignature', 'noFallthroughCasesInSwitch', 'verbatimModuleSyntax', 'isolatedModules', 'checkJs', 'allowUnreachableCode'] as const;
/** How many of the files that import one are looked at. */
const MOST_DEPENDANTS = 10;

/** The compiler over trees on the disk of which single texts are replaced in memory. One project at a time is kept warm. */
export class Checker {
  readonly #overlay = new Map<string, string>();
  readonly disk = new FileSystem(this.#overlay);
  readonly projects = new ProjectFinder(this.disk);
  readonly declarations = new DeclarationCache(this.disk);
  readonly #typed: boolean;
  #warm: { readonly key: string; readonly programs: ProjectPrograms; readonly texts: ReadonlyMap<string, string> } | undefined;

  constructor(typed: boolean) {
    this.#typed = typed;
  }

  /** The text as if it lay at the path. `beside`: files that are there too. */
  check(file: string, text: string, beside: ReadonlyMap<string, string> = new Map()): Checked {
    const parsed = parseSource(file, text);
    if (!this.#typed) return { parsed, answer: NOBODY, diagnostics: [] };
    for (const [at, content] of beside) this.#overlay.set(canonicalPath(at), content);
    try {
      const { programs, texts } = this.#programsOf(file);
      const dependants = dependantsOf(file, texts).map((at) => parseSource(at, texts.get(at) ?? ''));
      const others = [...beside].map(([at, content]) => parseSource(at, content));
      const roots = [parsed, ...dependants, ...others];
      const program = programs.create(roots);
      const diagnostics = roots.flatMap(({ sourceFile }) => program.getSemanticDiagnostics(program.getSourceFile(sourceFile.fileName) ?? sourceFile).map(tell));
      return { parsed, answer: createAnswerer(ts, program, parsed.sourceFile), diagnostics };
    } finally {
      for (const at of beside.keys()) this.#overlay.delete(canonicalPath(at));
    }
  }

  #programsOf(file: string): { readonly programs: ProjectPrograms; readonly texts: ReadonlyMap<string, string> } {
    const project = this.projects.projectOf(file);
    const key = `${project.configPath ?? path.dirname(file)} ${project.key}`;
    if (this.#warm?.key === key) return this.#warm;
    this.#warm = { key, programs: new ProjectPrograms(this.#asItsAuthorsCheck(project), this.disk, this.declarations), texts: this.#textsOf(project) };
    return this.#warm;
  }

  #asItsAuthorsCheck(project: Project): Project {
    if (project.configPath === undefined) return project;
    const { options } = readProjectConfig(project.configPath, this.disk);
    const stricter = Object.fromEntries(STRICTER.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));
    return { ...project, options: { ...project.options, ...stricter } };
  }

  #textsOf({ configPath }: Project): ReadonlyMap<string, string> {
    if (configPath === undefined) return new Map();
    return new Map([...readProjectConfig(configPath, this.disk).files].flatMap((file) => {
      const text = this.disk.readFile(file);
      return text === undefined ? [] : [[file, text]];
    }));
  }
}

function tell({ code, messageText }: ts.Diagnostic): string {
  return `${String(code)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}

/** The first files of the project that import something of this one's name: more than really do, never fewer. */
function dependantsOf(file: string, texts: ReadonlyMap<string, string>): string[] {
  const at = toCompilerPath(file);
  const base = path.posix.basename(at).replace(/\.[cm]?[jt]sx?$/, '');
  const name = base === 'index' ? path.posix.basename(path.posix.dirname(at)) : base;
  const mention = new RegExp(`['"\`][^'"\`\\n]*\\b${name.replace(/[^\w-]/g, '\\$&')}(?:/index)?(?:\\.[cm]?[jt]sx?)?['"\`]`);
  return [...texts].filter(([other, text]) => other !== at && mention.test(text)).slice(0, MOST_DEPENDANTS).map(([other]) => other);
}
