import NNCProgram

/// How often loops run, as text.
struct ExtentText {
  let dialect: any Dialect
  /// The number of samples, as text.
  let samples: String
  /// What open loops are called, by their numbers.
  let loops: [String]

  /// The first turn of a loop, and the one behind the last.
  func range(_ extent: Extent) -> (from: String, to: String) {
    switch extent {
    case .fixed(let count): ("0", "\(count)")
    case .element: ("0", "1")
    case .samples: ("0", samples)
    case .blocks(let size): ("0", "(\(samples) + \(size - 1)) / \(size)")
    case .fullBlocks(let size): ("0", "\(samples) / \(size)")
    case .lastBlock(let size): ("\(samples) / \(size)", "(\(samples) + \(size - 1)) / \(size)")
    case .rest(let size): ("\(samples) / \(size) * \(size)", samples)
    case .within(let size, let block): ("0", filled(size, block))
    case .padding(let size, let block): (filled(size, block), "\(size)")
    }
  }

  /// How many turns a loop has.
  func count(_ extent: Extent) -> String {
    let range = range(extent)
    return range.from == "0" ? range.to : "\(range.to) - \(range.from)"
  }

  /// How many samples are in the present block.
  private func filled(_ size: Int, _ block: LoopID) -> String {
    dialect.minimum("\(size)", "\(samples) - \(size) * \(loops[Int(block)])")
  }
}
