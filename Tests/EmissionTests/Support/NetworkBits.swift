import NNCAlgebra
import NNCDiagnostics
import NNCEmission
import NNCProgram
import Testing

@testable import NNC

/// Networks whose bits are compared: those of the interpreter with those of gcc, clang and swiftc.
struct NetworkBits {
  /// What the networks are called, with a number behind it.
  let stem: String
  let sources: [String]
  /// Whether all are loops, whatever their size.
  var areLoops = false

  /// Their Programs.
  func programs(_ precision: Precision, _ target: Target) throws -> [Program] {
    try sources.enumerated().map { index, source in
      var options = CompilerOptions()
      options.precision = precision
      options.target = target
      options.maximumSamples = 35
      if areLoops { options.unrollLimit = 0 }
      return try Compilation(SourceFile(name: "\(stem)\(index).nn", text: source)).build(options)
        .program
    }
  }

  /// Scalar code; also at the level at which gcc 12 takes loads in branches of choices wrongly.
  func check(_ precision: Precision) throws {
    try check(
      try programs(precision, .generic),
      precision == .f64
        ? [.gcc("-O3", "-march=native"), .clang("-O1")] : [.gcc("-O1"), .swift("-Onone")])
  }

  /// Vectors of a target.
  func checkVectors(_ target: Target) throws {
    try check(
      try programs(.f32, target),
      [NativeForm.compiler("gcc", ["-O2"] + NativeForm.flags(target))])
  }

  private func check(_ programs: [Program], _ forms: [NativeForm]) throws {
    for program in programs { #expect(program.problems() == []) }
    let differences = try NativeComparison.differences(programs, forms: forms, samples: [1, 2, 35])
    #expect(differences == [])
  }
}
