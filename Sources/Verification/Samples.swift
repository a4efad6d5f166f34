import NNC
import NNCProgram
import NNCTraining

/// Inputs and targets that a network is run with, one sample after the other.
public struct Samples: Sendable {
  /// How many there are.
  public let count: Int
  let inputs: [Double]
  let targets: [Double]

  /// The first samples of a source.
  public init(first count: Int, of source: any SampleSource, for build: Build) throws {
    let program = build.program
    self.count = min(count, source.count)
    var inputs = [Double](repeating: 0, count: self.count * program.inputCount)
    var targets = [Double](repeating: 0, count: self.count * program.targetCount)
    let all = Array(0..<self.count)
    try inputs.withUnsafeMutableBufferPointer { inputs in
      try targets.withUnsafeMutableBufferPointer { targets in
        try source.read(all[...], input: inputs, target: targets)
      }
    }
    self.inputs = inputs
    self.targets = targets
  }

  /// Random samples: inputs on [−1, 1), of every fourth sample on [−30, 30); targets on (0, 1); whole numbers as they are
  /// asked for.
  public init(_ count: Int, seed: UInt64, for build: Build) {
    let program = build.program
    self.count = count
    let generator = UniformGenerator(seed: seed, stream: 1 << 41)
    let width = program.inputCount
    /// A whole number below what is asked of that place of a row; nil where any number will do.
    func whole(_ argument: Entry.Argument, _ place: Int, _ number: Int) -> Double? {
      guard let bounds = program.wholeNumbers[argument] else { return nil }
      let unit = 0.5 + generator.value(at: number, bound: 0.5)
      return (unit * Double(bounds[place % bounds.count])).rounded(.down)
    }
    inputs = (0..<count * width).map {
      whole(.input, $0, $0) ?? generator.value(at: $0, bound: $0 / width % 4 == 3 ? 30 : 1)
    }
    targets = (0..<count * program.targetCount).map {
      let number = count * width + $0
      return whole(.target, $0, number) ?? 0.5 + generator.value(at: number, bound: 0.5)
    }
  }

  /// Samples of their numbers.
  init(inputs: [Double], targets: [Double], count: Int) {
    self.count = count
    self.inputs = inputs
    self.targets = targets
  }

  /// Brings a step of the first sample to a memory's arrays; before the first one the sequence begins.
  func load<Real>(step turn: Int, into memory: NetworkMemory<Real>, for program: Program) {
    guard let stepping = program.stepping else { return }
    if turn == 0 { memory.beginStream(program) }
    for (place, number) in stepping.places(at: turn).enumerated() {
      memory[.frame][place] = Real(inputs[number])
    }
  }

  /// Brings a range of samples to the beginning of a memory's arrays.
  func load<Real>(_ range: Range<Int>, into memory: NetworkMemory<Real>, for program: Program) {
    for (argument, numbers, width) in [
      (Entry.Argument.input, inputs, program.inputCount), (.target, targets, program.targetCount),
    ] {
      let array = memory[argument]
      let start = range.lowerBound * width
      for place in 0..<range.count * width { array[place] = Real(numbers[start + place]) }
    }
  }
}
