import NNCAlgebra
import Testing

@testable import NNCProgram
import NNCTestSupport

/// What the verifier says where threads would meet.
@Suite struct SharingProblemsTests {
  private func kernel(
    _ body: (inout KernelBuilder, _ x: Int32, _ y: Int32) -> Void
  ) -> Kernel {
    var builder = KernelBuilder("k")
    let x = builder.array("x")
    let y = builder.array("y")
    body(&builder, x, y)
    return builder.finish()
  }

  private func problems(
    _ body: (inout KernelBuilder, _ x: Int32, _ y: Int32) -> Void
  ) -> [String] { kernel(body).divisionProblems(samples: 40) }

  @Test func rowsAreApart() {
    #expect(
      problems { b, x, y in
        b.loop(.samples, .divided) { b, s in
          b.loop(.fixed(8), .parallel) { b, i in
            b.store(y, strides: [(s, 8), (i, 1)], b.load(x, strides: [(s, 8), (i, 1)]))
          }
        }
      } == [])
  }

  @Test func rowsThatOverlapAreNot() {
    #expect(
      problems { b, x, y in
        b.loop(.samples, .divided) { b, s in
          b.loop(.fixed(9), .parallel) { b, i in
            b.store(y, strides: [(s, 8), (i, 1)], b.load(x, strides: [(i, 1)]))
          }
        }
      } == ["kernel k, instructions 3 and 3: threads may meet in y"])
  }

  /// Two loops of 6 and 4 turns that move by 1 and 6 are apart; by 1 and 5 they meet.
  @Test(arguments: [(6, true), (5, false), (-6, true), (-5, false)])
  func loopsTogether(_ step: Int, _ isApart: Bool) {
    let found = problems { b, x, y in
      b.loop(.fixed(4), .divided) { b, i in
        b.loop(.fixed(6), .divided) { b, j in
          b.store(y, 40, strides: [(i, step), (j, 1)], b.load(x))
        }
      }
    }
    #expect(found.isEmpty == isApart)
  }

  /// Strips of columns and the columns behind them, of a matrix with rows of 20.
  @Test(arguments: [(16, true), (15, false)]) func stripsAndTheRest(_ first: Int, _ isApart: Bool) {
    let found = problems { b, x, y in
      b.loop(.fixed(2), .divided) { b, strip in
        b.loop(.fixed(6), .parallel) { b, row in
          b.loop(.fixed(8), .parallel) { b, column in
            b.store(y, strides: [(strip, 8), (row, 20), (column, 1)], b.load(x))
          }
        }
      }
      b.loop(.fixed(3), .divided) { b, row in
        b.loop(.fixed(20 - first), .parallel) { b, column in
          b.store(y, first, strides: [(row, 40), (column, 1)], b.load(x))
          b.store(y, first + 20, strides: [(row, 40), (column, 1)], b.load(x))
        }
      }
    }
    #expect(found.isEmpty == isApart)
  }

  @Test func inPlace() {
    #expect(
      problems { b, _, y in
        b.loop(.fixed(4), .divided) { b, i in
          b.store(y, strides: [(i, 1)], b.load(y, strides: [(i, 1)]))
        }
      } == [])
    #expect(
      problems { b, _, y in
        b.loop(.fixed(4), .divided) { b, i in
          b.store(y, strides: [(i, 1)], b.load(y, 3, strides: [(i, -1)]))
        }
      } == ["kernel k, instructions 1 and 2: threads may meet in y"])
    #expect(
      problems { b, _, y in
        let value = b.load(y)
        b.loop(.fixed(4), .divided) { b, i in b.store(y, strides: [(i, 1)], value) }
      } == ["kernel k, instructions 0 and 2: threads may meet in y"])
  }

  @Test func placesOfDividedLoops() {
    #expect(
      problems { b, x, y in
        b.store(y, 9, b.load(x))
        b.loop(.fixed(4), .divided) { b, i in b.store(y, strides: [(i, 1)], b.load(x)) }
      } == ["kernel k, instruction 1: every thread writes it, outside of divided loops"])
    #expect(
      problems { b, x, y in
        b.loop(.fixed(4), .ordered) { b, i in
          b.loop(.fixed(4), .divided) { b, j in b.store(y, strides: [(j, 1)], b.load(x)) }
        }
      } == ["kernel k, instruction 1: loop 1 is divided inside of one that is not"])
    #expect(
      problems { b, x, y in
        b.loop(.fixed(4), .divided) { b, i in
          b.store(y, 4, strides: [(i, 5)], b.load(x))
          b.loop(.fixed(4), .divided) { b, j in b.store(y, strides: [(i, 5), (j, 1)], b.load(x)) }
        }
      } == ["kernel k, instruction 2: every thread writes it, outside of divided loops"])
    #expect(
      problems { b, x, y in
        b.loop(.fixed(4), .divided) { b, i in
          b.loop(.samples, .divided) { b, j in
            b.store(y, strides: [(i, 99), (j, 1)], b.load(x))
          }
        }
      } == ["kernel k, instruction 1: loop 1 has no fixed number of units"])
  }

  /// One kernel doubles x into the workspace, the next doubles that into y.
  private func program(isDivided: Bool, waits: Bool) -> Program {
    let kernel = kernel { b, x, y in
      b.loop(.samples, isDivided ? .divided : .parallel) { b, s in
        let value = b.load(x, strides: [(s, 1)])
        b.store(y, strides: [(s, 1)], b.compute(.add, value, value))
      }
    }
    let workspace = Entry.ArrayReference(base: .workspace, offset: 0)
    return Program(
      name: "p", precision: .f64, parameters: [], state: [], inputCount: 1, targetCount: 0,
      outputCount: 1, maximumSamples: 8, threads: 2, kernels: [kernel],
      entries: [
        Entry(
          kind: .predict, many: true, arguments: [.input, .output],
          calls: [
            .init(kernel: 0, arrays: [SamplePrograms.reference(.input), workspace], comment: ""),
            .init(
              kernel: 0, arrays: [workspace, SamplePrograms.reference(.output)], comment: "",
              waits: waits),
          ], workspaceCount: 8, sharedFrom: 2)
      ])
  }

  @Test func waiting() {
    #expect(program(isDivided: true, waits: true).problems() == [])
    #expect(program(isDivided: false, waits: false).problems() == [])
    let program = program(isDivided: true, waits: false)
    #expect(
      program.problems() == [
        "entry predict_many, call 1 (k) does not wait for what other threads do"
      ])
    #expect(program.waits(of: program.entries[0].calls, many: true) == [false, true])
  }
}
