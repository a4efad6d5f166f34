import NNCExecution
import NNCProgram

/// How the inputs of a training are changed at random, each time anew, so that more is learnt from them.
///
/// Inputs are channels of pictures, or of signals, whose last axes are places. What a sample becomes depends on the seed,
/// the epoch and the sample alone, and so not on batches, nor on whether a training was interrupted.
public struct Augmentation: Hashable, Sendable {
  /// The shape of an input: channels, then one axis of places or two.
  public let shape: [Int]
  /// Whether half of the samples are mirrored along the last axis.
  public var flips = false
  /// Whether half of the samples are mirrored along the axis before it, of pictures.
  public var flipsVertically = false
  /// By how many places at most a sample is moved along each axis; every distance is as likely.
  public var shift = 0
  /// The number where nothing is moved to.
  public var border = 0.0

  /// No change of inputs of a shape with two axes or three.
  public init(shape: [Int]) {
    precondition(shape.count == 2 || shape.count == 3)
    self.shape = shape
  }

  /// Whether anything is changed.
  public var isNone: Bool { !flips && !flipsVertically && shift == 0 }

  private var channels: Int { shape[0] }
  private var height: Int { shape.count == 3 ? shape[1] : 1 }
  private var width: Int { shape[shape.count - 1] }

  /// What is done to one sample.
  struct Change: Hashable {
    var isFlipped: Bool
    var isFlippedVertically: Bool
    var right: Int
    var down: Int
  }

  /// Streams of the network's generator from here on belong to augmentations, one to each epoch (see ``Shuffle``).
  private static let firstStream: UInt64 = 1 << 42

  /// What is done to a sample in an epoch, counted from 0: numbers 4·i to 4·i + 3 of the epoch's stream decide it.
  func change(of sample: Int, epoch: Int, seed: UInt64) -> Change {
    let generator = UniformGenerator(seed: seed, stream: Self.firstStream + UInt64(epoch))
    // The generator gives 2u − 1; halving it is exact.
    func u(_ number: Int) -> Double { (generator.value(at: 4 * sample + number, bound: 1) + 1) / 2 }
    func distance(_ number: Int) -> Int {
      shift == 0 ? 0 : min(2 * shift, Int(u(number) * Double(2 * shift + 1))) - shift
    }
    return Change(
      isFlipped: flips && u(0) < 0.5, isFlippedVertically: flipsVertically && u(1) < 0.5,
      right: distance(2), down: shape.count == 3 ? distance(3) : 0)
  }

  /// Changes inputs that lie one after another: those of the samples of these numbers.
  func apply<Real: ProgramReal>(
    to inputs: UnsafeMutablePointer<Real>, of samples: ArraySlice<Int>, epoch: Int, seed: UInt64
  ) {
    let size = channels * height * width
    let old = UnsafeMutablePointer<Real>.allocate(capacity: size)
    defer { old.deallocate() }
    for (place, sample) in samples.enumerated() {
      let change = change(of: sample, epoch: epoch, seed: seed)
      let input = inputs + place * size
      old.update(from: input, count: size)
      write(change, old, to: input)
    }
  }

  /// Number (c, y, x) becomes the one at (c, y − down, x − right), mirrored before it is moved.
  private func write<Real: ProgramReal>(
    _ change: Change, _ old: UnsafeMutablePointer<Real>, to input: UnsafeMutablePointer<Real>
  ) {
    let border = Real(border)
    for row in 0..<channels * height {
      let (channel, y) = row.quotientAndRemainder(dividingBy: height)
      var line = y - change.down
      let target = input + row * width
      guard (0..<height).contains(line) else {
        for x in 0..<width { target[x] = border }
        continue
      }
      if change.isFlippedVertically { line = height - 1 - line }
      let source = old + (channel * height + line) * width
      for x in 0..<width {
        let column = x - change.right
        let isInside = column >= 0 && column < width
        target[x] = isInside ? source[change.isFlipped ? width - 1 - column : column] : border
      }
    }
  }
}
