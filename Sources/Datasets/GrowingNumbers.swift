#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Memory for numbers that come one after another; it grows in place where the system can.
struct GrowingNumbers: ~Copyable {
  private var memory: UnsafeMutablePointer<Double>?
  private(set) var count = 0
  private var capacity = 0

  init() {}

  deinit { free(memory) }

  /// Room for so many more, which the caller writes.
  mutating func room(_ more: Int) -> UnsafeMutablePointer<Double> {
    if count + more > capacity {
      capacity = max(count + more, capacity + capacity / 2, 1 << 10)
      let grown = realloc(memory, capacity * MemoryLayout<Double>.stride)
      memory = grown!.bindMemory(to: Double.self, capacity: capacity)
    }
    count += more
    return memory! + (count - more)
  }

  /// Takes the last numbers back.
  mutating func takeBack(_ last: Int) { count -= last }

  /// Changes a column of rows of so many numbers.
  mutating func replace(column: Int, of width: Int, by value: (Double) -> Double) {
    guard let memory else { return }
    for place in stride(from: column, to: count, by: width) { memory[place] = value(memory[place]) }
  }

  /// Gives up what is there.
  mutating func clear() {
    free(memory)
    memory = nil
    (count, capacity) = (0, 0)
  }

  /// Hands over what is there, as rows of some width.
  mutating func rows(width: Int) -> RowMemory? {
    let size = max(1, count) * MemoryLayout<Double>.stride
    guard width > 0, let memory = realloc(memory, size) else { return nil }
    defer {
      self.memory = nil
      (count, capacity) = (0, 0)
    }
    return RowMemory(
      taking: UnsafeMutableRawBufferPointer(start: memory, count: size), isBytes: false,
      width: width, count: count / width)
  }
}
