import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkReader {
  /// Begins a block that is done for each step of a sequence; gives the index to go on with.
  func open(_ carried: [Argument], _ body: Range<Int>, _ statement: Statement) -> Int {
    var shapes: [(name: Given<String>, shape: Shape)] = []
    var isSound = true
    for argument in carried {
      if elaborator.isFaulty(argument.key.text) || Elaborator.reserved.contains(argument.key.text) {
        report(.reservedName(argument.key))
        isSound = false
      } else if let shape = self.shape(argument.value, .carried) {
        shapes.append((Given(argument.key.text, argument.key.span), shape))
      } else {
        isSound = false
      }
    }
    let head = tree.source.extent(ofLine: tree.source.line(of: Int(statement.span.start)))
    let end = Swift.min(Int(statement.span.end), head.upperBound)
    let span = SourceSpan(Int(statement.span.start), end)
    guard isSound, let scan = builder.openScan(shapes, span: span) else {
      builder.state = .unknown
      return body.upperBound
    }
    open(.scan(scan), body, statement)
    return body.lowerBound
  }
}
