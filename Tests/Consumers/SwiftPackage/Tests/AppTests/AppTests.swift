import Testing

@testable import App

@Test func aNetworkOfTheTestsLearns() {
  var p = Gate.Parameters()
  let samples: [(InlineArray<2, Double>, InlineArray<1, Double>)] = [
    ([0, 0], [0]), ([0, 1], [1]), ([1, 0], [1]), ([1, 1], [0]),
  ]
  let before = samples.reduce(0) { $0 + Gate.loss(p, input: $1.0, target: $1.1) }
  for _ in 0..<2000 { for (x, t) in samples { _ = Gate.train(&p, input: x, target: t) } }
  let after = samples.reduce(0) { $0 + Gate.loss(p, input: $1.0, target: $1.1) }
  #expect(after < before)
}

@Test func theNetworkOfTheAppIsThere() {
  #expect(Backprop.parameterCount == 12)
}
