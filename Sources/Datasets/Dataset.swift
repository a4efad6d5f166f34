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

  /// How the texts of the input columns became numbers; empty where each stands for its number.
  public internal(set) var columns: [ColumnFormat] = []
  /// What whole numbers stand for, where the samples are a text; nil where they are not.
  public internal(set) var vocabulary: Vocabulary?
  /// How numbers are written.
  public internal(set) var style = NumberStyle()
  /// In which order a date with slashes has day and month.
  public internal(set) var dateOrder: DateOrder?
  /// What was found out of the columns, for people.
  public internal(set) var remarks: [String] = []
  /// The samples that cannot be used, where they were asked for.
  public internal(set) var unusable: [UnusableRow] = []
  /// How many values of each input column are missing.
  public internal(set) var missing: [Int] = []
  /// How many rows were left out: for a missing input, and for a missing target.
  public internal(set) var dropped = (input: 0, target: 0)

  /// Each row an input followed by a target as it stands in the file.
  private let rows: any RowSource
  /// The same rows in memory, if they fit.
  private let memory: SampleMemory?
  private let labels: Classes?

  init(
    name: String, rows: any RowSource, memory: SampleMemory?, inputWidth: Int, targetWidth: Int,
    inputNames: [String],
    targetNames: [String], labels: Classes?, transform: ColumnTransform?
  ) {
    self.name = name
    self.rows = rows
    self.memory = memory
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
    var result = DataDescription(
      inputs: inputNames, targets: targetNames, classes: classes, columns: columns, style: style,
      dateOrder: dateOrder, transform: transform)
    result.vocabulary = vocabulary
    return result
  }

  /// The class of each sample; nil where the target is numbers.
  public func classNumbers() throws(FileFailure) -> [Int]? {
    if classes.isEmpty { return nil }
    var numbers: [Int] = []
    let part = max(1, (1 << 16) / (inputWidth + targetWidth))
    let input = UnsafeMutableBufferPointer<Double>.allocate(capacity: part * inputWidth)
    let target = UnsafeMutableBufferPointer<Double>.allocate(capacity: part * targetWidth)
    input.initialize(repeating: 0)
    target.initialize(repeating: 0)
    defer {
      input.deallocate()
      target.deallocate()
    }
    for start in stride(from: 0, to: count, by: part) {
      let rows = Array(start..<min(start + part, count))
      try read(
        rows[...], input: .init(rebasing: input[..<(rows.count * inputWidth)]),
        target: .init(rebasing: target[..<(rows.count * targetWidth)]))
      for row in rows.indices {
        let values = target[(row * targetWidth)..<((row + 1) * targetWidth)]
        numbers.append(
          targetWidth == 1 ? Int(values.first!) : values.firstIndex(of: 1)! - values.startIndex)
      }
    }
    return numbers
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

  /// The names of the samples' files below the folder, where each sample is a file.
  public var files: [String]? { rows.files ?? rows.sides?.left.files }

  /// The table that the samples are of.
  var table: DelimitedText? { rows.table ?? rows.sides?.left.table }

  /// How many raw numbers an input has.
  private var rawWidth: Int { columns.isEmpty ? inputWidth : columns.count }

  /// Calls `body` with the raw numbers of one row after another.
  func forEachRaw(
    of samples: [Int], _ body: (UnsafePointer<Double>) -> Void
  ) throws(FileFailure) {
    if let memory, !memory.inputs.isBytes {
      for sample in samples { body(memory.inputs.numbers(sample, from: 0)) }
      return
    }
    let part = max(1, (1 << 16) / rows.width)
    let room = UnsafeMutableBufferPointer<Double>.allocate(capacity: part * rows.width)
    defer { room.deallocate() }
    room.initialize(repeating: 0)
    for start in stride(from: 0, to: samples.count, by: part) {
      let chunk = samples[start..<min(samples.count, start + part)]
      try rows.read(chunk, into: .init(rebasing: room[..<(chunk.count * rows.width)]))
      for row in 0..<chunk.count { body(UnsafePointer(room.baseAddress! + row * rows.width)) }
    }
  }

  /// Copies inputs whose texts do not all stand for their numbers.
  @inline(__always)
  private func encode<Real: SampleNumber>(
    _ samples: ArraySlice<Int>, _ rows: RowMemory, to target: UnsafeMutablePointer<Real>
  ) {
    let room = UnsafeMutablePointer<Double>.allocate(capacity: inputWidth)
    defer { room.deallocate() }
    var target = target
    for sample in samples {
      let raw = rows.numbers(sample, from: 0)
      var place = room
      for (index, column) in columns.enumerated() {
        column.write(raw[index], to: place)
        place += column.width
      }
      if let transform {
        transform.apply({ room[$0] }, to: target)
      } else {
        for place in 0..<inputWidth { target[place] = Real(rounding: room[place]) }
      }
      target += inputWidth
    }
  }

  /// Copies samples from memory where they lie there, else as they are read.
  @inline(__always)
  private func copy<Real: SampleNumber & ExpressibleByIntegerLiteral>(
    _ samples: ArraySlice<Int>, _ input: UnsafeMutableBufferPointer<Real>,
    _ target: UnsafeMutableBufferPointer<Real>
  ) throws(FileFailure) {
    precondition(input.count == samples.count * inputWidth)
    precondition(target.isEmpty || target.count == samples.count * targetWidth)
    if samples.isEmpty { return }
    if let memory {
      try copy(samples, from: memory, input, target)
      return
    }
    let size = samples.count * rows.width * MemoryLayout<Double>.stride
    let room = RowMemory(
      taking: RowMemory.room(size), isBytes: false, width: rows.width, count: samples.count)
    let numbers = room.memory.bindMemory(to: Double.self)
    try rows.read(samples, into: .init(rebasing: numbers[..<(samples.count * rows.width)]))
    let read = SampleMemory(inputs: room, targets: room, firstTarget: rawWidth)
    try copy(Array(0..<samples.count)[...], from: read, input, target)
  }

  @inline(__always)
  private func copy<Real: SampleNumber & ExpressibleByIntegerLiteral>(
    _ samples: ArraySlice<Int>, from memory: SampleMemory,
    _ input: UnsafeMutableBufferPointer<Real>, _ target: UnsafeMutableBufferPointer<Real>
  ) throws(FileFailure) {
    if let base = input.baseAddress, !columns.isEmpty {
      encode(samples, memory.inputs, to: base)
    } else if let base = input.baseAddress {
      memory.inputs.copy(samples, from: 0, count: inputWidth, transform, to: base)
    }
    guard var target = target.baseAddress, targetWidth > 0 else { return }
    guard let labels else {
      memory.targets.copy(samples, from: memory.firstTarget, count: targetWidth, nil, to: target)
      return
    }
    for sample in samples {
      guard let index = labels.index(of: memory.targets.number(sample, memory.firstTarget)) else {
        throw .machine("`\(name)` changed while it was read")
      }
      if targetWidth == 1 {
        target.pointee = Real(rounding: Double(index))
      } else {
        for output in 0..<targetWidth { target[output] = 0 }
        target[index] = 1
      }
      target += targetWidth
    }
  }
}
