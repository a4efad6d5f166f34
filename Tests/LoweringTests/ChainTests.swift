import Lowering
import Program
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
  @Test func memoryIsActivationsAndTwoTemporaries() {
    let chain = Chain(layers: 100, width: 8)
    let lowered = chain.trial.lower(.train, chain.results)
    #expect(lowered.plans[0].count <= (100 + 2) * 8)
    #expect(lowered.plans[1].count <= (100 + 2) * 8 * chain.trial.maximumSamples)
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
