import NNCDiagnostics
import NNCFormats

/// A description as texts beside weights: each a list in JSON under a name of its own. Where all numbers of a list are
/// equal it may be that number alone.
extension DataDescription {
  private static let prefix = "nnc."

  /// The texts that say it; none where nothing is known.
  public var metadata: [String: String] {
    var result: [String: String] = [:]
    for (key, names) in [("inputs", inputs), ("targets", targets), ("classes", classes)]
    where !names.isEmpty {
      result[Self.prefix + key] = "[\(names.map(jsonString).joined(separator: ","))]"
    }
    if !columns.isEmpty {
      result[Self.prefix + "columns"] = "[\(columns.map(\.json).joined(separator: ","))]"
    }
    if !style.isPlain || dateOrder != nil {
      result[Self.prefix + "numbers"] = style.json(dateOrder)
    }
    if let vocabulary {
      result[Self.prefix + "tokens"] = vocabulary.json
    }
    if !classWeights.isEmpty {
      let numbers = classWeights.map { "\($0)" }
      result[Self.prefix + "class_weights"] = "[\(numbers.joined(separator: ","))]"
    }
    if let split { result[Self.prefix + "split"] = split.json }
    if let transform {
      result[Self.prefix + "mean"] = Self.text(transform.mean)
      result[Self.prefix + "scale"] = Self.text(transform.scale)
    }
    return result
  }

  private static func text(_ numbers: [Double]) -> String {
    if let first = numbers.first, numbers.allSatisfy({ $0 == first }) { return "\(first)" }
    return "[\(numbers.map { "\($0)" }.joined(separator: ","))]"
  }

  /// Reads the texts beside weights.
  ///
  /// - Parameters:
  ///   - source: the file's name, for messages.
  ///   - inputWidth: how many numbers the network takes as its input.
  public init(
    metadata: [String: String], source: String, inputWidth: Int
  ) throws(FileFailure) {
    func json(_ key: String) throws(FileFailure) -> Json? {
      guard let text = metadata[Self.prefix + key] else { return nil }
      guard let json = try? JsonParser.parse(Array(text.utf8)) else {
        throw .wrong("`\(source)`: its metadata `nnc.\(key)` is not JSON")
      }
      return json
    }
    func names(_ key: String) throws(FileFailure) -> [String] {
      guard let json = try json(key) else { return [] }
      let names = json.elements?.map(\.text)
      guard let names, names.allSatisfy({ $0 != nil }) else {
        throw .wrong("`\(source)`: its metadata `nnc.\(key)` is no list of names")
      }
      return names.compactMap { $0 }
    }
    func numbers(_ key: String) throws(FileFailure) -> [Double]? {
      guard let json = try json(key) else { return nil }
      if let number = json.finite { return Array(repeating: number, count: inputWidth) }
      let numbers = json.elements?.map(\.finite)
      guard let numbers, numbers.count == inputWidth, numbers.allSatisfy({ $0 != nil }) else {
        throw .wrong(
          "`\(source)`: its metadata `nnc.\(key)` is no list of \(inputWidth) numbers")
      }
      return numbers.compactMap { $0 }
    }
    self.init(
      inputs: try names("inputs"), targets: try names("targets"), classes: try names("classes"))
    if let json = try json("columns") {
      let formats = json.elements?.map { ColumnFormat(json: $0) }
      guard let formats, formats.allSatisfy({ $0 != nil }) else {
        throw .wrong("`\(source)`: its metadata `nnc.columns` is no list of columns")
      }
      columns = formats.compactMap { $0 }
    }
    if let json = try json("numbers") {
      guard let style = NumberStyle(json: json) else {
        throw .wrong("`\(source)`: its metadata `nnc.numbers` says of no style of numbers")
      }
      (self.style, dateOrder) = (
        style, json.member("dates")?.text.flatMap { DateOrder(rawValue: $0) }
      )
    }
    if let json = try json("tokens") {
      guard let vocabulary = Vocabulary(json: json) else {
        throw .wrong("`\(source)`: its metadata `nnc.tokens` says of no vocabulary")
      }
      self.vocabulary = vocabulary
    }
    if let json = try json("class_weights") {
      let weights = json.elements?.map(\.finite)
      guard let weights, weights.count == classes.count, weights.allSatisfy({ $0 ?? -1 >= 0 })
      else {
        throw .wrong(
          "`\(source)`: its metadata `nnc.class_weights` is no list of \(classes.count) weights")
      }
      classWeights = weights.compactMap { $0 }
    }
    if let json = try json("split") {
      guard let split = DataSplit(json: json) else {
        throw .wrong("`\(source)`: its metadata `nnc.split` says of no split")
      }
      self.split = split
    }
    switch (try numbers("mean"), try numbers("scale")) {
    case (nil, nil): break
    case (let mean?, let scale?):
      if scale.contains(0) { throw .wrong("`\(source)`: its metadata `nnc.scale` holds a 0") }
      transform = ColumnTransform(mean: mean, scale: scale)
    default: throw .wrong("`\(source)`: of its metadata `nnc.mean` and `nnc.scale` one is missing")
    }
    let width = columns.isEmpty ? inputs.count : columns.reduce(0) { $0 + $1.width }
    if width > 0, width != inputWidth {
      throw .wrong(
        "`\(source)` names \(inputs.count) input columns"
          + (columns.isEmpty ? "" : ", which are \(width) numbers")
          + ", but the network takes \(inputWidth)")
    }
    if !columns.isEmpty, !inputs.isEmpty, inputs.count != columns.count {
      throw .wrong("`\(source)` names \(inputs.count) input columns and describes \(columns.count)")
    }
  }

  /// The names and formats of the input columns that the texts beside weights tell; nil where each is one number.
  public static func columns(
    in metadata: [String: String]
  ) -> (names: [String], formats: [ColumnFormat])? {
    func json(_ key: String) -> Json? {
      metadata[prefix + key].flatMap { try? JsonParser.parse(Array($0.utf8)) }
    }
    guard let formats = json("columns")?.elements?.compactMap({ ColumnFormat(json: $0) }) else {
      return nil
    }
    let names = json("inputs")?.elements?.compactMap(\.text) ?? []
    return (names.count == formats.count ? names : formats.indices.map { "\($0 + 1)" }, formats)
  }

  /// Whether nothing is known.
  public var isEmpty: Bool { self == DataDescription() }
}
