import NNCProgram

/// The numbers below `count` in the order in which a split with that seed deals them out.
public func dealtOut(_ count: Int, seed: UInt64) -> [Int] { Shuffle(seed: seed).split(count) }

/// The orders of samples that a seed gives, the same on every machine.
///
/// R. Fisher and F. Yates's shuffle, from the last place down: place i changes with place ⌊u · (i + 1)⌋, u on [0, 1)
/// being number i of a stream of the network's generator (Philox4x32-10). Streams from 2⁴¹ on belong to shuffles: that
/// of the split first, then one for each epoch; those from 2⁴² on to ``Augmentation``.
struct Shuffle: Sendable {
  private static let firstStream: UInt64 = 1 << 41
  let seed: UInt64

  /// The numbers below `count` in the order in which a split deals them out.
  func split(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order, stream: Self.firstStream)
    return order
  }

  /// The samples in the order of an epoch, counted from 0.
  func order(_ samples: [Int], epoch: Int) -> [Int] {
    var order = samples
    shuffle(&order, stream: Self.firstStream + 1 + UInt64(epoch))
    return order
  }

  private func shuffle(_ order: inout [Int], stream: UInt64) {
    let generator = UniformGenerator(seed: seed, stream: stream)
    var place = order.count - 1
    while place > 0 {
      // The generator gives 2u − 1; halving it is exact.
      let u = (generator.value(at: place, bound: 1) + 1) / 2
      order.swapAt(place, min(place, Int(u * Double(place + 1))))
      place -= 1
    }
  }
}
