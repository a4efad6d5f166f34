import NNCLayers
import NNCSyntax

extension Compilation {
  /// The losses that the `loss` statement calls by name, such as `cross_entropy`.
  public var lossNames: Set<String> {
    var result: Set<String> = []
    for statement in tree.statements {
      guard case .loss(let value) = statement.kind else { continue }
      for place in tree[value].first.index...value.index {
        switch tree[ExpressionID(Int(place))].kind {
        case .name(let name): result.insert(name)
        case .call(let call): result.insert(call.function.text)
        default: break
        }
      }
    }
    return result.intersection(losses.map(\.name))
  }
}
