/** Something that happened while a program ran. */
export interface Happening {
  readonly kind: 'acquire' | 'use' | 'release' | 'say';
  /** What was acquired, used or released; `''` for what belongs to no resource. */
  readonly resource: string;
  readonly what: string;
}

/** What goes wrong in a run: the how-manieth acquire or use throws (from 0); the release of one resource throws. */
export interface Faults {
  readonly at?: number;
  readonly release?: string;
}

/** Records what a program does with resources, and throws where the faults say. */
export class World {
  readonly happenings: Happening[] = [];
  /** How often something could have thrown. */
  fallible = 0;
  private readonly counts = new Map<string, number>();
  private readonly open = new Set<string>();
  /** Uses of what was released before, and second releases. */
  readonly violations: string[] = [];

  constructor(private readonly faults: Faults) {}

  /** Names a new resource, once its acquire has not failed. */
  acquire(kind: string): string {
    this.mayFail(`acquire ${kind}`);
    const number = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, number);
    const resource = `${kind} ${String(number)}`;
    this.open.add(resource);
    this.happenings.push({ kind: 'acquire', resource, what: 'acquire' });
    return resource;
  }

  use(resource: string, what: string): string {
    if (resource !== '' && !this.open.has(resource)) this.violations.push(`${what} on ${resource} after its release`);
    this.happenings.push({ kind: 'use', resource, what });
    this.mayFail(`${what}${resource === '' ? '' : ` of ${resource}`}`);
    return `${what} of ${resource === '' ? 'nothing' : resource}`;
  }

  release(resource: string, what: string): void {
    if (!this.open.delete(resource)) this.violations.push(`${what} on ${resource} a second time`);
    this.happenings.push({ kind: 'release', resource, what });
    if (this.faults.release === resource) throw new Error(`release fault of ${resource}`);
  }

  say(what: string): void {
    this.happenings.push({ kind: 'say', resource: '', what });
  }

  /** What is still open. */
  get leaked(): readonly string[] {
    return [...this.open];
  }

  private mayFail(what: string): void {
    const now = this.fallible;
    this.fallible += 1;
    if (this.faults.at === now) throw new Error(`fault ${String(now)}: ${what}`);
  }
}
