import NNCAlgebra
import NNCDiagnostics
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNCEmission
@testable import NNC

/// Tiles of sums whose finish is a loop over them, where code is scalar: the interpreter's bits in every form.
@Suite struct RolledBitsTests {
  @Test(arguments: [Target.generic] + NativeForm.vectorTargets.suffix(1))
  func sameBits(_ target: Target) throws {
    let text = """
      input 3x40
      conv 3->12 kernel=9; layernorm; tanh
      flatten; linear 20; gelu; linear 13
      loss mse
      train adamw lr=0.01
      """
    var options = CompilerOptions()
    options.precision = target == .generic ? .f64 : .f32
    options.target = target
    options.maximumSamples = 40
    let program = try Compilation(SourceFile(name: "rolled.nn", text: text)).build(options).program
    let rolled = program.kernels.filter { kernel in
      kernel.body.contains { if case .tuple = $0 { true } else { false } }
    }
    #expect(target == .generic ? rolled.count > 3 : rolled.isEmpty)
    let flags = NativeForm.flags(target)
    let gcc = NativeForm.compiler("gcc", ["-O3"] + flags)
    let differences = try NativeComparison.differences(
      [program], forms: target == .generic ? NativeForm.few : [gcc, gcc.plain], samples: [1, 37])
    #expect(differences == [])
  }
}
