import NNCAlgebra
import NNCGraph
import NNCProgram

/// The algorithm of one kernel: what each element of its results is, and nothing of the order of the work.
///
///     out[s, o] = relu((Σ k: weight[784·o + k] · x[s, k]) + bias[o])        s, o parallel; k summed
///
/// Axes are *parallel*, one element of the results for each index along them, or *summed*. The samples of a call are an
/// axis like any other. Elements of arrays stand at affine functions of the axes, so windows with strides and dilation,
/// transposes, slices and diagonals are all the same to it. What stands around the sums is the epilogue. A
/// ``Schedule`` says how the loops run.
struct Nest {
  /// Along what elements are computed or summed.
  struct Axis: Hashable {
    /// How long it is; where it counts the samples of a call, for how many it is planned.
    var extent: Int
    /// Whether a sum or a maximum goes along it.
    var isSummed: Bool
    /// Whether it counts the samples of a call.
    var isSample = false
    /// Whether its indices come one after the other: what they add to may be the same place.
    var isOrdered = false
    /// The element whose number is the only index; nil where all are gone through.
    var chosen: Chosen?
  }

  /// An element that holds an index along an axis.
  struct Chosen: Hashable {
    var array: BufferID
    var index: Index
  }

  /// Where in an array an element is.
  struct Index: Hashable {
    /// The place in row-major order in what one sample has: loops are the numbers of axes.
    var flat: Affine
    /// The axis that counts samples, where each has numbers of its own there.
    var sample: Int?
  }

  /// One value of the expression, of values before it.
  enum Value: Hashable {
    /// A number, as its bits.
    case number(UInt64)
    /// How many samples the call has.
    case sampleCount
    /// An index, as a number.
    case position(Affine)
    /// An element of an array.
    case element(array: BufferID, Index)
    /// A scalar operation.
    case map(NNCAlgebra.Operation, [Int])
    /// A product that stands under a sum or by itself.
    case product(Int, Int)
    /// The sum of a value along axes, in row-major order of them.
    case sum(Int, over: [Int])
    /// The greatest value along axes.
    case maximum(Int, over: [Int])

    /// The values that it is made of.
    var operands: [Int] {
      switch self {
      case .number, .sampleCount, .position, .element: []
      case .map(_, let operands): operands
      case .product(let left, let right): [left, right]
      case .sum(let term, _), .maximum(let term, _): [term]
      }
    }

    /// The axes that a sum or a maximum goes along.
    var summedAxes: [Int] {
      switch self {
      case .sum(_, let axes), .maximum(_, let axes): axes
      default: []
      }
    }
  }

  /// A value that is written.
  struct Output {
    var value: Int
    /// Where to; nil where it is only part of the others.
    var target: (array: BufferID, index: Index)?
    /// Whether it is added to what is there.
    var isAdded = false
  }

  /// The axes; parallel ones in the order of the results' axes, samples first.
  private(set) var axes: [Axis] = []
  /// The values, operands first.
  private(set) var values: [Value] = []
  /// By value: what it is called in the kernel's name; may be empty.
  private(set) var names: [String] = []
  /// By value: the axes that it differs along, in order.
  private(set) var axesOf: [[Int]] = []
  /// By value: whether it is or holds a sum or a maximum.
  private(set) var holdsSum: [Bool] = []
  /// By value: how many operands and outputs it is.
  private(set) var useCounts: [Int] = []
  /// What is written.
  private(set) var outputs: [Output] = []
  /// The nodes of the graph that sums stand for.
  var sums: [NodeID] = []
  /// By array with samples in blocks: the one that has the same numbers in rows, where it may be read instead.
  var rows = BufferMap<BufferID>()

  /// The axes along which each index has a result of its own.
  var parallelAxes: [Int] { axes.indices.filter { !axes[$0].isSummed } }

  /// Whether some indices are numbers in memory.
  var hasChosen: Bool { axes.contains { $0.chosen != nil } }

  /// The axes that have loops around the elements, each behind those that it depends on: an index in memory behind
  /// those along which it differs, and before the axes along which it does not.
  var axesInOrder: [Int] {
    var result: [Int] = []
    var waiting = axes.indices.filter { axes[$0].chosen != nil }
    func enter() {
      let ready = waiting.filter { chosen in
        axesOf(axes[chosen].chosen!.index).allSatisfy(result.contains)
      }
      result += ready
      waiting.removeAll { ready.contains($0) }
    }
    enter()
    for axis in parallelAxes where axes[axis].chosen == nil {
      result.append(axis)
      enter()
    }
    return result
  }

  private func axesOf(_ index: Index) -> [Int] {
    index.flat.strides.map { Int($0.loop) } + (index.sample.map { [$0] } ?? [])
  }

  /// The sums and maxima that stand in no other.
  var outerSums: [Int] {
    var result: [Int] = []
    var isReached = [Bool](repeating: false, count: values.count)
    for output in outputs { isReached[output.value] = true }
    for value in values.indices.reversed() where isReached[value] {
      if values[value].summedAxes.isEmpty {
        for operand in values[value].operands { isReached[operand] = true }
      } else {
        result.append(value)
      }
    }
    return result.reversed()
  }

  /// Whether anything is summed.
  var hasSums: Bool { holdsSum.contains(true) }

  /// Adds an axis and gives its number.
  mutating func addAxis(
    _ extent: Int, isSummed: Bool, isSample: Bool = false, isOrdered: Bool = false,
    chosen: Chosen? = nil
  ) -> Int {
    axes.append(
      Axis(
        extent: extent, isSummed: isSummed, isSample: isSample, isOrdered: isOrdered, chosen: chosen
      ))
    return axes.count - 1
  }

  /// Adds a value and gives its number.
  mutating func add(_ value: Value, named name: String = "") -> Int {
    var own: Set<Int> = []
    var holds = false
    switch value {
    case .position(let index): own = Set(index.strides.map { Int($0.loop) })
    case .element(_, let index):
      own = Set(index.flat.strides.map { Int($0.loop) })
      if let sample = index.sample { own.insert(sample) }
    default:
      for operand in value.operands {
        own.formUnion(axesOf[operand])
        holds = holds || holdsSum[operand]
        useCounts[operand] += 1
      }
    }
    let summed = value.summedAxes
    own.subtract(summed)
    values.append(value)
    names.append(name)
    axesOf.append(own.sorted())
    holdsSum.append(holds || !summed.isEmpty)
    useCounts.append(0)
    return values.count - 1
  }

  /// Adds a result.
  mutating func addOutput(
    _ value: Int, to target: (array: BufferID, index: Index)?, isAdded: Bool = false
  ) {
    useCounts[value] += 1
    outputs.append(Output(value: value, target: target, isAdded: isAdded))
  }
}
