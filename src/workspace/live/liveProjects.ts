import { FileSystem, isNetworkPath } from '../filesystem';
import { isDeclarationFile } from '../languages';
import { DeclarationCache } from '../program';
import { ProjectFinder } from '../projects';
import { toCompilerPath } from '../filesystem';
import { LiveProgram, type Overlay } from './liveProgram';

/** The projects of open documents, and their programs. */
export class LiveProjects {
  readonly #overlay: Overlay;
  readonly #disk: FileSystem;
  readonly #declarations: DeclarationCache;
  readonly #programs = new Map<string, LiveProgram>();
  readonly #byDocument = new Map<string, LiveProgram>();
  readonly #mayGrow: () => boolean;
  #finder: ProjectFinder;

  constructor(overlay: Overlay, mayGrow: () => boolean) {
    this.#mayGrow = mayGrow;
    this.#overlay = overlay;
    this.#disk = new FileSystem(overlay);
    this.#declarations = new DeclarationCache(this.#disk);
    this.#finder = new ProjectFinder(this.#disk);
  }

  get disk(): FileSystem {
    return this.#disk;
  }

  /** The program that a document belongs to. Looked up again after `restart`. */
  programOf(path: string): LiveProgram {
    const known = this.#byDocument.get(path);
    if (known) return known;
    const project = this.#finder.projectOf(path);
    let program = this.#programs.get(project.key);
    if (!program) this.#programs.set(project.key, (program = new LiveProgram(project, this.#disk, this.#declarations, this.#overlay, this.#mayGrow)));
    for (const other of this.#programs.values()) if (other !== program) other.drop(path);
    this.#byDocument.set(path, program);
    return program;
  }

  /** A document or a file has another text than before. */
  changed(path: string): void {
    if (isDeclarationFile(path)) this.#forgetDeclaration(path);
    for (const program of this.#programs.values()) program.changed(path);
  }

  closed(path: string): void {
    // After `restart` nobody may have looked up again which program had it.
    for (const program of this.#programs.values()) program.drop(path);
    this.#byDocument.delete(path);
    for (const [key, program] of this.#programs) if (program.isIdle) this.#programs.delete(key);
    if (this.#programs.size === 0) this.#declarations.clear();
  }

  /** Files came or went, or a tsconfig or package.json changed. `installed`: packages too, whose declarations may be others now. */
  restart(installed: 'packages' | 'sources'): void {
    this.#disk.forget();
    this.#finder = new ProjectFinder(this.#disk);
    this.#byDocument.clear();
    if (installed === 'packages') this.releaseAll();
    for (const program of this.#programs.values()) program.restart();
  }

  /** Lets everything go that can be made again. */
  releaseAll(): void {
    this.#programs.clear();
    this.#byDocument.clear();
    this.#declarations.clear();
  }

  #forgetDeclaration(path: string): void {
    if (isNetworkPath(path)) return;
    this.#declarations.forget(toCompilerPath(path));
    // A program keeps the declarations that it has; one that changed is rare enough to begin again.
    for (const program of this.#programs.values()) program.restart();
  }
}
