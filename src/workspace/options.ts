import ts from 'typescript';

/** What concerns output, checks of style or build bookkeeping: it changes no type, and some of it makes TypeScript 6 refuse. */
const IRRELEVANT: readonly (keyof ts.CompilerOptions)[] = [
  'out', 'outFile', 'outDir', 'rootDir', 'declaration', 'declarationDir', 'declarationMap', 'emitDeclarationOnly', 'sourceMap', 'inlineSourceMap', 'inlineSources', 'mapRoot', 'sourceRoot',
  'composite', 'incremental', 'tsBuildInfoFile', 'plugins', 'isolatedDeclarations', 'noEmitOnError', 'noEmit', 'removeComments', 'newLine', 'stripInternal', 'importHelpers', 'downlevelIteration',
  'noUnusedLocals', 'noUnusedParameters', 'noImplicitReturns', 'noImplicitOverride', 'noFallthroughCasesInSwitch', 'noPropertyAccessFromIndexSignature', 'allowUnreachableCode', 'allowUnusedLabels',
  'forceConsistentCasingInFileNames', 'isolatedModules', 'verbatimModuleSyntax', 'erasableSyntaxOnly', 'importsNotUsedAsValues', 'preserveValueImports', 'preserveConstEnums', 'checkJs', 'noErrorTruncation',
  'diagnostics', 'extendedDiagnostics', 'generateCpuProfile', 'generateTrace', 'traceResolution', 'explainFiles', 'listFiles', 'listEmittedFiles', 'noUncheckedSideEffectImports', 'ignoreDeprecations',
  'suppressImplicitAnyIndexErrors', 'suppressExcessPropertyErrors', 'noStrictGenericChecks', 'keyofStringsOnly', 'charset', 'noImplicitUseStrict', 'pretty', 'assumeChangesOnlyAffectDirectDependencies',
];

/**
 * A project's options as they are used for asking types: what the project means, in words that TypeScript 6 takes.
 * No option makes a project fail: deprecated ones keep working, removed ones are translated.
 */
export function normaliseOptions(options: ts.CompilerOptions, allowJs: boolean): ts.CompilerOptions {
  const kept: ts.CompilerOptions = Object.fromEntries(Object.entries(options).filter(([name]) => !IRRELEVANT.includes(name)));
  // AMD, UMD, System and None are gone, and with them `classic` resolution, which only they had by default.
  if (kept.module !== undefined && kept.module !== ts.ModuleKind.CommonJS && kept.module < ts.ModuleKind.ES2015) kept.module = ts.ModuleKind.Preserve;
  if (kept.moduleResolution === ts.ModuleResolutionKind.Classic) kept.moduleResolution = ts.ModuleResolutionKind.Bundler;
  // What is compiled down to ES5 still uses promises: its library is that of later versions.
  if (kept.target !== undefined && kept.target < ts.ScriptTarget.ES2015) kept.target = ts.ScriptTarget.ES2015;
  return {
    ...kept,
    ignoreDeprecations: '6.0',
    noEmit: true,
    skipLibCheck: true,
    noResolve: false,
    libReplacement: false,
    // Before TypeScript 6 every installed `@types` package was included when none were named, and most projects count on it.
    types: kept.types ?? ['*'],
    // More is understood when a default import may come from CommonJS, and a component be imported without the JSX option.
    esModuleInterop: true,
    allowSyntheticDefaultImports: true,
    jsx: kept.jsx ?? ts.JsxEmit.Preserve,
    allowJs,
    maxNodeModuleJsDepth: 0,
  };
}

/** The options for files that no tsconfig claims and none is near. */
export const DEFAULT_OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
};
