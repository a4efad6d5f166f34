import NNCAlgebra
import Testing

@testable import NNCProgram
import NNCTestSupport

@Suite struct ProblemsTests {
  @Test(arguments: Precision.allCases) func samplesAreWellFormed(_ precision: Precision) {
    for program in SamplePrograms.all(precision) { #expect(program.problems() == []) }
  }

  /// A Program of one kernel over the input and the output.
  private func problems(
    samples: Int = 4, _ body: (inout KernelBuilder, _ x: Int32, _ y: Int32) -> Void
  ) -> [String] {
    var builder = KernelBuilder("k")
    let x = builder.array("x")
    let y = builder.array("y")
    body(&builder, x, y)
    return program(builder.finish(), samples).problems()
  }

  private func program(_ kernel: Kernel, _ samples: Int) -> Program {
    Program(
      name: "p", precision: .f32, parameters: [], state: [], inputCount: 2, targetCount: 0,
      outputCount: 2, maximumSamples: samples, kernels: [kernel],
      entries: [
        Entry(
          kind: .predict, many: true, arguments: [.input, .output],
          calls: [
            .init(
              kernel: 0,
              arrays: [SamplePrograms.reference(.input), SamplePrograms.reference(.output)],
              comment: "")
          ], workspaceCount: 0)
      ])
  }

  @Test func indices() {
    let found = problems { b, x, y in
      let s = b.loop(.samples, .parallel)
      b.store(y, 1, strides: [(s, 2)], b.load(x, 2, strides: [(s, 2)]))
      b.end()
    }
    #expect(
      found == [
        "entry predict_many, call 0 (k, 1 samples): array x reaches 2...2 of 2 numbers",
        "entry predict_many, call 0 (k, 4 samples): array x reaches 2...8 of 8 numbers",
      ])
  }

  @Test func types() {
    #expect(
      problems { b, x, y in b.store(y, 0, b.compute(.toBits, b.load(x))) }
        == ["kernel k, instruction 2: value 1 is bits, not real"])
    #expect(
      problems { b, x, y in b.store(y, 0, b.compute(.add, b.load(x), b.bits(1))) }
        == ["kernel k, instruction 2: value 1 is bits, not real"])
    #expect(
      problems { b, x, _ in
        let value = b.load(x)
        _ = b.call(0, [value], where: value, otherwise: b.bits(1))
      } == [
        "kernel k, instruction 2: value 0 is real, not truth",
        "kernel k, instruction 2: function 0 cannot be called here",
        "kernel k, instruction 2: value 1 is bits, not real",
      ])
    #expect(
      problems { b, x, _ in _ = b.compute(.add, b.load(x)) }
        == ["kernel k, instruction 1: add takes 2 operands, not 1"])
    #expect(
      problems { b, _, _ in _ = b.bits(1 << 40) }
        == ["kernel k, instruction 0: 1099511627776 needs over 32 bits"])
  }

  @Test func tuples() {
    func found(_ body: (inout KernelBuilder, ValueID, LoopID) -> Void) -> [String] {
      problems { b, x, y in
        let pair = b.tuple(b.load(x), b.load(x, 1))
        b.loop(.fixed(2), .ordered) { b, i in body(&b, pair, i) }
      }
    }
    #expect(found { b, pair, i in _ = b.pick(from: pair, 1, strides: [(i, -1)]) } == [])
    #expect(
      found { b, pair, i in _ = b.pick(from: pair, 1, strides: [(i, 1)]) }
        == ["kernel k, instruction 4: values 1 to 2 are picked from 2"])
    #expect(
      found { b, pair, i in _ = b.compute(.neg, pair) }
        == ["kernel k, instruction 4: value 2 is a tuple"])
    #expect(
      found { b, _, i in _ = b.pick(from: 0, strides: [(i, 1)]) }
        == ["kernel k, instruction 4: value 0 is no tuple"])
    #expect(
      found { b, pair, _ in _ = b.pick(from: pair, strides: [(7, 1)]) }
        == ["kernel k, instruction 4: what is picked depends on loop 7"])
    #expect(
      problems { b, x, _ in
        b.loop(.fixed(4), .lanes) { b, i in
          let pair = b.tuple(b.load(x, strides: [(i, 1)]), b.load(x))
          b.loop(.fixed(2), .ordered) { b, k in _ = b.pick(from: pair, strides: [(k, 1)]) }
        }
      } == [
        "kernel k, instruction 3: a tuple stands in lanes",
        "kernel k, instruction 5: a value is picked in lanes",
      ])
  }

  @Test func scope() {
    let found = problems { b, x, y in
      b.loop(.fixed(2), .ordered) { b, i in _ = b.load(x, strides: [(i, 1)]) }
      b.store(y, 0, 0)
    }
    #expect(found == ["kernel k, instruction 3: value 0 is used outside of its loop"])
    #expect(
      problems { b, _, y in b.store(y, 0, 7) } == ["kernel k, instruction 0: there is no value 7"])
  }

  @Test func parallelLoops() {
    let shared = problems { b, x, y in
      let sum = b.accumulator(initial: b.real(0))
      b.loop(.fixed(2), .parallel) { b, i in
        b.accumulate(sum, .add, b.load(x, strides: [(i, 1)]))
      }
      b.store(y, 0, sum)
    }
    #expect(
      shared == ["kernel k, instruction 4: accumulator 1 is shared by turns of a parallel loop"])
    let same = problems { b, x, y in
      b.loop(.fixed(2), .parallel) { b, i in b.store(y, 0, b.load(x, strides: [(i, 1)])) }
    }
    #expect(
      same == ["kernel k, instruction 2: every turn of parallel loop 0 writes the same place of y"])
  }

  @Test func constantsAreNotAccumulators() {
    let found = problems { b, x, _ in b.accumulate(b.real(0), .add, b.load(x)) }
    #expect(found == ["kernel k, instruction 2: value 0 is no accumulator"])
  }

  @Test func overlap() {
    var builder = KernelBuilder("k")
    let x = builder.array("x")
    let y = builder.array("y")
    builder.store(y, 1, builder.load(x, 0))
    var program = program(builder.finish(), 1)
    program.entries[0].calls[0].arrays[0] = SamplePrograms.reference(.output, 1)
    #expect(
      program.problems() == [
        "entry predict_many, call 0 (k, 1 samples): arrays x and y overlap"
      ])
    program.entries[0].calls[0].arrays = [
      SamplePrograms.reference(.output), SamplePrograms.reference(.input),
    ]
    #expect(
      program.problems() == [
        "entry predict_many, call 0 (k, 1 samples): array y may not be written"
      ])
    program.entries[0].calls[0].kernel = 3
    #expect(program.problems() == ["entry predict_many, call 0: there is no kernel 3"])
  }

  @Test func fields() {
    var program = SamplePrograms.backprop(.f64)
    program.parameters[1].offset = 5
    program.parameters[2].initial = .literal([1])
    #expect(
      program.problems().prefix(3) == [
        "field linear1.bias of the parameters begins at 5, not 4",
        "field linear2.weight of the parameters begins at 6, not 7",
        "field linear2.weight of the parameters has 1 initial values for 4 numbers",
      ])
  }
}
