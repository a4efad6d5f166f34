import NNCGraph
import NNCProgram

/// The number of an array that an entry uses.
typealias BufferID = Int32

/// An array that an entry uses: a part of the caller's, a table, or one in the workspace.
struct Buffer {
  /// The memory it lies in.
  let base: Entry.ArrayReference.Base
  /// Its first number there; in the workspace the memory plan says.
  let offset: Int
  /// Its numbers: of one sample, where it has a row for each.
  let count: Int
  /// How far one sample's row is from the next; 0 where all samples share it.
  let sampleStep: Int
  /// How many samples lie side by side: element e of sample s at `(s / block · count + e) · block + s mod block`. With 1
  /// each sample has a row.
  var block = 1
  /// Where rows of samples are cut into strips of so many columns, one strip after the other: element e of sample s at
  /// `(e / columns · height + s) · columns + e mod columns`; 0 where they are not. A product that goes down the samples
  /// then reads one piece of memory, not one cache line in many.
  var columns = 0
  /// The samples that a strip has room for.
  var height = 0
  /// What it is called in a kernel.
  let name: String
  /// Whether its elements are 32-bit integers.
  var isWhole = false
  /// The array of which it is one row, another at each turn of a loop.
  var whole: BufferID?
  /// By how many numbers it moves from one turn to the next.
  var advance = 0

  /// The numbers that so many samples need.
  func size(samples: Int) -> Int {
    if columns > 0 { return (count + columns - 1) / columns * columns * height }
    return sampleStep == 0 ? count : sampleStep * ((samples + block - 1) / block * block)
  }

  /// Whether lanes find their elements side by side in a strip.
  func holdsStrips(_ flat: Affine, lanes: LoopID) -> Bool {
    columns == 0
      || flat.offset % columns == 0
        && flat.strides.allSatisfy {
          $0.loop == lanes ? $0.step == 1 : $0.step % columns == 0
        }
  }

  /// The index of an element, given its place in one sample.
  func index(_ flat: Affine, _ sample: Place.Sample?, blockSize: Int) -> Affine {
    var index = Affine()
    if columns > 0 {
      let strip = columns * height
      index.offset = flat.offset / columns * strip + flat.offset % columns
      for stride in flat.strides {
        let isStrip = stride.step % columns == 0
        index.add(loop: stride.loop, step: isStrip ? stride.step * height : stride.step)
      }
      if let block = sample?.block { index.add(block, times: columns * blockSize) }
      if let sample { index.add(loop: sample.loop, step: columns) }
      return index
    }
    index.add(flat, times: block)
    guard sampleStep > 0, let sample else { return index }
    if let number = sample.block {
      index.add(number, times: sampleStep * blockSize)
      index.add(loop: sample.loop, step: block > 1 ? 1 : sampleStep)
    } else {
      precondition(block == 1, "samples in blocks are counted by blocks")
      index.add(loop: sample.loop, step: sampleStep)
    }
    return index
  }

  /// Whether it shares memory with another.
  func overlaps(_ other: Buffer) -> Bool {
    base == other.base && offset < other.offset + other.count && other.offset < offset + count
  }
}

/// The arrays of one entry.
struct Buffers {
  let context: Context
  let many: Bool
  private(set) var list: [Buffer] = []
  private var regions: [Region: BufferID] = [:]
  private var tables: [Int: BufferID] = [:]

  private struct Region: Hashable {
    let argument: Entry.Argument
    let offset: Int
    let count: Int
  }

  init(_ context: Context, many: Bool) {
    self.context = context
    self.many = many
  }

  subscript(id: BufferID) -> Buffer { list[Int(id)] }

  private mutating func append(_ buffer: Buffer) -> BufferID {
    list.append(buffer)
    return BufferID(list.count - 1)
  }

  /// A part of a caller's array.
  mutating func region(_ argument: Entry.Argument, offset: Int, count: Int, name: String)
    -> BufferID
  {
    let region = Region(argument: argument, offset: offset, count: count)
    if let known = regions[region] { return known }
    let step = many && argument.isPerSample ? context.rowCount(argument) : 0
    let id = append(
      Buffer(
        base: .argument(argument), offset: offset, count: count, sampleStep: step, name: name,
        isWhole: context.request.wholeNumbers[argument] != nil))
    regions[region] = id
    return id
  }

  /// The array of a leaf of the graph.
  mutating func leaf(_ symbol: Symbol) -> BufferID {
    let (argument, offset) = context.place(of: symbol)
    let name: String
    switch argument {
    case .input, .frame: name = "x"
    case .target: name = "t"
    default:
      let start = symbol.name.utf8.lastIndex(of: UInt8(ascii: "."))
      name = start.map { String(symbol.name[$0...].dropFirst()) } ?? symbol.name
    }
    return region(argument, offset: offset, count: symbol.shape.elementCount, name: name)
  }

  /// The table of a literal of the graph.
  mutating func literal(_ literal: Int) -> BufferID {
    let table = context.table(ofLiteral: literal)
    if let known = tables[table] { return known }
    let id = append(
      Buffer(
        base: .table(table), offset: 0, count: context.tables[table].values.count, sampleStep: 0,
        name: "table"))
    tables[table] = id
    return id
  }

  /// The number of a leaf of noise, in its table.
  mutating func noiseNumber(ofSymbol index: Int) -> BufferID {
    append(
      Buffer(
        base: .table(context.tableOfNoise()), offset: context.noiseNumber(ofSymbol: index),
        count: 1, sampleStep: 0, name: "leaf"))
  }

  /// Whether an array is copied to one with samples in blocks from one that has them so as well, or has one value for all.
  func staysInBlocks(_ source: BufferID, _ target: BufferID) -> Bool {
    let (from, to) = (self[source], self[target])
    return to.block > 1 && (from.block == to.block || from.sampleStep == 0)
  }

  /// A new array in the workspace. What samples have each lies in blocks, or in rows where that is asked for.
  ///
  /// - Parameter inRows: rows it is, in strips of as many columns as lie in lanes.
  mutating func workspace(count: Int, isBatched: Bool, inRows: Bool = false, name: String = "")
    -> BufferID
  {
    let samples = context.request.maximumSamples
    let isPerSample = many && isBatched
    return append(
      Buffer(
        base: .workspace, offset: 0, count: count, sampleStep: isPerSample ? count : 0,
        block: isPerSample && !inRows ? context.block : 1, columns: inRows ? context.columns : 0,
        height: (samples + context.block - 1) / context.block * context.block, name: name))
  }

  /// The row of an array that a loop is at: at its first turn the first, or the last where it is `reversed`.
  mutating func row(of whole: BufferID, _ turns: Int, reversed: Bool) -> BufferID {
    let array = self[whole]
    let count = array.count / turns
    let step = count * array.block
    var row = Buffer(
      base: array.base, offset: array.offset + (reversed ? (turns - 1) * step : 0), count: count,
      sampleStep: array.sampleStep, block: array.block, name: array.name)
    row.isWhole = array.isWhole
    row.whole = whole
    row.advance = reversed ? -step : step
    return append(row)
  }
}
