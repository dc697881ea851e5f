import assert from 'node:assert/strict';
import path from 'node:path';
import ts from 'typescript';
import { subscribesByName } from '../../../src/engine/events/subscribing';
import { EDITOR_DISPOSABLES, STANDING_MAKERS } from '../../../src/engine/resources/editorDisposables';

/** The functions and events of VS Code's namespaces that give something with a `dispose`, as `window.createTreeView`. */
function disposablesDeclared(): string[] {
  const file = path.resolve('node_modules/@types/vscode/index.d.ts');
  const program = ts.createProgram([file], { types: [], skipLibCheck: true });
  const checker = program.getTypeChecker();
  const module = checker.getAmbientModules().find(({ name }) => name === '"vscode"');
  assert.ok(module, 'the declarations declare the module');
  const gives = (signature: ts.Signature): boolean => checker.getPropertyOfType(checker.getNonNullableType(signature.getReturnType()), 'dispose') !== undefined;
  return checker.getExportsOfModule(module).flatMap((namespace) => {
    if (!(namespace.flags & ts.SymbolFlags.ValueModule)) return [];
    const members = checker.getExportsOfModule(namespace).filter((member) => checker.getTypeOfSymbol(member).getCallSignatures().some(gives));
    return members.map(({ name }) => `${namespace.name}.${name}`);
  });
}

describe('what VS Code gives to be disposed of', () => {
  let declared: string[] = [];

  before(() => {
    declared = disposablesDeclared();
  });

  it('is known as a registration or an event by its name, or in the table', () => {
    const table = new Set(EDITOR_DISPOSABLES.map(({ call }) => call));
    assert.ok(declared.length > 100, String(declared.length));
    assert.deepEqual(declared.filter((call) => !table.has(call) && !subscribesByName(call.slice(call.indexOf('.') + 1))), []);
  });

  it('is declared, where the table has it', () => {
    assert.deepEqual(EDITOR_DISPOSABLES.filter(({ call }) => !declared.includes(call)), []);
  });

  it('subscribes by name where it stands without anybody who has it', () => {
    assert.deepEqual([...STANDING_MAKERS].filter((name) => !subscribesByName(name)), []);
  });
});
