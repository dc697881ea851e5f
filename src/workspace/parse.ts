import ts from 'typescript';
import { analyze } from '@typescript-eslint/scope-manager';
import { parseAndGenerateServices } from '@typescript-eslint/typescript-estree';
import type { SourceModule } from '../engine/analyse';
import { MENTIONS_TAG } from '../engine/lifecycleTag';
import { isJavaScript, scriptKindOf } from './languages';
import { linkParents } from './parents';
import { blankLostStatements, type LostLines, type ParseError } from './recover';

/** A file, parsed once for both: TypeScript's tree (for a program) and the engine's. */
export interface ParsedFile {
  readonly path: string;
  readonly text: string;
  /** The tree to hand to a program. Its text is the file's, also where the engine's tree had lines blanked. */
  readonly sourceFile: ts.SourceFile;
  readonly errors: readonly ParseError[];
}

/** The engine's view of a parsed file. */
export interface ConvertedFile {
  readonly module: SourceModule;
  /** Lines (from 1) whose syntax errors kept them out of the engine's tree. Empty for nearly every file. */
  readonly lost: readonly LostLines[];
}

/** Comments are collected only where one can mean something: a suppression or a lifecycle tag. */
const TELLING_COMMENT = new RegExp(`managed-scope-|${MENTIONS_TAG}`);

/** Parses a file as TypeScript does. Never throws for what the text says. */
export function parseSource(path: string, text: string): ParsedFile {
  const sourceFile = createTree(path, text);
  return { path, text, sourceFile, errors: takeSyntaxErrors(sourceFile) };
}

/** Makes the engine's tree and scopes of a parsed file; with all its comments where they are asked for. Throws when nothing of the file can be understood. */
export function convertSource(parsed: ParsedFile, { comments = TELLING_COMMENT.test(parsed.text) } = {}): ConvertedFile {
  const { path, text, sourceFile, errors } = parsed;
  try {
    return { module: convertTree(path, text, sourceFile, comments), lost: [] };
  } catch (error) {
    if (errors.length === 0) throw error;
  }
  for (const reach of ['statements', 'rest'] as const) {
    const blanked = blankLostStatements(sourceFile, errors, reach);
    const tree = createTree(path, blanked.text);
    const left = takeSyntaxErrors(tree);
    if (left.length > 0 && reach === 'statements') continue;
    try {
      return { module: convertTree(path, text, tree, comments), lost: blanked.lost };
    } catch {
      // The next reach blanks more.
    }
  }
  throw new Error(`it cannot be parsed (line ${String(errors[0]?.line ?? 1)}: ${errors[0]?.message ?? 'syntax error'})`);
}

function createTree(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(
    path.replaceAll('\\', '/'),
    text,
    {
      languageVersion: ts.ScriptTarget.Latest,
      // JavaScript takes its types from JSDoc; in TypeScript nobody reads it.
      jsDocParsingMode: isJavaScript(path) ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone,
    },
    true,
    scriptKindOf(path),
  );
}

/** What TypeScript keeps on its tree without saying so in its declarations. */
interface WithDiagnostics {
  parseDiagnostics: readonly ts.DiagnosticWithLocation[];
}

function keepsDiagnostics(tree: object): tree is WithDiagnostics {
  return 'parseDiagnostics' in tree && Array.isArray(tree.parseDiagnostics);
}

/**
 * Notes the syntax errors of a tree and takes them off it: typescript-estree refuses a tree that carries any,
 * although TypeScript's error recovery leaves one that can be converted nearly always.
 */
function takeSyntaxErrors(tree: ts.SourceFile): readonly ParseError[] {
  if (!keepsDiagnostics(tree)) return [];
  const errors = tree.parseDiagnostics.map(({ start, length, messageText }) => ({
    start,
    end: start + length,
    line: tree.getLineAndCharacterOfPosition(start).line + 1,
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  }));
  tree.parseDiagnostics = [];
  return errors;
}

function convertTree(path: string, text: string, tree: ts.SourceFile, comments: boolean): SourceModule {
  const { ast } = parseAndGenerateServices(tree, {
    allowInvalidAST: true,
    comment: comments,
    errorOnUnknownASTType: false,
    filePath: path,
    jsDocParsingMode: 'none',
    loc: true,
    loggerFn: false,
    preserveNodeMaps: false,
    // No `project`, not even `false`: with one, typescript-estree takes CI=true for a single run and parses a file that it sees again anew.
    projectService: false,
    range: true,
    suppressDeprecatedPropertyWarnings: true,
    tokens: false,
  });
  linkParents(ast);
  const sourceType = sourceTypeOf(path, tree);
  ast.sourceType = sourceType === 'module' ? 'module' : 'script';
  // Without `lib` a global name is simply unresolved; naming the libraries would declare hundreds of types per file.
  return { path: path.replaceAll('\\', '/'), text, ast, scopes: analyze(ast, { sourceType, globalReturn: sourceType === 'commonjs', lib: [], jsxPragma: null }) };
}

/**
 * `module` where the extension or an import or export says so. All else counts as CommonJS: its top level is a function,
 * which keeps a script's top-level variables resolvable too.
 */
function sourceTypeOf(path: string, tree: ts.SourceFile): 'module' | 'commonjs' {
  if (/\.m[jt]s$/i.test(path)) return 'module';
  if (/\.c[jt]s$/i.test(path)) return 'commonjs';
  return ts.isExternalModule(tree) ? 'module' : 'commonjs';
}
