#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import NNCExecution

/// Brings samples into a network's memory, in the precision that is computed in.
///
/// Samples that are wanted again and again are converted once, where they take little memory; a batch is then gathered
/// by whole rows. Where bringing a batch takes long enough to be worth it, another thread brings the next one while a
/// step runs.
final class BatchReader<Real: ProgramReal> {
  private let source: any SampleSource
  private let memory: NetworkMemory<Real>
  private let widths: (input: Int, target: Int)
  private let capacity: Int
  /// What is done to inputs after they are brought, in an epoch.
  private let change: ((UnsafeMutablePointer<Real>, ArraySlice<Int>, Int) -> Void)?
  private var present = Batch()
  /// All samples, converted; nil where they are not kept.
  private var kept: (input: SampleRows<Real>, target: SampleRows<Real>)?
  private var keeps: Bool
  /// Where the next batch lies or is being brought to, and which it is.
  private var next: (input: SampleRows<Real>, target: SampleRows<Real>)?
  private var coming = Batch()
  private var companion: Companion?

  /// Which samples lie in a memory, and in which epoch they were brought.
  private struct Batch: Equatable {
    var samples: [Int] = []
    var epoch = 0
  }

  /// The most bytes that converted samples may take.
  static var mostKept: Int { 1 << 26 }
  /// The bytes of a batch from which on another thread brings the next.
  static var worthCompany: Int { 1 << 15 }

  /// Reads samples of these widths into a memory whose inputs and targets nothing else writes, but for what is followed
  /// by ``forget``.
  ///
  /// - Parameters:
  ///   - again: whether samples will be read more than once.
  ///   - change: changes the inputs of these samples, which lie one after another, as is due in an epoch.
  init(
    _ source: any SampleSource, into memory: NetworkMemory<Real>, input: Int, target: Int,
    again: Bool = false,
    change: ((UnsafeMutablePointer<Real>, ArraySlice<Int>, Int) -> Void)? = nil
  ) {
    self.change = change
    self.source = source
    self.memory = memory
    widths = (input, target)
    capacity = memory.capacity
    let (size, overflow) = source.count.multipliedReportingOverflow(
      by: (input + target) * MemoryLayout<Real>.stride)
    keeps = again && !overflow && size <= Self.mostKept
  }

  /// Reads a batch; the one that was read last still lies there.
  ///
  /// - Parameter epoch: the epoch, where inputs are changed in each of them.
  func read(_ samples: ArraySlice<Int>, epoch: Int = 0) throws {
    let batch = Batch(samples: Array(samples), epoch: change == nil ? 0 : epoch)
    if batch == coming, !samples.isEmpty {
      coming = Batch()
      try companion?.wait()
      memory.exchange(.input, &next!.input.numbers)
      memory.exchange(.target, &next!.target.numbers)
      present = batch
      return
    }
    if batch == present { return }
    try settle()
    present = Batch()
    try bring(batch, to: memory[.input].baseAddress!, memory[.target].baseAddress!)
    present = batch
  }

  /// Begins to bring the batch that is read next, if that is worth it; until then nothing else may read the source.
  func prepare(_ samples: ArraySlice<Int>, epoch: Int = 0) {
    let bytes = samples.count * (widths.input + widths.target) * MemoryLayout<Real>.stride
    guard bytes >= Self.worthCompany, processors > 1 else { return }
    if next == nil {
      next = (
        SampleRows(width: widths.input, count: capacity),
        SampleRows(width: widths.target, count: capacity)
      )
    }
    if companion == nil { companion = Companion() }
    guard let companion, let next else { return }
    let batch = Batch(samples: Array(samples), epoch: change == nil ? 0 : epoch)
    coming = batch
    let (input, target) = (next.input.numbers, next.target.numbers)
    companion.begin { try self.bring(batch, to: input, target) }
  }

  /// Forgets which batch lies there: something else has written the memory's inputs.
  func forget() {
    present = Batch()
  }

  /// Waits for what was begun and is no longer wanted.
  private func settle() throws {
    if coming.samples.isEmpty { return }
    coming = Batch()
    try companion?.wait()
  }

  private func bring(
    _ batch: Batch, to input: UnsafeMutablePointer<Real>, _ target: UnsafeMutablePointer<Real>
  ) throws {
    try gather(batch.samples[...], to: input, target)
    change?(input, batch.samples[...], batch.epoch)
  }

  private func gather(
    _ samples: ArraySlice<Int>, to input: UnsafeMutablePointer<Real>,
    _ target: UnsafeMutablePointer<Real>
  ) throws {
    if keeps, kept == nil { try keepAll() }
    if let kept {
      kept.input.gather(samples, to: input)
      kept.target.gather(samples, to: target)
      return
    }
    try source.read(
      samples, .init(start: input, count: samples.count * widths.input),
      .init(start: target, count: samples.count * widths.target))
  }

  private func keepAll() throws {
    let input = SampleRows<Real>(width: widths.input, count: source.count)
    let target = SampleRows<Real>(width: widths.target, count: source.count)
    // Some at a time, so that what is read on the way takes little memory.
    let part = max(1, (1 << 18) / max(1, widths.input + widths.target))
    for start in stride(from: 0, to: source.count, by: part) {
      let rows = Array(start..<min(start + part, source.count))
      try source.read(
        rows[...],
        .init(start: input.numbers + start * widths.input, count: rows.count * widths.input),
        .init(start: target.numbers + start * widths.target, count: rows.count * widths.target))
    }
    kept = (input, target)
  }
}

/// Rows of numbers in memory that vectors of any width may be loaded from.
final class SampleRows<Real: ProgramReal> {
  var numbers: UnsafeMutablePointer<Real>
  private let width: Int

  init(width: Int, count: Int) {
    self.width = width
    let size = max(1, width * count)
    numbers = UnsafeMutableRawPointer.allocate(
      byteCount: size * MemoryLayout<Real>.stride, alignment: 64
    ).initializeMemory(as: Real.self, repeating: 0, count: size)
  }

  deinit { UnsafeMutableRawPointer(numbers).deallocate() }

  /// Copies rows, one after another.
  func gather(_ rows: ArraySlice<Int>, to target: UnsafeMutablePointer<Real>) {
    var target = target
    if width == 0 { return }
    let bytes = width * MemoryLayout<Real>.stride
    for row in rows {
      memcpy(target, numbers + row * width, bytes)
      target += width
    }
  }
}

/// How many processors there are to run on.
private let processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))
