import Algebra
import Foundation
import Program
import Testing

@testable import Emission

/// Loops over lanes, in vectors and as loops: every form gives the interpreter's bits.
@Suite struct LanesBitsTests {
  @Test(arguments: Precision.allCases) func areWellFormed(_ precision: Precision) {
    for target in Target.all {
      for program in SamplePrograms.vectors(precision, target) { #expect(program.problems() == []) }
    }
  }

  private func expectSameBits(_ precision: Precision, _ target: Target, _ forms: [NativeForm])
    throws
  {
    let differences = try NativeComparison.differences(
      SamplePrograms.vectors(precision, target), forms: forms, samples: [1, 2, 5, 32, 33, 64, 69])
    #expect(differences == [])
  }

  @Test(arguments: NativeForm.vectorTargets, Precision.allCases)
  func vectorsInC(_ target: Target, _ precision: Precision) throws {
    let flags = NativeForm.flags(target)
    var forms: [NativeForm] = []
    for level in ["-O0", "-O2", "-O3"] {
      forms.append(.compiler("gcc", [level] + flags))
      forms.append(.compiler("clang", [level] + flags))
    }
    try expectSameBits(precision, target, forms)
  }
}
