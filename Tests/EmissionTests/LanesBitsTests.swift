import NNCAlgebra
import Foundation
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNCEmission

/// Loops over lanes, in vectors and as loops: every form gives the interpreter's bits.
///
/// By default some numbers of lanes, and one precision and level a target; with NNC_LEVELS=all, each with each.
@Suite struct LanesBitsTests {
  @Test(arguments: Precision.allCases) func areWellFormed(_ precision: Precision) {
    for target in Target.all {
      for program in SamplePrograms.vectors(precision, target) { #expect(program.problems() == []) }
    }
  }

  private func expectSameBits(
    _ precision: Precision, _ target: Target, _ forms: [NativeForm],
    counts: [Int] = isThorough ? [1, 2, 3, 4, 8, 16, 20, 32, 48, 64] : [1, 3, 8, 20, 64]
  ) throws {
    let differences = try NativeComparison.differences(
      SamplePrograms.vectors(precision, target, counts: counts), forms: forms,
      samples: [1, 2, 5, 32, 33, 64, 69])
    #expect(differences == [])
  }

  /// Targets with precisions: each with each, or each target with one of them.
  private static func pairs(_ targets: [Target]) -> [(Target, Precision)] {
    isThorough
      ? targets.flatMap { target in Precision.allCases.map { (target, $0) } }
      : targets.enumerated().map { ($1, $0 % 2 == 0 ? .f32 : .f64) }
  }

  @Test(arguments: pairs(NativeForm.vectorTargets))
  func vectorsInC(_ target: Target, _ precision: Precision) throws {
    let flags = NativeForm.flags(target)
    var forms: [NativeForm] = [
      .compiler("gcc", ["-O2"] + flags), .compiler("clang", ["-O1"] + flags),
    ]
    if isThorough {
      forms = [
        .compiler("gcc", ["-O0"] + flags), .compiler("gcc", ["-O3"] + flags),
        .compiler("clang", ["-O2"] + flags),
      ]
    }
    try expectSameBits(precision, target, forms)
  }

  /// C99 runs on any machine, whatever the target.
  @Test(arguments: pairs([.generic] + NativeForm.vectorTargets.suffix(1)))
  func loopsInC(_ target: Target, _ precision: Precision) throws {
    let forms: [NativeForm] =
      isThorough
      ? [.gcc("-O0"), .gcc("-O3", "-march=native"), .clang("-O3")]
      : [.gcc("-O2", "-march=native"), .clang("-O1")]
    try expectSameBits(precision, target, forms.map(\.plain))
  }

  /// Fewer lanes, since swiftc takes a minute for the rest.
  @Test(arguments: pairs([.generic] + NativeForm.vectorTargets.suffix(1)))
  func vectorsInSwift(_ target: Target, _ precision: Precision) throws {
    let machine = NativeForm.flags(target).flatMap { ["-Xcc", $0] }
    let form: NativeForm =
      target == .generic ? .swift("-Onone") : .swift(["-O", "-Xcc", "-fno-math-errno"] + machine)
    try expectSameBits(precision, target, [form], counts: [1, 3, 20])
  }
}
