import Foundation
import NNCAlgebra
import NNCDiagnostics
import NNCEmission
import NNCProgram
import Testing

@testable import NNC

/// Networks for images and signals: interpreter, gcc, clang and swiftc give equal bits.
@Suite struct ImageBitsTests {
  private static let networks = NetworkBits(
    stem: "image",
    sources: [
      "input 1x6x6; conv 1->2 kernel=3; relu; maxpool 2; flatten; linear 3; loss cross_entropy; train sgd lr=0.1",
      "input 2x5x5; conv 4 kernel=3 stride=2 pad=same; groupnorm 2; relu; depthwise kernel=3 pad=1; relu; "
        + "avgpool 2 stride=1; globalmaxpool; linear 2; loss mse; train adam",
      "input 2x9; conv 3 kernel=3 dilation=2 pad=causal; tanh; maxpool 2 ceil=yes; deconv 2 kernel=2 stride=2; "
        + "globalavgpool; loss mse; train sgd lr=0.1",
    ])

  @Test(arguments: Precision.allCases) func sameBits(_ precision: Precision) throws {
    try Self.networks.check(precision)
  }

  @Test(arguments: NativeForm.vectorTargets)
  func sameBitsInVectors(_ target: Target) throws {
    try Self.networks.checkVectors(target)
  }

  /// What a choice may not take is loaded all the same, before it.
  @Test func branchesDoNotLoad() throws {
    let program = try Self.networks.programs(.f64, .generic)[0]
    let source = CEmitter(program).source
    let branches = source.matches(of: /(\w+\[[^\]]*\]) : |: (\w+\[[^\]]*\]);/)
    for branch in branches {
      let load = String(branch.output.1 ?? branch.output.2!)
      let line = source[source.lineRange(for: branch.range)]
      // Where the condition loads it, too, it is no load of the branch.
      #expect(line.components(separatedBy: load).count > 2, "\(line)")
    }
    #expect(source.contains(" ? "))
  }
}
