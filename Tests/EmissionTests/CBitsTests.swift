import NNCAlgebra
import NNCProgram
import Testing

@testable import NNCEmission

/// Emitted C against the interpreter, bit by bit, by both compilers at several levels.
@Suite struct CBitsTests {
  @Test(arguments: Precision.allCases) func sameBits(_ precision: Precision) throws {
    let differences = try NativeComparison.differences(
      SamplePrograms.all(precision), forms: NativeForm.all.filter { $0.language == .c },
      samples: [1, 2, 5, 40])
    #expect(differences == [])
  }
}
