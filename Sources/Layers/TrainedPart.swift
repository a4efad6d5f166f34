/// Which parameters of a network are trained.
public enum TrainedPart: String, Hashable, Sendable, CaseIterable {
  /// Those of the last layer that has any.
  case last
  /// The biases.
  case bias
  /// All of them.
  case all
}

extension Network {
  /// The network with all parameters frozen but those of a part; what the source freezes stays frozen.
  public func training(only part: TrainedPart) -> Network {
    var result = self
    let last = trainedParameters.last.map { Self.layer(of: $0) }
    for (place, parameter) in parameters.enumerated() {
      let isKept =
        switch part {
        case .last: Self.layer(of: parameter) == last
        case .bias: parameter.kind == .bias
        case .all: true
        }
      if !isKept { result.parameters[place].isFrozen = true }
    }
    return result
  }

  /// `linear2` of `linear2.weight`.
  private static func layer(of parameter: Parameter) -> Substring {
    parameter.name[..<(parameter.name.lastIndex(of: ".") ?? parameter.name.endIndex)]
  }
}
