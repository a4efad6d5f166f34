import NNCFormats

/// A text as samples: windows of its tokens, and the tokens that follow.
struct TokenRows: RowSource {
  private let name: String
  private let tokens: [Int32]
  /// How many tokens an input has, and how many a target; 0 where there is none.
  private let steps: Int
  private let targets: Int
  /// How far one window is from the next.
  private let stride: Int

  /// - Parameters:
  ///   - steps: how many tokens an input has.
  ///   - targets: as many, each the token behind one of the input's, or 1, that behind the window; 0 for none. In the
  ///     first case windows follow one another, so that an epoch asks for each token once; else there is one at each token.
  init(_ name: String, _ tokens: [Int32], steps: Int, targets: Int) throws(FileFailure) {
    if targets > 1, targets != steps {
      throw .wrong(
        "a text gives a target of \(steps) tokens, or of the one behind them, but the network asks for \(targets)"
      )
    }
    let needed = steps + (targets > 0 ? 1 : 0)
    if tokens.count < needed {
      throw .wrong(
        "`\(name)` has \(tokens.count) tokens, but a sample takes \(needed): the input's"
          + (targets > 0 ? " and the one behind it" : ""))
    }
    self.name = name
    self.tokens = tokens
    self.steps = steps
    self.targets = targets
    stride = targets == 1 && steps > 1 ? 1 : steps
  }

  var count: Int { (tokens.count - steps - (targets > 0 ? 1 : 0)) / stride + 1 }
  var width: Int { steps + targets }

  func place(of row: Int) -> String { "\(name), token \(row * stride + 1)" }

  func read(
    _ rows: ArraySlice<Int>, into numbers: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure) {
    var place = 0
    for row in rows {
      let start = row * stride
      for step in 0..<steps {
        numbers[place] = Double(tokens[start + step])
        place += 1
      }
      for target in 0..<targets {
        numbers[place] = Double(tokens[start + steps - targets + 1 + target])
        place += 1
      }
    }
  }

  /// Windows share their tokens, which are in memory already.
  func loaded(limit: Int) throws(FileFailure) -> RowMemory? { nil }
}
