import NNCAlgebra
import NNCProgram
import NNCTestSupport

extension SamplePrograms {
  /// Every machine operation on two inputs and on constants at the ends of the range; names that are keywords.
  static func edges(_ precision: Precision) -> Program {
    let isDouble = precision == .f64
    let numbers: [Double] = [
      .infinity, -.infinity, .nan, 0, -0.0, isDouble ? 0x1p-1074 : 0x1p-149,
      isDouble ? .greatestFiniteMagnitude : Double(Float.greatestFiniteMagnitude), 0.1, -1e300,
      1.0 / 3, 123_456_789, 1e22,
    ]
    var b = KernelBuilder("int")
    let x = b.array("for")
    let y = b.array("class")
    var results: [ValueID] = []
    let a = b.load(x, 0, name: "double")
    let c = b.load(x, 1, name: "x")
    let reals = [a, c] + numbers.map { b.real($0) }
    for (left, right) in zip(reals, reals.dropFirst() + [a]) {
      for primitive in [Primitive.add, .sub, .mul, .div] {
        results.append(b.compute(primitive, left, right, name: "return"))
      }
      results.append(b.compute(.neg, left))
      results.append(b.compute(.abs, left))
      results.append(b.compute(.sqrt, left))
      results.append(b.compute(.fma, left, right, a))
      let tests = [Primitive.lt, .le, .eq, .ne].map { b.compute($0, left, right) }
      let both = b.compute(.and, tests[0], b.compute(.not, tests[1]))
      let either = b.compute(.or, tests[2], both)
      for test in [tests[0], tests[1], tests[3], both, either] {
        results.append(b.compute(.select, test, left, right))
      }
      let (p, q) = (b.compute(.toBits, left), b.compute(.toBits, right))
      let shift = b.bits(isDouble ? 12 : 9)
      let word = b.bits(isDouble ? 0x3FF0_0000_0000_0000 : 0x3F80_0000)
      var bits = b.compute(.bitAnd, p, b.bits(isDouble ? 0xF_FFFF_FFFF_FFFF : 0x7F_FFFF))
      bits = b.compute(.bitOr, bits, word)
      bits = b.compute(.bitXor, bits, b.compute(.shiftRight, q, shift))
      bits = b.compute(.bitSub, b.compute(.bitAdd, bits, p), b.compute(.shiftLeft, word, b.bits(1)))
      bits = b.compute(.selectBits, tests[0], bits, b.bits(isDouble ? .max : 0xFFFF_FFFF))
      results.append(b.compute(.toReal, bits))
    }
    for (index, result) in results.enumerated() { b.store(y, index, result) }
    for (index, real) in reals.enumerated() { b.store(y, results.count + index, real) }
    let outputs = results.count + reals.count
    let arguments: [Entry.Argument] = [.input, .output]
    return Program(
      name: "edges_\(precision)", precision: precision, parameters: [], state: [], inputCount: 2,
      targetCount: 0, outputCount: outputs, maximumSamples: 1, kernels: [b.finish()],
      entries: [
        Entry(
          kind: .predict, many: false, arguments: arguments,
          calls: [.init(kernel: 0, arrays: arguments.map { reference($0) }, comment: "")],
          workspaceCount: 0)
      ])
  }
}
