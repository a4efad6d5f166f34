import NNCExecution

/// Samples that can be read in any order.
public protocol SampleSource {
  /// How many samples there are.
  var count: Int { get }
  /// Copies the inputs and targets of the samples of these numbers, one after another; an empty buffer is left out.
  func read(
    _ samples: ArraySlice<Int>, input: UnsafeMutableBufferPointer<Double>,
    target: UnsafeMutableBufferPointer<Double>) throws
}

/// Brings samples into a network's memory, in the precision that is computed in.
final class BatchReader<Real: ProgramReal> {
  private let source: any SampleSource
  private let memory: NetworkMemory<Real>
  private let widths: (input: Int, target: Int)
  private var input: [Double]
  private var target: [Double]
  private var present: [Int] = []

  /// Reads samples of these widths into a memory whose inputs and targets nothing else writes, but for what is followed by ``forget``.
  init(
    _ source: any SampleSource, into memory: NetworkMemory<Real>, input: Int, target: Int
  ) {
    self.source = source
    self.memory = memory
    widths = (input, target)
    self.input = Array(repeating: 0, count: input * memory.capacity)
    self.target = Array(repeating: 0, count: target * memory.capacity)
  }

  /// Reads a batch; the one that was read last still lies there.
  func read(_ samples: ArraySlice<Int>) throws {
    if samples == present[...] { return }
    present = []
    let counts = (samples.count * widths.input, samples.count * widths.target)
    try input.withUnsafeMutableBufferPointer { input in
      try target.withUnsafeMutableBufferPointer { target in
        let numbers = UnsafeMutableBufferPointer(rebasing: input[..<counts.0])
        let wanted = UnsafeMutableBufferPointer(rebasing: target[..<counts.1])
        try source.read(samples, input: numbers, target: wanted)
        copy(numbers, to: memory[.input])
        copy(wanted, to: memory[.target])
      }
    }
    present = Array(samples)
  }

  /// Forgets which batch lies there: something else has written the memory's inputs.
  func forget() { present = [] }

  private func copy(
    _ numbers: UnsafeMutableBufferPointer<Double>, to array: UnsafeMutableBufferPointer<Real>
  ) {
    for place in numbers.indices { array[place] = Real(numbers[place]) }
  }
}
