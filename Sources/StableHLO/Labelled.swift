import NNCGraph

/// A value with a label for each axis.
struct Labelled {
  var value: Value
  var labels: [UInt8]

  init(_ value: Value, _ labels: [UInt8]) {
    (self.value, self.labels) = (value, labels)
  }

  /// Whether an axis of one place is missing or was put in by a reshape.
  func isPutIn(_ label: UInt8, _ body: Body) -> Bool {
    guard let axis = labels.firstIndex(of: label) else { return true }
    return body.isPutIn(axis, of: value)
  }

  /// The value without axes that were put in.
  func without(_ dropped: some Collection<UInt8>, _ body: inout Body) -> Labelled {
    let axes = labels.indices.filter { dropped.contains(labels[$0]) }
    return Labelled(
      body.part(value, without: axes), labels.filter { !dropped.contains($0) })
  }

  /// The sum over the labels that are nowhere else.
  func summed(unlessIn others: [UInt8], _ body: inout Body) -> Labelled {
    let axes = labels.indices.filter { !others.contains(labels[$0]) }
    return Labelled(
      body.reduce(value, "add", from: 0, axes: axes), labels.filter { others.contains($0) })
  }

  /// The labels of the axes that `dot_general` gives.
  func order(with other: Labelled, _ output: [UInt8]) -> [UInt8] {
    let batched = labels.filter { other.labels.contains($0) && output.contains($0) }
    return batched + labels.filter { !other.labels.contains($0) }
      + other.labels.filter { !labels.contains($0) }
  }

  func dot(
    _ other: Labelled, _ output: [UInt8], _ body: inout Body, called name: String?
  ) -> Value {
    let shared = labels.filter { other.labels.contains($0) }
    let batched = shared.filter { output.contains($0) }
    let contracted = shared.filter { !output.contains($0) }
    func axes(_ wanted: [UInt8]) -> ([Int], [Int]) {
      (
        wanted.map { labels.firstIndex(of: $0)! },
        wanted.map { other.labels.firstIndex(of: $0)! }
      )
    }
    return body.dot(
      value, other.value, batched: axes(batched), contracted: axes(contracted), called: name)
  }
}
