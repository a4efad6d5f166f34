import NNCAlgebra
import NNCGraph

// The noise of training, number by number that of the Program: Threefry of 20 rounds (J. Salmon, M. Moraes, R. Dror,
// D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011). The number at element e of sample s of leaf k in step i
// is that of the block (i, s·2ᵇ + e) under the key (seed, k), where b bits count the elements of a sample.
extension FunctionWriter {
  mutating func noise(_ id: NodeID, called name: String?) -> Value {
    let precision = module.real.arithmetic
    let word = Element.word(precision)
    let shape = fullShape(of: id)
    let count = graph.elementCount(id)
    let bits = Int.bitWidth - (count - 1).leadingZeroBitCount
    let low = module.seed & 0xffff_ffff
    let seed = precision == .f64 ? module.seed : module.seed >> 32 ^ low
    let leaves = graph.symbols.indices.filter { graph.symbols[$0].role == .noise }
    guard case .symbol(let symbol) = graph[id].kind, let leaf = leaves.firstIndex(of: symbol)
    else { preconditionFailure("noise is a leaf") }
    let full = [batch, count]
    let element = body.iota(full, axis: 1, word)
    let shift = body.word(UInt64(bits), full, word)
    let row = body.elementwise("shift_left", [body.iota(full, axis: 0, word), shift])
    let place = body.elementwise("add", [row, element])
    let step: Value
    if let counter = function.counter {
      let number = body.convert(value(counter), to: word)
      step = body.broadcast(number, to: full, axes: [])
    } else {
      step = body.word(0, full, word)
    }
    let keys = [seed, UInt64(leaf)].map { body.word($0, full, word) }
    let arguments = [
      ("key0", keys[0]), ("key1", keys[1]), ("step", step), ("place", place),
    ]
    let uniform = body.call("threefry", arguments) { inner, values in
      Threefry(precision, full).uniform(values, &inner)
    }
    let numbers = body.convert(uniform, to: real)
    return body.reshape(numbers, to: shape, called: name)
  }
}

/// Writes the rounds of Threefry for many blocks at once.
private struct Threefry {
  let precision: Precision
  let shape: Shape
  let word: Element

  init(_ precision: Precision, _ shape: Shape) {
    (self.precision, self.shape, word) = (precision, shape, .word(precision))
  }

  private var rotations: [UInt64] {
    precision == .f64 ? [16, 42, 12, 31, 16, 32, 24, 21] : [13, 15, 26, 6, 17, 29, 16, 24]
  }

  /// The number on [0, 1) of the high bits of a block's first word.
  func uniform(_ given: [Value], _ body: inout Body) -> Value {
    let parity = body.word(
      precision == .f64 ? 0x1bd1_1bda_a9fc_1a22 : 0x1bd1_1bda, shape, word)
    let mixed = body.elementwise("xor", [body.elementwise("xor", [parity, given[0]]), given[1]])
    let keys = [given[0], given[1], mixed]
    var first = body.elementwise("add", [given[2], keys[0]])
    var second = body.elementwise("add", [given[3], keys[1]])
    let rounds = 20
    for round in 0..<rounds {
      first = body.elementwise("add", [first, second])
      second = body.elementwise("xor", [rotated(second, rotations[round % 8], &body), first])
      if round % 4 == 3 {
        let turn = round / 4 + 1
        let number = body.word(UInt64(turn), shape, word)
        first = body.elementwise("add", [first, keys[turn % 3]])
        let shifted = body.elementwise("add", [keys[(turn + 1) % 3], number])
        second = body.elementwise("add", [second, shifted])
      }
    }
    let one: UInt64 = precision == .f64 ? 0x3ff0_0000_0000_0000 : 0x3f80_0000
    let shift = body.word(precision == .f64 ? 12 : 9, shape, word)
    let fraction = body.elementwise("shift_right_logical", [first, shift])
    let number = body.bitcast(
      body.elementwise("or", [fraction, body.word(one, shape, word)]), to: .real(precision))
    return body.elementwise("subtract", [number, body.constant(1, shape, .real(precision))])
  }

  private func rotated(_ value: Value, _ count: UInt64, _ body: inout Body) -> Value {
    let width: UInt64 = precision == .f64 ? 64 : 32
    let high = body.elementwise("shift_left", [value, body.word(count, shape, word)])
    let low = body.elementwise(
      "shift_right_logical", [value, body.word(width - count, shape, word)])
    return body.elementwise("or", [high, low])
  }
}
