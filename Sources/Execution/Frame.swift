import NNCProgram

/// A kernel ready to run: its bytecode, and registers with the constants in them.
final class Frame<Real: ProgramReal> {
  typealias Word = Real.Word

  let bytecode: Bytecode
  let registers: UnsafeMutablePointer<Word>
  /// The turn of every loop, and how many turns it has in this call.
  let turns: UnsafeMutablePointer<Int>
  let counts: UnsafeMutablePointer<Int>
  /// Memory for factors that do not lie side by side.
  private let packings: UnsafeMutablePointer<Packing<Word>>

  init(_ bytecode: Bytecode) {
    let width = bytecode.width
    self.bytecode = bytecode
    registers = .allocate(capacity: max(1, bytecode.registerCount * width))
    registers.initialize(repeating: 0, count: max(1, bytecode.registerCount * width))
    turns = .allocate(capacity: max(1, bytecode.extents.count))
    turns.initialize(repeating: 0, count: max(1, bytecode.extents.count))
    counts = .allocate(capacity: max(1, bytecode.extents.count))
    counts.initialize(repeating: 1, count: max(1, bytecode.extents.count))
    packings = .allocate(capacity: max(1, bytecode.packingCount))
    for number in 0..<bytecode.packingCount {
      let count = Runner<Real>.packedTurns * width
      let memory = UnsafeMutablePointer<Word>.allocate(capacity: count)
      memory.initialize(repeating: 0, count: count)
      (packings + number).initialize(to: Packing(memory: memory))
    }
    for (loop, extent) in bytecode.extents.enumerated() {
      counts[loop] = extent.count(samples: 1)
    }
    for (register, word) in bytecode.constants {
      fill(Int(register), Word(truncatingIfNeeded: word))
    }
  }

  deinit {
    registers.deallocate()
    turns.deallocate()
    counts.deallocate()
    for number in 0..<bytecode.packingCount { packings[number].memory.deallocate() }
    packings.deallocate()
  }

  private func fill(_ register: Int, _ word: Word) {
    (registers + register * bytecode.width).update(repeating: word, count: bytecode.width)
  }

  /// Runs the kernel over arrays, each given by its first element.
  func run(_ arrays: UnsafePointer<UnsafeMutablePointer<Word>>, samples: Int) {
    for (loop, extent) in bytecode.extents.enumerated() where extent.dependsOnSamples {
      counts[loop] = extent.count(samples: samples)
    }
    if let register = bytecode.sampleCount {
      fill(Int(register), Real(samples).bitPattern)
    }
    bytecode.code.withUnsafeBufferPointer { code in
      bytecode.places.withUnsafeBufferPointer { places in
        bytecode.strides.withUnsafeBufferPointer { strides in
          bytecode.extents.withUnsafeBufferPointer { extents in
            bytecode.matrices.withUnsafeBufferPointer { matrices in
              bytecode.products.withUnsafeBufferPointer { products in
                bytecode.productRows.withUnsafeBufferPointer { productRows in
                  guard let base = code.baseAddress else { return }
                  let runner = Runner<Real>(
                    code: base, places: places.baseAddress, strides: strides.baseAddress,
                    registers: registers, width: bytecode.width, arrays: arrays, turns: turns,
                    counts: counts, samples: samples, extents: extents.baseAddress,
                    matrices: matrices.baseAddress, products: products.baseAddress,
                    productRows: productRows.baseAddress, packings: packings,
                    packingCount: bytecode.packingCount)
                  runner.run(0..<code.count)
                }
              }
            }
          }
        }
      }
    }
  }
}

/// Memory into which factors are copied so that they lie side by side, and whether they are there.
struct Packing<Word> {
  var memory: UnsafeMutablePointer<Word>
  var isFilled = false
}
