import Testing

@testable import NNCDiagnostics

/// What a misspelt name most likely means.
struct SuggestionTests {
  static let layers = ["linear", "sigmoid", "tanh", "relu", "elu", "selu", "softmax", "add"]

  @Test(arguments: [
    ("sigmod", "sigmoid"), ("sigmiod", "sigmoid"), ("Sigmoid", "sigmoid"), ("ReLU", "relu"),
    ("linaer", "linear"), ("liner", "linear"), ("tahn", "tanh"), ("relo", "relu"),
    ("softmaxx", "softmax"), ("ad", "add"), ("LINEER", "linear"),
  ])
  func near(name: String, meant: String) {
    #expect(suggestion(for: name, among: Self.layers) == meant)
  }

  @Test(arguments: ["", "q", "x", "conv", "embedding", "linear", "xyzzy", "sgd"])
  func far(name: String) {
    let others = Self.layers.filter { $0 != name && $0 != "selu" && $0 != "elu" }
    #expect(suggestion(for: name, among: others) == nil)
  }

  @Test func longNamesAreQuick() {
    let name = String(repeating: "a", count: 1_000_000)
    #expect(suggestion(for: name, among: Self.layers) == nil)
  }

  /// d is 0 for equal words only, symmetric, and one edit costs 1.
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("abc", "acb", 1), ("abcd", "abd", 1),
    ("kitten", "sitting", 3), ("ca", "abc", 3), ("abcdef", "fedcba", 5),
  ])
  func distances(a: String, b: String, distance: Int) {
    #expect(editDistance(Array(a), Array(b)) == distance)
    #expect(editDistance(Array(b), Array(a)) == distance)
  }
}
