import NNCFormats

/// Samples for a network: inputs, and targets where they are wanted.
///
/// A class becomes a target of the network's width: 1 at its place and 0 elsewhere, or for a network with one output
/// 0 or 1. Samples are counted from 0; they are in memory or are read from the file, which makes no difference.
public struct Dataset: Sendable {
  /// The file's name.
  public let name: String
  /// How many samples there are.
  public let count: Int
  /// Numbers in one sample's input.
  public let inputWidth: Int
  /// Numbers in one sample's target; 0 where there are none.
  public let targetWidth: Int
  /// The names of the input columns; empty where they have none.
  public let inputNames: [String]
  /// The names of the target columns; empty where they have none.
  public let targetNames: [String]
  /// The names of the classes, in the order of the network's outputs; empty where the target is numbers. They may be
  /// fewer than the outputs; a network with one output has two.
  public var classes: [String] { labels?.names ?? [] }
  /// What is done to each input; nil for nothing.
  public var transform: ColumnTransform? {
    didSet { precondition(transform.map { $0.columnCount == inputWidth } ?? true) }
  }

  /// Each row an input followed by a target as it stands in the file.
  private let rows: any RowSource
  private let labels: Classes?

  init(
    name: String, rows: any RowSource, inputWidth: Int, targetWidth: Int, inputNames: [String],
    targetNames: [String], labels: Classes?, transform: ColumnTransform?
  ) {
    self.name = name
    self.rows = rows
    count = rows.count
    self.inputWidth = inputWidth
    self.targetWidth = targetWidth
    self.inputNames = inputNames
    self.targetNames = targetNames
    self.labels = labels
    self.transform = transform
  }

  /// What must be known of this data to give the network more of the kind.
  public var description: DataDescription {
    DataDescription(
      inputs: inputNames, targets: targetNames, classes: classes, transform: transform)
  }

  /// Where a sample stands, for messages: `iris.csv:17`.
  public func place(of sample: Int) -> String { rows.place(of: sample) }

  /// Copies samples into the caller's arrays, one after another.
  ///
  /// - Parameters:
  ///   - samples: which samples, in this order; any may stand in it more than once.
  ///   - input: room for as many inputs.
  ///   - target: room for as many targets; empty where none are wanted.
  public func read(
    _ samples: ArraySlice<Int>, input: UnsafeMutableBufferPointer<Double>,
    target: UnsafeMutableBufferPointer<Double> = .init(start: nil, count: 0)
  ) throws(FileFailure) {
    try copy(samples, input, target)
  }

  /// Copies samples into the caller's arrays, one after another, rounded to binary32.
  public func read(
    _ samples: ArraySlice<Int>, input: UnsafeMutableBufferPointer<Float>,
    target: UnsafeMutableBufferPointer<Float> = .init(start: nil, count: 0)
  ) throws(FileFailure) {
    try copy(samples, input, target)
  }

  private func copy<Real: BinaryFloatingPoint>(
    _ samples: ArraySlice<Int>, _ input: UnsafeMutableBufferPointer<Real>,
    _ target: UnsafeMutableBufferPointer<Real>
  ) throws(FileFailure) {
    precondition(input.count == samples.count * inputWidth)
    precondition(target.isEmpty || target.count == samples.count * targetWidth)
    let numbers = UnsafeMutableBufferPointer<Double>.allocate(capacity: samples.count * rows.width)
    defer { numbers.deallocate() }
    numbers.initialize(repeating: 0)
    try rows.read(samples, into: numbers)
    for sample in 0..<samples.count {
      let row = sample * rows.width
      for column in 0..<inputWidth {
        var value = numbers[row + column]
        if let transform {
          value = (value - transform.mean[column]) / transform.scale[column]
        }
        input[sample * inputWidth + column] = Real(value)
      }
      if target.isEmpty { continue }
      let place = sample * targetWidth
      if let labels {
        guard let index = labels.indices[numbers[row + inputWidth]] else {
          throw .machine("`\(name)` changed while it was read")
        }
        if targetWidth == 1 {
          target[place] = Real(index)
        } else {
          for output in 0..<targetWidth { target[place + output] = output == index ? 1 : 0 }
        }
      } else {
        for output in 0..<targetWidth {
          target[place + output] = Real(numbers[row + inputWidth + output])
        }
      }
    }
  }
}
