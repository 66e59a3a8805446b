/**
 * Counters in TypeScript sources: one for each function, branch, loop body and right-hand side of a logical operator, inserted as text, so that lines
 * stay what they are. `new Uint8Array(n)` and `new ArrayBuffer(n)` go through a guard that knows the bound on memory. Not a coverage report.
 */
import ts from 'typescript';

/** What an instrumented module finds on `globalThis`. */
export const globals = { counters: '$fuzzCounters', octets: '$fuzzOctets', buffer: '$fuzzBuffer' } as const;

/** A source with counters, and the literals in it, which are words of the formats. */
export interface Instrumented {
  code: string;
  /** The next number of a counter that is free. */
  next: number;
  words: string[];
}

/** Counts upwards from `first`. */
export function instrument(name: string, source: string, first: number): Instrumented {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.ES2022, true);
  const edits: { at: number; order: number; text: string; until: number }[] = [];
  const words: string[] = [];
  let next = first;

  const count = () => `$c[${next++}]++`;
  /** What is inserted first at a place stays outermost on the left, and comes last on the right. */
  const insert = (at: number, text: string, order = edits.length, until = at) => edits.push({ at, order, text, until });
  const around = (node: ts.Node, before: string, after: string) => {
    const order = edits.length;
    insert(node.getStart(file), before, order);
    insert(node.getEnd(), after, -order);
  };
  const expression = (node: ts.Expression) => around(node, `(${count()}, `, ')');
  const statement = (node: ts.Statement) => {
    if (ts.isBlock(node)) insert(node.getStart(file) + 1, ` ${count()};`);
    else around(node, `{ ${count()}; `, ' }');
  };

  const logical: ReadonlySet<ts.SyntaxKind> = new Set([
    ts.SyntaxKind.AmpersandAmpersandToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.QuestionQuestionToken,
    ts.SyntaxKind.BarBarEqualsToken,
    ts.SyntaxKind.AmpersandAmpersandEqualsToken,
    ts.SyntaxKind.QuestionQuestionEqualsToken,
  ]);

  function visit(node: ts.Node): void {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node)) words.push(node.text);
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const body = node.body as ts.Block | ts.Expression;
      if (ts.isBlock(body)) insert(body.getStart(file) + 1, ` ${count()};`);
      else expression(body);
    } else if (ts.isIfStatement(node)) {
      // Right behind what closes the statement, and before what closes those around it.
      const order = 0.5 - edits.length;
      statement(node.thenStatement);
      if (node.elseStatement === undefined) insert(node.getEnd(), ` else ${count()};`, order);
      else if (!ts.isIfStatement(node.elseStatement)) statement(node.elseStatement);
    } else if (ts.isIterationStatement(node, false)) {
      statement(node.statement);
    } else if (ts.isCaseOrDefaultClause(node)) {
      const colon = node.getChildren(file).find((child) => child.kind === ts.SyntaxKind.ColonToken);
      if (colon !== undefined) insert(colon.getEnd(), ` ${count()};`);
    } else if (ts.isCatchClause(node)) {
      insert(node.block.getStart(file) + 1, ` ${count()};`);
    } else if (ts.isConditionalExpression(node)) {
      expression(node.whenTrue);
      expression(node.whenFalse);
    } else if (ts.isBinaryExpression(node) && logical.has(node.operatorToken.kind)) {
      expression(node.right);
    } else if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
      const guard = { Uint8Array: globals.octets, ArrayBuffer: globals.buffer }[node.expression.text];
      if (guard !== undefined) insert(node.expression.getStart(file), guard, edits.length, node.expression.getEnd());
    }
    ts.forEachChild(node, visit);
  }
  visit(file);

  edits.sort((a, b) => a.at - b.at || a.order - b.order);
  let code = `const $c = globalThis.${globals.counters};`;
  let at = 0;
  for (const edit of edits) {
    code += source.slice(at, edit.at) + edit.text;
    at = edit.until;
  }
  return { code: code + source.slice(at), next, words };
}
