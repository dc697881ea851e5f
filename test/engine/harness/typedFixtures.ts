import { fixtureNames, FIXTURES, loadFixture, type Fixture } from './load';
import { typeTexts, type TypedModule } from './types';

export interface TypedFixture extends TypedModule {
  readonly fixture: Fixture;
}

let known: readonly TypedFixture[] | undefined;

/** The fixtures that hold with TypeScript answering, all in one program. Made once, since it takes seconds; whoever needs it last forgets it. */
export function typedFixtures(): readonly TypedFixture[] {
  if (known === undefined) {
    const fixtures = fixtureNames().map((name) => loadFixture(name)).filter(({ facts }) => facts !== 'no-types');
    const modules = typeTexts(fixtures.map(({ name, pretendPath, text }) => ({ file: `${FIXTURES}/${name}`, pretendPath, text })));
    known = modules.flatMap((typed, index) => {
      const fixture = fixtures[index];
      return fixture ? [{ fixture, ...typed }] : [];
    });
  }
  return known;
}

/** Lets the program go: it holds the declarations of every library that is known. */
export function forgetTypedFixtures(): void {
  known = undefined;
}
