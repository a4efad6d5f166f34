import NNCAlgebra
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNCExecution

/// Loops that only add products to sums, which are one instruction of the interpreter, against the plain reference.
@Suite struct ProductLoopTests {
  /// out(j, r, l) = Σₖ w(j, r, k) · x(l, k), with the lanes l outside of the groups j of rows r.
  struct Case: CustomTestStringConvertible {
    var lanes = 9
    var rows = 4
    var turns = 7
    var groups = 2
    /// How the turns of the loop over lanes stand to one another.
    var kind = Turns.parallel
    var left = Left.apart
    var isFused = false

    /// Where the factor lies that differs from lane to lane.
    enum Left { case sideBySide, apart, ofEachGroup, ofEachRow, rewritten }

    var testDescription: String {
      "\(isFused ? "fused" : "rounded") \(kind) \(left), \(lanes) lanes, \(rows) rows, \(turns) turns, \(groups) groups"
    }

    func kernel() -> Kernel {
      var b = KernelBuilder("products")
      let (w, x, out, copy) = (b.array("w"), b.array("x"), b.array("out"), b.array("copy"))
      let half = b.real(0.5)
      let inputs = lanes * turns
      b.loop(.fixed(lanes), kind) { b, l in
        b.loop(.fixed(groups), .ordered) { b, j in
          if left == .rewritten {
            b.loop(.fixed(turns), .ordered) { b, k in
              let old = b.load(x, strides: [(j, inputs), (l, turns), (k, 1)])
              b.store(copy, strides: [(l, turns), (k, 1)], b.compute(.mul, half, old))
            }
          }
          let sums = (0..<rows).map { b.accumulator(initial: b.real(Double($0))) }
          b.loop(.fixed(turns), .ordered) { b, k in
            let shared =
              switch left {
              case .sideBySide: b.load(x, strides: [(l, 1), (k, lanes)])
              case .apart, .ofEachRow: b.load(x, strides: [(l, turns), (k, 1)])
              case .ofEachGroup: b.load(x, strides: [(j, inputs), (l, turns), (k, 1)])
              case .rewritten: b.load(copy, strides: [(l, turns), (k, 1)])
              }
            for (row, sum) in sums.enumerated() {
              let place = row * turns
              let weight = b.load(w, place, strides: [(j, rows * turns), (k, 1)])
              let own =
                left == .ofEachRow
                ? b.load(x, row * inputs, strides: [(l, turns), (k, 1)]) : shared
              let (one, other) = row % 2 == 0 ? (weight, own) : (own, weight)
              if isFused {
                b.accumulate(sum, .fma, one, other)
              } else {
                b.accumulate(sum, .add, b.compute(.mul, one, other))
              }
            }
          }
          for (row, sum) in sums.enumerated() {
            b.store(out, row * lanes, strides: [(j, rows * lanes), (l, 1)], sum)
          }
        }
      }
      return b.finish()
    }

    func program(_ precision: Precision) -> Program {
      let kernel = kernel()
      let inputs = lanes * turns * max(rows, groups)
      let weights = Field(
        name: "w", shape: [groups, rows, turns], offset: 0,
        initial: .uniform(bound: 1, seed: 1, stream: 0))
      let arrays = (0..<kernel.parameters.count).map {
        Entry.ArrayReference(
          base: [.argument(.parameters), .argument(.input), .argument(.output), .workspace][$0],
          offset: 0)
      }
      return Program(
        name: "products", precision: precision, parameters: [weights], state: [],
        inputCount: inputs, targetCount: 0, outputCount: groups * rows * lanes, maximumSamples: 1,
        kernels: [kernel],
        entries: [
          Entry(
            kind: .predict, many: false, arguments: [.parameters, .input, .output],
            calls: [.init(kernel: 0, arrays: arrays, comment: "")], workspaceCount: lanes * turns)
        ])
    }
  }

  static let cases: [Case] =
    [1, 3, 4, 8, 13, 70].flatMap { lanes in
      [Case.Left.sideBySide, .apart, .ofEachGroup, .ofEachRow, .rewritten].flatMap { left in
        [1, 3, 4, 9].flatMap { rows in
          [false, true].map { Case(lanes: lanes, rows: rows, left: left, isFused: $0) }
        }
      }
    } + [1, 512, 513, 1100].map { Case(turns: $0) }
    + [Case(turns: 600, left: .sideBySide), Case(rows: 5, kind: .ordered), Case(kind: .lanes)]

  @Test(arguments: cases) func sameBits(_ product: Case) throws {
    try ReferenceTests.compare(product.program(.f64), Double.self)
    try ReferenceTests.compare(product.program(.f32), Float.self)
  }

  @Test func areOneInstruction() {
    for product in Self.cases {
      let program = product.program(.f64)
      let bytecode = Decoder.decode(program.kernels[0], of: program)
      #expect(bytecode.code.contains { $0.operation == .products }, "\(product)")
      #expect(!bytecode.code.contains { [.addProduct, .fma].contains($0.operation) }, "\(product)")
    }
  }
}
