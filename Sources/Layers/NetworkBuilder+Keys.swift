import NNCDiagnostics
import NNCGraph

/// What a layer is given without a key, as its row wants it.
struct LayerOperand {
  /// The width of what flows out.
  var width: Int?
  /// An earlier layer's output.
  var other: Flow?
  /// Whether it fits.
  var isSound = true
}

extension NetworkBuilder {
  /// What a layer is given without a key, as its row wants it; nil where it is nothing of the kind, which has been
  /// reported. Numbers go to the settings.
  func operand(
    _ request: LayerRequest, _ x: Flow, _ settings: inout LayerSettings
  ) -> LayerOperand? {
    let kind = request.head.kind
    switch (request.row.operand, request.operand) {
    case (_, .invalid): return nil
    case (.none, .none): return LayerOperand()
    case (.none(let hint), _):
      report(.surplusOperand(kind.value, at: kind.span, hint: hint))
      return nil
    case (.widths, .widths(_, let to)): return LayerOperand(width: to.value)
    case (.widths, _):
      report(.missingWidths(kind.value, at: kind.span))
      return nil
    case (.number(let name, _, _, let domain), .number(let number)):
      if domain.contains(number.value) {
        settings.numbers[name] = number.value
        return LayerOperand()
      }
      report(.badValue(name, of: kind.value, expected: domain.text, at: number.span))
      return nil
    case (.number(_, let meaning, let example, _), _):
      report(.missingNumber(kind.value, meaning, example, at: kind.span))
      return nil
    case (.sizes(let name, _, _, let least), .sizes(let sizes)):
      if !sizes.value.isEmpty, sizes.value.allSatisfy({ $0 >= least && $0 <= maximumCount }) {
        settings.sizes[name] = sizes.value
        return LayerOperand()
      }
      report(.badValue(name, of: kind.value, expected: Self.sizes(least), at: sizes.span))
      return nil
    case (.sizes(_, let meaning, let example, _), _):
      report(.missingSizes(kind.value, meaning, example, at: kind.span))
      return nil
    case (.word(let name, let words), .none):
      settings.words[name] = words[0]
      return LayerOperand()
    case (.word(let name, let words), .word(let word)) where words.contains(word.value):
      settings.words[name] = word.value
      return LayerOperand()
    case (.word(let name, let words), let given):
      var span = kind.span
      if case .word(let word) = given { span = word.span }
      let all = words.map { "`\($0)`" }.joined(separator: " or ")
      report(.badValue(name, of: kind.value, expected: all, at: span))
      return nil
    case (.layer(let agreement), .layer(let other)):
      let (first, second) = (graph.shape(x.plain), graph.shape(other.value.plain))
      if agreement.holds(first, second) { return LayerOperand(other: other.value) }
      if case .known(_, let origin) = state {
        report(
          .joinMismatch(
            kind.value, first, second, agreement, at: other.span ?? request.head.span,
            origin: (origin.text, origin.span)))
      }
      // Where both had to have one shape, the result would have had it too.
      return agreement == .whole ? LayerOperand(isSound: false) : nil
    case (.layer, _):
      report(.expectedLabel(kind.value, at: kind.span))
      return nil
    }
  }

  /// What is expected of whole numbers, in words.
  private static func sizes(_ least: Int, _ words: [String] = []) -> String {
    (["whole numbers from \(least) on, such as `\(least + 1)` or `\(least + 1)x\(least + 2)`"]
      + words.map { "`\($0)`" }).joined(separator: ", or ")
  }

  /// The values of a layer's own keys that are values of the network's; the others go to the settings. What is wrong is
  /// reported; nil where the layer's shape may hang on it.
  func keys(
    _ request: LayerRequest, _ x: Flow, _ settings: inout LayerSettings
  ) -> (values: [String: Flow], areSound: Bool)? {
    var result: [String: Flow] = [:]
    var (isSound, isShaped) = (true, true)
    for key in request.row.ownKeys {
      let standard = key.isRequired ? nil : key.kind.standard.map { Given($0) }
      guard let given = request.keys[key.name] ?? standard else {
        if !key.isRequired { continue }
        report(.missingKey(key.name, of: request.row, at: request.head.kind.span))
        isShaped = false
        continue
      }
      var expected: String?
      switch (key.kind, given.value) {
      case (_, .invalid):
        isSound = false
        isShaped = isShaped && !key.kind.isOfShapes
      case (.number(let domain, _), .number(let number)):
        if !domain.contains(number) { expected = domain.text }
        settings.numbers[key.name] = number
      case (.number, _): expected = "a number"
      case (.value, .number(let number)):
        let node = graph.constant(number)
        result[key.name] = Flow(plain: node, training: node)
      case (.value, .flow(let flow)):
        let (own, shape) = (graph.shape(flow.plain), graph.shape(x.plain))
        if own.broadcast(with: shape) == shape {
          result[key.name] = flow
        } else {
          report(.keyShape(key.name, own, shape, at: given.span))
          isSound = false
        }
      case (.value, _): expected = "a value"
      case (.tensor, .flow(let flow)) where wholeBound(flow.plain) == nil:
        result[key.name] = flow
        settings.shapes[key.name] = graph.shape(flow.plain)
      case (.tensor, _): expected = "the label of an earlier layer, or an expression of numbers"
      case (.word(let words), .word(let word)) where words.contains(word):
        settings.words[key.name] = word
      case (.word(let words), _):
        expected = words.map { "`\($0)`" }.joined(separator: ", ")
      case (.sizes(_, _, let words), .word(let word)) where words.contains(word):
        settings.words[key.name] = word
      case (.sizes(let least, _, let words), let value):
        if let sizes = value.sizes, sizes.allSatisfy({ $0 >= least && $0 <= maximumCount }) {
          settings.sizes[key.name] = sizes
        } else {
          expected = Self.sizes(least, words)
        }
      }
      if let expected {
        report(
          .badValue(key.name, of: request.head.kind.value, expected: expected, at: given.span))
        isSound = false
        isShaped = isShaped && !key.kind.isOfShapes
      }
    }
    return isShaped ? (result, isSound) : nil
  }
}

extension LayerRow.Key.Kind {
  /// What the key is where it is not given; nil where that is nothing.
  fileprivate var standard: LayerRequest.Value? {
    switch self {
    case .number(_, let standard), .value(let standard): .number(standard)
    case .sizes(_, let standard, _): standard.map { .sizes([$0]) }
    case .word(let words): .word(words[0])
    case .tensor: nil
    }
  }

  /// Whether the shape of what flows out may hang on the key.
  fileprivate var isOfShapes: Bool {
    switch self {
    case .number, .value: false
    case .sizes, .word, .tensor: true
    }
  }
}

extension LayerRequest.Value {
  /// The whole numbers that it is, one or several; nil where it is something else.
  fileprivate var sizes: [Int]? {
    switch self {
    case .sizes(let sizes): sizes
    case .number(let number): Int(exactly: number).map { [$0] }
    case .tensor(let numbers, let shape) where shape.count == 1 && !numbers.isEmpty:
      numbers.allSatisfy { Int(exactly: $0) != nil } ? numbers.map { Int($0) } : nil
    default: nil
    }
  }
}
