import NNCAlgebra
import NNCProgram
import Testing

@testable import NNCEmission

/// Emitted Swift against the interpreter, bit by bit.
@Suite struct SwiftBitsTests {
  @Test(arguments: Precision.allCases) func sameBits(_ precision: Precision) throws {
    let differences = try NativeComparison.differences(
      SamplePrograms.all(precision), forms: NativeForm.all.filter { $0.language == .swift },
      samples: [1, 2, 5, 40])
    #expect(differences == [])
  }
}
