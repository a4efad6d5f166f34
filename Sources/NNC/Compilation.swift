import NNCDiagnostics
import NNCLayers
import NNCSyntax

/// A network's source, parsed and understood, or the messages that say why not.
public struct Compilation: Sendable {
  /// The text.
  public let source: SourceFile
  /// Every independent error, and warnings, in the order of their places.
  public let diagnostics: [Diagnostic]
  /// The network as mathematics; nil where there are errors.
  public let network: Network?
  /// The text's syntax.
  let tree: SyntaxTree

  /// Reads a network.
  ///
  /// What the source does not call the network is named after the file.
  public init(_ source: SourceFile) {
    self.source = source
    let (tree, found) = parse(source)
    self.tree = tree
    let (network, further) = elaborate(tree, name: source.stem)
    var diagnostics = found + further
    var sound = diagnostics.contains { $0.severity == .error } ? nil : network
    switch sound?.withStatedWeights(besides: source.name) {
    case nil: break
    case .success(let network): sound = network
    case .failure(let problem):
      diagnostics.append(problem.diagnostic)
      sound = nil
    }
    self.diagnostics = diagnostics
    self.network = sound
  }

  /// The same source with another network.
  init(_ other: Compilation, network: Network?) {
    source = other.source
    tree = other.tree
    diagnostics = other.diagnostics
    self.network = network
  }

  /// The network, or the messages as an error.
  public func checkedNetwork() throws(CompilationError) -> Network {
    guard let network else { throw CompilationError(source: source, diagnostics: diagnostics) }
    return network
  }

  /// The network compiled.
  public func build(_ options: CompilerOptions = CompilerOptions()) throws(CompilationError)
    -> Build
  {
    Build(try checkedNetwork(), options, remarks: remarks)
  }

  /// The source's lines, for the head of emitted code; none of a long source.
  var remarks: [String] {
    let lines = source.lineStarts.indices.map { line -> String in
      let extent = source.extent(ofLine: line)
      return source.text(of: SourceSpan(extent.lowerBound, extent.upperBound))
    }
    let isShort = lines.count <= 40 && lines.allSatisfy { $0.count <= 120 }
    let body = lines.last == "" ? lines.dropLast() : lines[...]
    return isShort ? Array(body) : []
  }

  /// The network compiled and ready to run, with its initial parameters.
  public func model(_ options: CompilerOptions = CompilerOptions()) throws -> Model {
    try Model(try build(options))
  }
}

/// The messages that keep a network from being compiled.
public struct CompilationError: Error, CustomStringConvertible {
  /// The text.
  public let source: SourceFile
  /// The messages.
  public let diagnostics: [Diagnostic]

  /// The messages, each with its place in the source.
  public var description: String {
    render(diagnostics, in: source, as: .human(colour: false))
  }
}
