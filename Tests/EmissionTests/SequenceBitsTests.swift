import NNCAlgebra
import NNCDiagnostics
import NNCEmission
import NNCProgram
import Testing

@testable import NNC

/// Networks for tokens and sequences: interpreter, gcc, clang and swiftc give equal bits.
@Suite struct SequenceBitsTests {
  private static let sources = [
    "input 5 of 7; embedding 7->4; flatten; linear 3; loss mse; train adam",
    "input 3 of 6; embedding 6->2; positions; residual { attention heads=2 causal=yes }; "
      + "linear ->6 weight=embedding1.weight bias=no; loss cross_entropy; train sgd lr=0.1",
    "input a 3 of 5; input b 2 of 3; from a; embedding 5->3; p: flatten; from b; onehot; flatten; concat p; "
      + "linear 2; loss mse; train sgd lr=0.1 momentum=0.9",
    "input 3x2; positions sin; attention heads=2 kv_heads=1; last; linear 2; loss mse",
  ]

  private static func programs(_ precision: Precision, _ target: Target) throws -> [Program] {
    try sources.enumerated().map { index, source in
      var options = CompilerOptions()
      options.precision = precision
      options.target = target
      options.maximumSamples = 35
      // Loops, whatever the size: straight-line code looks nothing up.
      options.unrollLimit = 0
      return try Compilation(SourceFile(name: "tokens\(index).nn", text: source)).build(options)
        .program
    }
  }

  @Test(arguments: Precision.allCases) func sameBits(_ precision: Precision) throws {
    let programs = try Self.programs(precision, .generic)
    for program in programs { #expect(program.problems() == []) }
    let forms: [NativeForm] =
      precision == .f64
      ? [.gcc("-O2", "-march=native"), .clang("-O1")]
      : [.gcc("-O1"), .swift("-Onone")]
    let differences = try NativeComparison.differences(programs, forms: forms, samples: [1, 2, 35])
    #expect(differences == [])
  }

  @Test(arguments: NativeForm.vectorTargets)
  func sameBitsInVectors(_ target: Target) throws {
    let programs = Array(try Self.programs(.f32, target).prefix(3))
    for program in programs { #expect(program.problems() == []) }
    let forms = [NativeForm.compiler("gcc", ["-O1"] + NativeForm.flags(target))]
    let differences = try NativeComparison.differences(programs, forms: forms, samples: [1, 2, 35])
    #expect(differences == [])
  }

  /// A number in memory is an index: no loop goes through the rows of a table to find one.
  @Test func tablesAreLookedUp() throws {
    let text = "network look; input 5 of 7; embedding 7->4"
    var options = CompilerOptions()
    options.unrollLimit = 0
    let program = try Compilation(SourceFile(name: "look.nn", text: text)).build(options).program
    let source = CEmitter(program).source
    #expect(source.contains("const size_t j = (size_t)x[i];"))
    #expect(source.contains("y[4 * i + k] = p->embedding1_weight[j][k];"))
  }
}
