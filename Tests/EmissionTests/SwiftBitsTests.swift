import NNCAlgebra
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNCEmission

/// Emitted Swift against the interpreter, bit by bit; by default at one level for each precision.
@Suite struct SwiftBitsTests {
  @Test(arguments: Precision.allCases) func sameBits(_ precision: Precision) throws {
    let few: NativeForm = precision == .f64 ? .swift("-Onone") : .swift("-O")
    let differences = try NativeComparison.differences(
      SamplePrograms.all(precision),
      forms: isThorough ? NativeForm.all.filter { $0.language == .swift } : [few],
      samples: [1, 2, 5, 40])
    #expect(differences == [])
  }
}
