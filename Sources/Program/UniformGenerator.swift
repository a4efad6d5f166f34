/// The generator of initial values: Philox4x32-10, which computes each number from its place alone.
///
/// Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
///
/// Element k of stream s under a seed: the key is the seed's low and high halves; the counter is the low and high
/// halves of ⌊k/2⌋ and of s. An even k takes the outputs 0 and 1, an odd one 2 and 3:
///
///     bits  = (first · 2³² + second) >> 11
///     u     = bits · 2⁻⁵³                      on [0, 1)
///     value = ((u + u) − 1) · bound            on [−bound, bound), in binary64
public struct UniformGenerator: Hashable, Sendable {
  /// The seed; one for a whole network.
  public var seed: UInt64
  /// The stream; one for each field.
  public var stream: UInt64

  /// Makes the generator of a stream.
  public init(seed: UInt64, stream: UInt64) {
    self.seed = seed
    self.stream = stream
  }

  /// Number `index` of the stream on [−bound, bound), in binary64.
  public func value(at index: Int, bound: Double) -> Double {
    let pair = UInt64(index / 2)
    let output = Self.philox(
      counter: .init(Self.low(pair), Self.high(pair), Self.low(stream), Self.high(stream)),
      key: (Self.low(seed), Self.high(seed)))
    let (first, second) = index % 2 == 0 ? (output[0], output[1]) : (output[2], output[3])
    let bits = (UInt64(first) << 32 | UInt64(second)) >> 11
    let u = Double(bits) * 0x1p-53
    return ((u + u) - 1) * bound
  }

  /// Ten rounds of the Philox4x32 bijection: each multiplies two words of the counter by odd constants, exchanges
  /// halves of the products and adds the key, which grows by the golden ratio and by √3 − 1 between rounds.
  static func philox(
    counter: SIMD4<UInt32>, key: (UInt32, UInt32)
  ) -> SIMD4<UInt32> {
    var counter = counter
    var key = key
    for _ in 0..<10 {
      let a = UInt64(counter[0]) * 0xD251_1F53
      let b = UInt64(counter[2]) * 0xCD9E_8D57
      counter = .init(
        high(b) ^ counter[1] ^ key.0, low(b), high(a) ^ counter[3] ^ key.1, low(a))
      key.0 &+= 0x9E37_79B9
      key.1 &+= 0xBB67_AE85
    }
    return counter
  }

  private static func low(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word) }
  private static func high(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word >> 32) }
}

extension Field {
  /// The numbers that it begins with, in binary64; whoever stores them rounds them to the Program's precision.
  public var initialValues: [Double] {
    switch initial {
    case .literal(let values): return values
    case .fill(let value): return [Double](repeating: value, count: count)
    case .uniform(let bound, let seed, let stream):
      let generator = UniformGenerator(seed: seed, stream: stream)
      return (0..<count).map { generator.value(at: $0, bound: bound) }
    }
  }
}
