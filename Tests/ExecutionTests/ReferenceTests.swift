import NNCAlgebra
import NNCProgram
import Testing

@testable import NNCExecution

/// The interpreter against the plain reference, bit by bit.
@Suite struct ReferenceTests {
  @Test(arguments: Precision.allCases) func sameBits(_ precision: Precision) throws {
    let programs = SamplePrograms.all(precision) + SamplePrograms.vectors(precision, .generic)
    for program in programs {
      switch precision {
      case .f64: try Self.compare(program, Double.self)
      case .f32: try Self.compare(program, Float.self)
      }
    }
  }

  /// Runs every entry both ways, with few samples and many.
  static func compare<Real: ProgramReal>(_ program: Program, _: Real.Type) throws {
    for entry in program.entries {
      for samples in entry.many ? [1, 2, program.maximumSamples] : [1] {
        try compare(program, entry, samples, Real.self)
      }
    }
  }

  private static func compare<Real: ProgramReal>(
    _ program: Program, _ entry: Entry, _ samples: Int, _: Real.Type
  ) throws {
    let interpreter = try Interpreter(program)
    var words: [Entry.Argument: [UInt64]] = [:]
    var memory: [Entry.Argument: UnsafeMutableBufferPointer<Real>] = [:]
    defer { for buffer in memory.values { buffer.deallocate() } }
    for argument in entry.arguments {
      let count = program.count(of: argument, samples: samples)
      var values: [Real] = interpreter.initialParameters(Real.self)
      if argument != .parameters {
        values = (0..<count).map { index in Real((index * 7919 + 13) % 101) / 64 - 0.75 }
      }
      words[argument] = values.map { UInt64($0.bitPattern) }
      let buffer = UnsafeMutableBufferPointer<Real>.allocate(capacity: count)
      _ = buffer.initialize(from: values)
      memory[argument] = buffer
    }
    // Twice: frames are reused.
    for _ in 0..<2 {
      Reference(program: program).run(entry, samples: samples, &words)
      try interpreter.run(entry.kind, many: entry.many, samples: samples, arrays: memory)
    }
    for argument in entry.arguments {
      for (index, word) in words[argument]!.enumerated() {
        let given = memory[argument]![index]
        let expected = Real(bitPattern: Real.Word(word))
        #expect(
          given.bitPattern == expected.bitPattern || given.isNaN && expected.isNaN,
          "\(program.name) \(entry.name) \(samples) samples: \(argument)[\(index)]")
      }
    }
  }
}
