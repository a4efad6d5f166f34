/// A sum of products by a rule of letters, as `einsum` of NumPy and of ONNX has it: `ij,jk->ik`.
public struct EinsteinSum: Hashable, Sendable {
  /// The letters of each factor's axes.
  public let inputs: [[Character]]
  /// The letters of the result's axes, each of which stands in a factor.
  public let output: [Character]

  /// Reads an equation. Without an arrow the result has the letters that stand once, in alphabetical order.
  ///
  /// nil where it is none, which `...` makes it too.
  public init?(_ equation: String) {
    let sides = equation.filter { $0 != " " }.split(
      separator: "->", omittingEmptySubsequences: false)
    guard sides.count <= 2 else { return nil }
    inputs = sides[0].split(separator: ",", omittingEmptySubsequences: false).map(Array.init)
    let all = inputs.joined()
    var counts: [Character: Int] = [:]
    for letter in all { counts[letter, default: 0] += 1 }
    output = sides.count == 2 ? Array(sides[1]) : counts.filter { $0.value == 1 }.keys.sorted()
    guard (all + output).allSatisfy({ $0.isASCII && $0.isLetter }),
      Set(output).count == output.count, output.allSatisfy({ counts[$0] != nil })
    else { return nil }
  }
}
