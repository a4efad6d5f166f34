import NNCAlgebra
import NNCDiagnostics
import NNCEmission
import NNCProgram
import Testing

@testable import NNC

/// Networks for tokens and sequences: interpreter, gcc, clang and swiftc give equal bits.
@Suite struct SequenceBitsTests {
  /// Loops: straight-line code looks nothing up.
  private static let networks = NetworkBits(
    stem: "tokens",
    sources: [
      "input 5 of 7; embedding 7->4; flatten; linear 3; loss mse; train adam",
      "input 3 of 6; embedding 6->2; positions; residual { attention heads=2 causal=yes }; "
        + "linear ->6 weight=embedding1.weight bias=no; loss cross_entropy; train sgd lr=0.1",
      "input a 3 of 5; input b 2 of 3; from a; embedding 5->3; p: flatten; from b; onehot; flatten; concat p; "
        + "linear 2; loss mse; train sgd lr=0.1 momentum=0.9",
      "input 3x2; positions sin; attention heads=2 kv_heads=1; last; linear 2; loss mse",
      "input 9x2; lstm 3; last; linear 2; loss mse; train adam",
      "input 3x2; gru 2 bidirectional=yes layers=2; loss mse; train sgd lr=0.1",
      "input 4x2; scan h=2 c=2 { concat h; linear 2; c: = x*c + sigmoid(x); h: tanh }; rnn 2; loss mse; train sgd lr=0.1",
    ], areLoops: true)

  @Test(arguments: Precision.allCases) func sameBits(_ precision: Precision) throws {
    try Self.networks.check(precision)
  }

  @Test(arguments: NativeForm.vectorTargets)
  func sameBitsInVectors(_ target: Target) throws {
    try Self.networks.checkVectors(target)
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
