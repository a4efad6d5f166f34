import NNCAlgebra
import Foundation
import NNCProgram
import Testing

@testable import NNCEmission

/// Loops over lanes, in vectors and as loops: every form gives the interpreter's bits.
@Suite struct LanesBitsTests {
  @Test(arguments: Precision.allCases) func areWellFormed(_ precision: Precision) {
    for target in Target.all {
      for program in SamplePrograms.vectors(precision, target) { #expect(program.problems() == []) }
    }
  }

  private func expectSameBits(
    _ precision: Precision, _ target: Target, _ forms: [NativeForm],
    counts: [Int] = [1, 2, 3, 4, 8, 16, 20, 32, 48, 64]
  ) throws {
    let differences = try NativeComparison.differences(
      SamplePrograms.vectors(precision, target, counts: counts), forms: forms,
      samples: [1, 2, 5, 32, 33, 64, 69])
    #expect(differences == [])
  }

  @Test(arguments: NativeForm.vectorTargets, Precision.allCases)
  func vectorsInC(_ target: Target, _ precision: Precision) throws {
    let flags = NativeForm.flags(target)
    let forms: [NativeForm] = [
      .compiler("gcc", ["-O0"] + flags), .compiler("gcc", ["-O3"] + flags),
      .compiler("clang", ["-O2"] + flags),
    ]
    try expectSameBits(precision, target, forms)
  }

  /// C99 runs on any machine, whatever the target.
  @Test(arguments: [Target.generic] + NativeForm.vectorTargets.suffix(1), Precision.allCases)
  func loopsInC(_ target: Target, _ precision: Precision) throws {
    let forms: [NativeForm] = [.gcc("-O0"), .gcc("-O3", "-march=native"), .clang("-O3")]
    try expectSameBits(precision, target, forms.map(\.plain))
  }

  /// Fewer lanes, since swiftc takes a minute for the rest.
  @Test(arguments: [Target.generic] + NativeForm.vectorTargets.suffix(1), Precision.allCases)
  func vectorsInSwift(_ target: Target, _ precision: Precision) throws {
    let machine = NativeForm.flags(target).flatMap { ["-Xcc", $0] }
    let form: NativeForm =
      target == .generic ? .swift("-Onone") : .swift(["-O", "-Xcc", "-fno-math-errno"] + machine)
    try expectSameBits(precision, target, [form], counts: [1, 3, 20])
  }
}
