import { relative, sep } from 'node:path';
import ts from 'typescript';
import { isOfLibrary } from './type-schemas.js';

export interface ParameterSource {
  /** Its place among the method's parameters. */
  index: number;
  kind: 'param' | 'query' | 'body' | 'header';
  /** Name within the path, the query string or the headers; none when the whole of it is taken. */
  name?: string;
  type: ts.Type;
  /** Pipes that are named in its decorator. */
  pipes: string;
}

/** What the source of a controller's method says of the operation. */
export interface OperationSource {
  documentation: string;
  /** What the source says of the controller. */
  controllerDocumentation: string;
  returns: ts.Type;
  parameters: ParameterSource[];
  /** Takes an `Idempotency-Key`. */
  idempotent: boolean;
  /** Whether an edit must say which version it is based on. */
  ifMatch: 'required' | 'optional';
  /** Answers with an `ETag`. */
  tagged: boolean;
}

const KINDS: Record<string, ParameterSource['kind']> = {
  Param: 'param',
  Query: 'query',
  Body: 'body',
  Headers: 'header',
};

/** The controllers as TypeScript sees them. */
export class ControllerSources {
  readonly checker: ts.TypeChecker;
  readonly aliases = new Map<ts.Type, ts.Symbol>();
  private readonly program: ts.Program;

  /**
   * @param root folder of tsconfig.json
   * @param files from which the program is read; what they import comes along
   */
  constructor(
    private readonly root: string,
    files = (path: string): boolean => path.endsWith('.controller.ts') && !path.includes('/test/'),
  ) {
    const path = ts.findConfigFile(root, (file) => ts.sys.fileExists(file));
    if (!path) throw new Error(`There is no tsconfig.json in ${root}.`);
    const { options, fileNames } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(path, (file) => ts.sys.readFile(file)).config,
      ts.sys,
      root,
    );
    this.program = ts.createProgram(
      fileNames.filter(files),
      options,
    );
    this.checker = this.program.getTypeChecker();
    this.nameAliases();
  }

  /** @throws Error when the method is not found, or in two controllers of that name */
  operation(service: string, controller: string, method: string): OperationSource {
    const found = this.files(service).flatMap((file) =>
      file.statements.filter(
        (statement): statement is ts.ClassDeclaration =>
          ts.isClassDeclaration(statement) && statement.name?.text === controller,
      ),
    );
    const [declaration] = found;
    if (!declaration || found.length > 1)
      throw new Error(`${service} has ${found.length} controllers ${controller}; one was expected.`);
    const member = declaration.members.find(
      (candidate): candidate is ts.MethodDeclaration =>
        ts.isMethodDeclaration(candidate) && candidate.name.getText() === method,
    );
    const signature = member && this.checker.getSignatureFromDeclaration(member);
    if (!signature) throw new Error(`${controller} has no method ${method}.`);
    const returns = this.checker.getReturnTypeOfSignature(signature);
    const controllerSymbol = declaration.name && this.checker.getSymbolAtLocation(declaration.name);
    return {
      controllerDocumentation: ts.displayPartsToString(
        controllerSymbol?.getDocumentationComment(this.checker),
      ),
      documentation: ts.displayPartsToString(signature.getDocumentationComment(this.checker)),
      returns: this.checker.getAwaitedType(returns) ?? returns,
      parameters: member.parameters.flatMap((parameter, index) => this.parameter(parameter, index)),
      idempotent: member.parameters.some((parameter) => decorators(parameter).has('Idempotent')),
      ifMatch: mustMatch(member) ? 'required' : 'optional',
      tagged: this.tags(member),
    };
  }

  private parameter(parameter: ts.ParameterDeclaration, index: number): ParameterSource[] {
    return [...decorators(parameter)].flatMap(([name, args]) => {
      const kind = KINDS[name];
      if (!kind) return [];
      const [first] = args;
      return [
        {
          index,
          kind,
          name: first && ts.isStringLiteral(first) ? first.text : undefined,
          type: this.checker.getTypeAtLocation(parameter),
          pipes: args.map((arg) => arg.getText()).join(' '),
        },
      ];
    });
  }

  /** Whether the method, or a function that it calls, sets the header. */
  private tags(method: ts.MethodDeclaration): boolean {
    const sets = (node: ts.Node): boolean => /header\(\s*'etag'/i.test(node.getText());
    if (sets(method)) return true;
    let found = false;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) {
        const called = this.checker.getResolvedSignature(node)?.declaration;
        if (called && !called.getSourceFile().isDeclarationFile && sets(called)) found = true;
      }
      ts.forEachChild(node, visit);
    };
    visit(method);
    return found;
  }

  private files(service: string): ts.SourceFile[] {
    return this.program.getSourceFiles().filter((file) => {
      const path = relative(this.root, file.fileName).split(sep).join('/');
      return path.startsWith(`apps/${service}/`) || path.startsWith('libs/');
    });
  }

  /** `type State = z.infer<…>` leaves a type without a name; it is found again by what the alias declares. */
  private nameAliases(): void {
    for (const file of this.program.getSourceFiles()) {
      if (file.isDeclarationFile || file.fileName.includes('/node_modules/')) continue;
      for (const statement of file.statements) {
        if (!ts.isTypeAliasDeclaration(statement) || statement.typeParameters) continue;
        if (!statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
        const type = this.checker.getTypeAtLocation(statement.name);
        const isObject = type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection);
        const isNamed = type.symbol && !type.symbol.name.startsWith('__') && !isOfLibrary(type.symbol);
        const symbol = this.checker.getSymbolAtLocation(statement.name);
        if (symbol && isObject && !isNamed && !this.aliases.has(type)) this.aliases.set(type, symbol);
      }
    }
  }
}

/** The decorators of a parameter with their arguments. */
function decorators(node: ts.ParameterDeclaration): Map<string, readonly ts.Expression[]> {
  return new Map(
    (ts.getDecorators(node) ?? []).flatMap(({ expression }) =>
      ts.isCallExpression(expression) ? [[expression.expression.getText(), expression.arguments] as const] : [],
    ),
  );
}

/** Whether the method reads the version whatever happens: not in one branch of a condition. */
function mustMatch(method: ts.MethodDeclaration): boolean {
  let always = false;
  const visit = (node: ts.Node): void => {
    if (ts.isConditionalExpression(node) || ts.isIfStatement(node)) return;
    if (ts.isCallExpression(node) && node.expression.getText() === 'versionFromIfMatch') always = true;
    ts.forEachChild(node, visit);
  };
  visit(method);
  return always;
}
