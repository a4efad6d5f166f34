import NNCExecution

/// Samples that can be read in any order, also by several threads at a time.
public protocol SampleSource {
  /// How many samples there are.
  var count: Int { get }
  /// Copies the inputs and targets of the samples of these numbers, one after another; an empty buffer is left out.
  func read(
    _ samples: ArraySlice<Int>, input: UnsafeMutableBufferPointer<Double>,
    target: UnsafeMutableBufferPointer<Double>) throws
  /// The same, rounded to binary32.
  func read(
    _ samples: ArraySlice<Int>, input: UnsafeMutableBufferPointer<Float>,
    target: UnsafeMutableBufferPointer<Float>) throws
}

extension SampleSource {
  /// Reads in binary64, and rounds.
  public func read(
    _ samples: ArraySlice<Int>, input: UnsafeMutableBufferPointer<Float>,
    target: UnsafeMutableBufferPointer<Float>
  ) throws {
    var numbers = [Double](repeating: 0, count: input.count)
    var wanted = [Double](repeating: 0, count: target.count)
    try numbers.withUnsafeMutableBufferPointer { numbers in
      try wanted.withUnsafeMutableBufferPointer { wanted in
        try read(samples, input: numbers, target: wanted)
      }
    }
    for place in numbers.indices { input[place] = Float(numbers[place]) }
    for place in wanted.indices { target[place] = Float(wanted[place]) }
  }

  /// Copies samples in a Program's precision.
  func read<Real: ProgramReal>(
    _ samples: ArraySlice<Int>, _ input: UnsafeMutableBufferPointer<Real>,
    _ target: UnsafeMutableBufferPointer<Real>
  ) throws {
    switch Real.precision {
    case .f32: try read(samples, input: input.bound(), target: target.bound() as Buffer<Float>)
    case .f64: try read(samples, input: input.bound(), target: target.bound() as Buffer<Double>)
    }
  }
}

private typealias Buffer<Number> = UnsafeMutableBufferPointer<Number>

extension UnsafeMutableBufferPointer {
  /// The same memory, whose numbers are of this type.
  fileprivate func bound<Number>() -> UnsafeMutableBufferPointer<Number> {
    precondition(MemoryLayout<Number>.stride == MemoryLayout<Element>.stride)
    return UnsafeMutableRawBufferPointer(self).assumingMemoryBound(to: Number.self)
  }
}
