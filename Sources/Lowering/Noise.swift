import NNCAlgebra
import NNCGraph
import NNCProgram

/// What the noise of a training step depends on, besides its place.
public struct NoiseSource: Sendable {
  /// The network's seed.
  public var seed: UInt64
  /// The name of the field of the state that counts the steps, a scalar; entries that are not given the state take it as
  /// 0. It is a result like others that adds 1 to it.
  public var counter: String

  /// Makes a source.
  public init(seed: UInt64, counter: String) {
    self.seed = seed
    self.counter = counter
  }
}

/// Writes the numbers of leaves of noise.
///
/// The number at element e of sample s of leaf k in step i is that of the block (i, s·2ᵇ + e) under the key (seed, k),
/// where b is the number of bits that the elements of one sample take.
struct NoiseWriter {
  let source: NoiseSource
  /// The leaf's number as a word.
  let leaf: ValueID
  /// The step's number as a word.
  let step: ValueID
  /// How many numbers the leaf has for one sample.
  let count: Int

  /// The number at an element of a sample, both given as words.
  func number(sample: ValueID, element: ValueID, _ writer: inout KernelWriter) -> ValueID {
    let low = source.seed & 0xffff_ffff
    let seed = writer.bits(writer.precision == .f64 ? source.seed : source.seed >> 32 ^ low)
    let width = writer.bits(UInt64(Int.bitWidth - (count - 1).leadingZeroBitCount))
    let row = writer.primitive(.shiftLeft, [sample, width])
    let place = writer.primitive(.bitAdd, [row, element])
    return writer.uniform(writer.threefry(key: (seed, leaf), counter: (step, place)))
  }
}

extension Context {
  /// The source of noise.
  var noise: NoiseSource {
    guard let noise = request.noise else { preconditionFailure("noise without a source") }
    return noise
  }

  /// The number of a leaf among the leaves of noise.
  func noiseNumber(ofSymbol index: Int) -> Int {
    noiseNumbers[index]!
  }

  /// The place of the counter of steps in the state.
  var noiseCounter: Int {
    guard let field = request.state.first(where: { $0.name == noise.counter }) else {
      preconditionFailure("no field \(noise.counter) in the state")
    }
    return field.offset
  }
}

extension NestWriter {
  /// Writes the kernel of a leaf of noise: its samples and elements are counted as they are passed.
  mutating func writeNoise(_ noise: NoiseTask, to output: BufferID, count: Int) {
    operations = ["noise"]
    let number = array(noise.number)
    let leaf = writer.word(of: writer.load(access(number, noise.number, Affine(), nil)))
    var step = writer.bits(0)
    if let counter = noise.counter {
      let place = array(counter)
      step = writer.word(of: writer.load(access(place, counter, Affine(), nil)))
    }
    let source = NoiseWriter(source: context.noise, leaf: leaf, step: step, count: count)
    let (zero, one) = (writer.real(0), writer.real(1))
    let target = array(output)
    var place: Place.Sample?
    var block: LoopID?
    var samples = zero
    var sample = writer.bits(0)
    if buffers.many {
      samples = writer.accumulator(initial: zero)
      (place, block) = openOrderedSamples()
      sample = writer.word(ofCounter: samples)
    }
    let elements = writer.accumulator(initial: zero)
    let loop = open(.fixed(count), .ordered)
    let element = writer.word(ofCounter: elements)
    let value = source.number(sample: sample, element: element, &writer)
    writer.store(access(target, output, Affine(loop: loop), place), value)
    writer.accumulate(elements, .add, one)
    close()
    if buffers.many {
      writer.accumulate(samples, .add, one)
      close()
      if let block {
        fillPadding(of: output, from: Affine(), count: count, block)
        close()
      }
    }
  }
}
