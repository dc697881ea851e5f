import ts from 'typescript';
import { toCompilerPath, type FileSystem } from '../filesystem';
import { isDeclarationFile } from '../languages';
import { parseSource, type ParsedFile } from '../parse';
import { adoptTree, createProjectHost, parseImported, type DeclarationCache } from '../program';
import type { Project } from '../projects';

/** Open documents' texts by canonical path. */
export type Overlay = ReadonlyMap<string, string>;

/** How many files are read between two looks at the heap. */
const READS_BETWEEN_LOOKS = 16;

/**
 * The program of a project for as long as documents of it are open. Its roots are the documents that were parsed here and the ambient
 * declarations. An edit replaces one tree, and the next program takes all else over from the last: what it has read, resolved
 * and bound. Programs follow each other this way rather than through TypeScript's LanguageService, since the engine's tree is made from the
 * very tree that the program uses: a document is parsed once for both.
 */
export class LiveProgram {
  readonly #project: Project;
  readonly #disk: FileSystem;
  readonly #declarations: DeclarationCache;
  readonly #overlay: Overlay;
  readonly #documents = new Map<string, ParsedFile>();
  readonly #imported = new Map<string, ts.SourceFile>();
  readonly #host: ts.CompilerHost;
  readonly #mayGrow: () => boolean;
  #last: ts.Program | undefined;
  #read = 0;
  #imagined: { readonly key: string; readonly parsed: ParsedFile } | undefined;
  #stale = true;
  #epoch = 0;

  /** `mayGrow`: asked now and then while files are read; when it says no, the program is not made. */
  constructor(project: Project, disk: FileSystem, declarations: DeclarationCache, overlay: Overlay, mayGrow: () => boolean) {
    this.#mayGrow = mayGrow;
    this.#project = project;
    this.#disk = disk;
    this.#declarations = declarations;
    this.#overlay = overlay;
    this.#host = createProjectHost(project, disk, {
      has: (file) => this.#overlay.has(disk.canonical(file)),
      get: (file, options) => this.#getTree(file, options),
    });
  }

  /** Counts the changes that could change an answer: what was answered in the same epoch still holds. */
  get epoch(): number {
    return this.#epoch;
  }

  get project(): Project {
    return this.#project;
  }

  get isIdle(): boolean {
    return this.#documents.size === 0;
  }

  /** The parsed document, from now on a root of the program. */
  parse(path: string, text: string): ParsedFile {
    const key = this.#disk.canonical(toCompilerPath(path));
    const before = this.#documents.get(key);
    if (before?.text === text) return before;
    const parsed = parseSource(path, text);
    this.#documents.set(key, parsed);
    this.#imported.delete(key);
    // That its text is new was said by `changed`; here only its tree is.
    this.#stale = true;
    return parsed;
  }

  /** The document was closed, or left the project. Its tree goes with the next program. */
  drop(path: string): void {
    const key = this.#disk.canonical(toCompilerPath(path));
    if (this.#documents.delete(key)) this.#stale = true;
  }

  /** A text changed, in the editor or on the disk. */
  changed(path: string): void {
    const file = toCompilerPath(path);
    const key = this.#disk.canonical(file);
    const known = (this.#documents.get(key) ?? this.#imported.get(key))?.text;
    if (known === undefined || known === this.#disk.readFile(file)) return;
    this.#imported.delete(key);
    this.#touch();
  }

  /** Files came or went: every import is looked up anew. Trees stay. */
  restart(): void {
    this.#last = undefined;
    this.#touch();
  }

  /** A program in which `parsed` and every other open document is as it is now. May throw what TypeScript throws. */
  current(parsed: ParsedFile): ts.Program {
    const known = this.#last?.getSourceFile(parsed.sourceFile.fileName) === parsed.sourceFile;
    if (this.#last && known && !this.#stale) return this.#last;
    const program = ts.createProgram({ rootNames: this.#rootNames(), options: this.#project.options, host: this.#host, ...(this.#last && { oldProgram: this.#last }) });
    this.#last = program;
    this.#stale = false;
    this.#forgetUnused(program);
    return program;
  }

  /** A program in which the document has this text, whatever it has in the editor: what would be found after an edit. Not kept. */
  imagine(path: string, text: string): { readonly program: ts.Program; readonly parsed: ParsedFile } {
    const key = this.#disk.canonical(toCompilerPath(path));
    const known = this.#documents.get(key);
    if (known?.text === text) return { program: this.current(known), parsed: known };
    const parsed = parseSource(path, text);
    const kept = this.#last;
    this.#imagined = { key, parsed };
    try {
      const rootNames = [...new Set([...this.#rootNames(), parsed.sourceFile.fileName])];
      return { program: ts.createProgram({ rootNames, options: this.#project.options, host: this.#host, ...(kept && { oldProgram: kept }) }), parsed };
    } finally {
      this.#imagined = undefined;
    }
  }

  #rootNames(): readonly string[] {
    return [...[...this.#documents.values()].map(({ sourceFile }) => sourceFile.fileName), ...this.#project.ambient];
  }

  #touch(): void {
    this.#stale = true;
    this.#epoch += 1;
  }

  #getTree(file: string, options: ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    const key = this.#disk.canonical(file);
    if (this.#imagined?.key === key) return adoptTree(this.#imagined.parsed.sourceFile, options);
    const open = this.#overlay.get(key);
    const document = this.#documents.get(key);
    if (document && (open === undefined || document.text === open)) return adoptTree(document.sourceFile, options);
    if (document && open !== undefined) {
      // Edited, and not yet looked at itself: its tree will serve for that too.
      const parsed = parseSource(document.path, open);
      this.#documents.set(key, parsed);
      return adoptTree(parsed.sourceFile, options);
    }
    if (isDeclarationFile(file)) {
      const known = this.#last?.getSourceFile(file);
      if (known) return known;
      this.#look();
      return this.#declarations.get(file, options);
    }
    const before = this.#imported.get(key);
    if (before && (open === undefined || before.text === open)) return adoptTree(before, options);
    this.#look();
    const imported = parseImported(file, options, this.#disk);
    if (imported) this.#imported.set(key, imported);
    return imported;
  }

  /** Ends the making of a program that would not fit. */
  #look(): void {
    this.#read += 1;
    if (this.#read % READS_BETWEEN_LOOKS === 0 && !this.#mayGrow()) throw new Error('memory ran short');
  }

  #forgetUnused(program: ts.Program): void {
    for (const [key, tree] of this.#imported) if (program.getSourceFile(tree.fileName) !== tree) this.#imported.delete(key);
  }
}
