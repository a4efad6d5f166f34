#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import NNCProgram

/// How a token is chosen by the logits of all.
public struct TokenChoice: Hashable, Sendable {
  /// What logits are divided by: below 1 likely tokens become likelier; with 0 the likeliest is taken.
  public var temperature: Double
  /// Only so many of the likeliest are taken; nil for all.
  public var top: Int?
  /// Only the likeliest are taken that together have this probability: A. Holtzman et al., The Curious Case of Neural Text
  /// Degeneration (2020).
  public var share: Double
  private let generator: UniformGenerator

  /// The stream of random numbers: none of a network's parameters, whose streams begin with 0.
  private static let stream: UInt64 = 1 << 42

  /// A way to choose; equal seeds choose alike.
  public init(temperature: Double = 1, top: Int? = nil, share: Double = 1, seed: UInt64 = 0) {
    self.temperature = temperature
    self.top = top
    self.share = share
    generator = UniformGenerator(seed: seed, stream: Self.stream)
  }

  /// The token chosen in a place of a text; nil where no logit is a number.
  public func token(_ logits: ArraySlice<Double>, at place: Int) -> Int? {
    // Of equal ones the first, whatever the sort does.
    var order = logits.indices.filter { !logits[$0].isNaN }
    order.sort { logits[$0] == logits[$1] ? $0 < $1 : logits[$0] > logits[$1] }
    guard let first = order.first else { return nil }
    if temperature == 0 { return first - logits.startIndex }
    if let top { order = Array(order.prefix(max(1, top))) }
    let greatest = logits[first]
    let weights = order.map { exp((logits[$0] - greatest) / temperature) }
    let total = weights.reduce(0, +)
    var kept = 0
    var sum = 0.0
    while kept < weights.count, kept == 0 || sum < share * total {
      sum += weights[kept]
      kept += 1
    }
    var rest = (0.5 + generator.value(at: place, bound: 0.5)) * sum
    for (index, weight) in weights.prefix(kept).enumerated() {
      rest -= weight
      if rest < 0 { return order[index] - logits.startIndex }
    }
    return order[kept - 1] - logits.startIndex
  }
}
