import NNCLowering
import NNCProgram
import Testing

@Suite struct ChainTests {
  @Test func aStepOfAChain() {
    let chain = Chain(layers: 5, width: 6)
    chain.trial.check(.train, chain.results)
  }

  @Test func equalLayersShareKernels() {
    let short = Chain(layers: 8, width: 3)
    let long = Chain(layers: 200, width: 3)
    let few = short.trial.lower(.train, short.results).program
    let many = long.trial.lower(.train, long.results).program
    #expect(many.kernels.count == few.kernels.count)
    #expect(many.kernels.count <= 20)
    #expect(many.problems().isEmpty)
  }

  /// Updates follow their gradients, so only the activations of the forward pass pile up.
  @Test(arguments: ["generic", "x86-64-v3", "x86-64-v4"], [3, 20, 100])
  func memoryIsActivationsAndTwoTemporaries(_ name: String, _ layers: Int) throws {
    var chain = Chain(layers: layers, width: 32)
    chain.trial.maximumSamples = 64
    let target = try #require(Target(named: name))
    let lowered = chain.trial.lower(.train, chain.results, for: target)
    #expect(lowered.plans[0].count <= (layers + 2) * 32)
    #expect(lowered.plans[1].count <= (layers + 2) * 32 * chain.trial.maximumSamples)
    for plan in lowered.plans {
      for (index, one) in plan.arrays.enumerated() {
        for other in plan.arrays[(index + 1)...] {
          let areTogether = one.firstCall <= other.lastCall && other.firstCall <= one.lastCall
          let overlap =
            one.offset < other.offset + other.count && other.offset < one.offset + one.count
          #expect(!(areTogether && overlap))
        }
      }
    }
  }
}
