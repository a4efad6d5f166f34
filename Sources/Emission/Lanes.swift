import NNCProgram

/// The lanes of a loop as vectors: as many of the widest kind as there are, then smaller ones for what is left.
///
///     20 lanes in vectors of 16:  0...15, 16...19
struct Lanes {
  /// A vector, or a single number where its width is 1.
  struct Part {
    /// Its first lane.
    var first: Int
    /// How many lanes it has: a power of two.
    var width: Int
  }

  /// The name of a value in a part: `h1a`, `h1b`, …, `sum_a`; letters, so that it is not taken for a number of the value's.
  static func name(_ base: String, part: Int) -> String {
    let (round, letter) = part.quotientAndRemainder(dividingBy: 26)
    let mark =
      String(UnicodeScalar(UInt8(ascii: "a") + UInt8(letter))) + (round > 0 ? "\(round)" : "")
    return base.last?.isNumber == true ? base + mark : base + "_" + mark
  }

  var parts: [Part] = []
  /// The loop whose turns they are; nil in the body of a function.
  var loop: LoopID?

  init(_ count: Int, widest: Int, loop: LoopID? = nil) {
    self.loop = loop
    var first = 0
    var width = widest
    while first < count {
      while width > count - first { width /= 2 }
      parts.append(Part(first: first, width: width))
      first += width
    }
  }
}

/// The functions that are called with vectors, each with the widths.
struct VectorFunctions {
  private(set) var widths: [Set<Int>]
  /// Those that are called with numbers as well, in the order of the Program.
  private var isCalledWithNumbers: [Bool]

  /// The widths of the instances that code calls; 1 is the function of numbers.
  func instances(_ index: Int) -> [Int] {
    let isVectorOnly = !widths[index].isEmpty && !isCalledWithNumbers[index]
    return (isVectorOnly ? [] : [1]) + widths[index].sorted()
  }

  init(_ program: Program, plan: EmissionPlan, widest: Int) {
    widths = .init(repeating: [], count: program.functions.count)
    isCalledWithNumbers = .init(repeating: false, count: program.functions.count)
    for (index, kernel) in program.kernels.enumerated() where plan.forms[index] != .absent {
      if !kernel.hasLanes {
        for function in kernel.body.compactMap(\.callee) { isCalledWithNumbers[function] = true }
        continue
      }
      let varying = kernel.varyingValues
      var lanes = Lanes(0, widest: 1)
      for instruction in kernel.body {
        switch instruction {
        case .loop(let loop, .fixed(let count), .lanes):
          lanes = Lanes(count, widest: widest, loop: loop)
        case .call(let value, let function, _) where varying[Int(value)],
          .callWhere(let value, _, let function, _, _) where varying[Int(value)]:
          widths[function].formUnion(lanes.parts.map(\.width))
          if lanes.parts.contains(where: { $0.width == 1 }) { isCalledWithNumbers[function] = true }
        case .call(_, let function, _), .callWhere(_, _, let function, _, _):
          isCalledWithNumbers[function] = true
        default: break
        }
      }
    }
    for index in widths.indices.reversed() {
      widths[index].remove(1)
      let function = program.functions[index]
      let varying = function.varyingValues
      for instruction in function.body {
        guard let callee = instruction.callee, let value = instruction.result else { continue }
        if varying[Int(value)] { widths[callee].formUnion(widths[index]) }
        let isNumber = isCalledWithNumbers[index] || !varying[Int(value)]
        isCalledWithNumbers[callee] = isCalledWithNumbers[callee] || isNumber
      }
    }
  }
}
