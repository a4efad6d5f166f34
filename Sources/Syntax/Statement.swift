import NNCDiagnostics

/// One statement of a `.nn` file.
///
/// `SyntaxTree.statements` holds all of a file's statements in the order of their first
/// characters, those inside blocks included: a block is followed by its body, whose indices the
/// block states (`statements[body]`, nested bodies included, directly after the block). So one loop
/// with a stack of open blocks visits everything: at index `i`, close the blocks whose
/// `body.upperBound` is `i`, going back to `body.lowerBound` where a `repeat` has rounds left.
public struct Statement: Sendable {
  /// What the statement is.
  public var kind: Kind
  /// Where it stands; a block's goes to its `}`.
  public var span: SourceSpan

  /// What a statement is.
  public enum Kind: Hashable, Sendable {
    /// What could not be read; it has been reported. It may have been a layer, so what flows on
    /// from here is not known and should not be reported on.
    case invalid
    /// `network NAME`
    case network(Identifier)
    /// `input SHAPE` or `input NAME SHAPE`, with `of N` where it is whole numbers below N; the shape and N are each a
    /// `.number`, `.shape` or `.name`.
    case input(name: Identifier?, shape: ExpressionID, below: ExpressionID?)
    /// `from NAME`: what follows takes that input, or the output of the layer that is labelled so.
    case from(Identifier)
    /// `output NAME …`: one or more labels of layers, whose outputs are the network's.
    case output([Identifier])
    /// `[LABEL:] KIND operands… key=value…`, of whatever kind: the parser knows no layers. Of a block that was defined
    /// before, `[LABEL:] NAME(32, 2)`, the only operand is the call.
    indirect case layer(Layer)
    /// `[LABEL:] = EXPR`: a layer that gives an expression, in which `x` is what flows in.
    case value(label: Identifier?, value: ExpressionID)
    /// `param NAME SHAPE key=value…`: a parameter of the network's own; the shape is as in `input`.
    indirect case parameter(name: Identifier, shape: ExpressionID, arguments: [Argument])
    /// `let f(a, …) = EXPR`; the parameters differ from each other.
    indirect case function(Function)
    /// `define NAME(a, …) { … }`: a block of layers with sizes as parameters, which differ; the body's indices in
    /// `statements`.
    case define(name: Identifier, parameters: [Identifier], body: Range<Int>)
    /// `rule NAME(key=value, …) { … }`: an update rule of the user's own; its body are `.assignment`s, whose indices in
    /// `statements` it states.
    case rule(name: Identifier, keys: [Argument], body: Range<Int>)
    /// `NAME = EXPR`, in the body of a `rule`.
    case assignment(name: Identifier, value: ExpressionID)
    /// `let c = EXPR`
    indirect case constant(name: Identifier, value: ExpressionID)
    /// `loss EXPR`
    case loss(ExpressionID)
    /// `train RULE key=value…`
    indirect case train(rule: Identifier, arguments: [Argument])
    /// `weights "FILE"`: a `.string`.
    case weights(ExpressionID)
    /// `seed N`: a `.number`, a `.name`, or the `.unary` minus of one.
    case seed(ExpressionID)
    /// `repeat N { … }`: the count as in `seed`, and the body's indices in `statements`.
    case `repeat`(count: ExpressionID, body: Range<Int>)
    /// `residual { … }`, or `residual via LAYER { … }` with a layer that what flows in takes to be added: the body's
    /// indices in `statements`.
    indirect case residual(via: Layer?, body: Range<Int>)
    /// `scan NAME=SHAPE … { … }`: a block for each step of a sequence, with the names of what it carries from step to step
    /// and their shapes, each as in `input`; the body's indices in `statements`.
    indirect case scan(carried: [Argument], body: Range<Int>)
  }

  /// `[LABEL:] KIND operands… key=value…`.
  public struct Layer: Hashable, Sendable {
    /// The label, if there is one.
    public var label: Identifier?
    /// The layer's kind, such as `linear`, or the name of a function.
    public var kind: Identifier
    /// What stands without a key, in order.
    public var operands: [Operand]
    /// What stands with a key, in order; no key stands twice.
    public var arguments: [Argument]
  }

  /// What stands after a layer's kind without a key.
  public enum Operand: Hashable, Sendable {
    /// `0.2`, `28`, `3x3`, `skip`, `"file"`, each perhaps after a minus.
    case value(ExpressionID)
    /// `2->3`, or `->3` without the first; only as the first operand. Each side is a number or a
    /// name without dots, perhaps after a minus.
    case arrow(from: ExpressionID?, to: ExpressionID)
  }

  /// `let name(parameters…) = body`.
  public struct Function: Hashable, Sendable {
    /// The function's name.
    public var name: Identifier
    /// Its parameters, one or more, all different.
    public var parameters: [Identifier]
    /// What it is equal to.
    public var body: ExpressionID
  }
}

extension Statement.Kind {
  /// The label of a layer.
  public var label: Identifier? {
    switch self {
    case .layer(let layer): layer.label
    case .value(let label, _): label
    default: nil
    }
  }

  /// The body of a statement that the network's layers do not go through where it stands.
  public var setApart: Range<Int>? {
    switch self {
    case .define(_, _, let body), .rule(_, _, let body): body
    default: nil
    }
  }

  /// The name of a `param` statement.
  public var parameter: Identifier? {
    if case .parameter(let name, _, _) = self { name } else { nil }
  }
}
