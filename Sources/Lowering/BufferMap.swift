/// Values by array, as in a dictionary; arrays are numbered from 0, so they lie side by side.
struct BufferMap<Value> {
  private var values: [Value?] = []

  subscript(buffer: BufferID) -> Value? {
    get { Int(buffer) < values.count ? values[Int(buffer)] : nil }
    set {
      makeRoom(for: buffer)
      values[Int(buffer)] = newValue
    }
  }

  subscript(buffer: BufferID, default standard: @autoclosure () -> Value) -> Value {
    get { self[buffer] ?? standard() }
    _modify {
      makeRoom(for: buffer)
      if values[Int(buffer)] == nil { values[Int(buffer)] = standard() }
      yield &values[Int(buffer)]!
    }
  }

  /// The arrays that have a value, in order.
  var buffers: [BufferID] {
    values.indices.filter { values[$0] != nil }.map { BufferID($0) }
  }

  private mutating func makeRoom(for buffer: BufferID) {
    let missing = Int(buffer) + 1 - values.count
    if missing > 0 { values += repeatElement(nil, count: missing) }
  }
}

extension BufferMap<Int> {
  /// Notes which task writes its outputs' arrays, and those of which they are rows.
  mutating func note(_ task: KernelTask, _ index: Int, _ buffers: Buffers) {
    for output in task.outputs {
      self[output.target] = index
      if let whole = buffers[output.target].whole { self[whole] = index }
    }
  }

  /// The task that writes an array, or that of which it is a row.
  func producer(of buffer: BufferID, _ buffers: Buffers) -> Int {
    self[buffer] ?? self[buffers[buffer].whole!]!
  }
}
