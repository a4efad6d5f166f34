import NNCProgram

/// How a product is added to a sum.
protocol ProductAdding<Real> {
  associatedtype Real: ProgramReal
  static func add(to sum: inout Real, _ number: Real, _ other: Real)
  static func add(to sum: inout Real.Lanes, _ number: Real, _ lanes: Real.Lanes)
}

/// Product and sum are each rounded.
enum RoundedProduct<Real: ProgramReal>: ProductAdding {
  @inline(__always)
  static func add(to sum: inout Real, _ number: Real, _ other: Real) { sum += number * other }
  @inline(__always)
  static func add(to sum: inout Real.Lanes, _ number: Real, _ lanes: Real.Lanes) {
    Real.add(to: &sum, number, lanes)
  }
}

/// They are rounded once.
enum FusedProduct<Real: ProgramReal>: ProductAdding {
  @inline(__always)
  static func add(to sum: inout Real, _ number: Real, _ other: Real) {
    sum.addProduct(number, other)
  }
  @inline(__always)
  static func add(to sum: inout Real.Lanes, _ number: Real, _ lanes: Real.Lanes) {
    Real.addFused(to: &sum, number, lanes)
  }
}

/// Sums of products: the loops in which nearly all of a network's time goes.
extension Runner {
  private typealias Lanes = Real.Lanes

  /// The most turns of which lanes are packed at once, so that they stay in a cache.
  static var packedTurns: Int { 512 }

  /// All turns of a loop that only adds products to sums.
  ///
  /// Four sums by as many lanes as two vectors hold stay in registers while the loop runs down its turns.
  func runProducts(_ number: Int32, lanes: Int) {
    let product = (products.unsafelyUnwrapped + Int(number)).pointee
    if product.isFused {
      run(product, lanes, FusedProduct<Real>.self)
    } else {
      run(product, lanes, RoundedProduct<Real>.self)
    }
  }

  @inline(__always)
  private func run<Adding: ProductAdding<Real>>(
    _ product: Bytecode.ProductLoop, _ lanes: Int, _: Adding.Type
  ) {
    let loop = Int(product.loop)
    let range = range(product.loop)
    var first = range.lowerBound
    while first < range.upperBound {
      let count = min(range.upperBound - first, Self.packedTurns)
      turns[loop] = first
      let isWhole = count == range.count
      var row = product.rows.lowerBound
      while row < product.rows.upperBound {
        let left = lanesOf(row, count, lanes, isWhole)
        if row + 4 <= product.rows.upperBound, rows(row).companions >= 3 {
          addFour(row, left, count, lanes, Adding.self)
          row += 4
        } else {
          addOne(row, left, count, lanes, from: 0, Adding.self)
          row += 1
        }
      }
      first += count
    }
  }

  /// Elements of which each turn has some side by side.
  private struct Strip {
    var pointer: UnsafeRawPointer
    /// How many bytes the next turn's are away.
    var step: Int
  }

  @inline(__always)
  private func rows(_ row: Int) -> Bytecode.ProductRow {
    (productRows.unsafelyUnwrapped + row).pointee
  }

  private var size: Int { MemoryLayout<Word>.stride }

  /// The factors of a row that differ from lane to lane, side by side: where they lie, or copied.
  private func lanesOf(_ row: Int, _ count: Int, _ lanes: Int, _ isWhole: Bool) -> Strip {
    let row = rows(row)
    let (source, laneStep) = element(row.left)
    if row.packing < 0 { return Strip(pointer: source, step: row.leftStep * size) }
    let packing = packings + Int(row.packing)
    let packed = packing.pointee.memory
    if !(packing.pointee.isFilled && row.keepsPacking && isWhole) {
      packing.pointee.isFilled = true
      for turn in 0..<count {
        let from = source + turn &* row.leftStep
        let to = packed + turn &* width
        for lane in 0..<lanes { to[lane] = from[lane &* laneStep] }
      }
    }
    return Strip(pointer: UnsafeRawPointer(packed), step: width * size)
  }

  private func addFour<Adding: ProductAdding<Real>>(
    _ row: Int, _ left: Strip, _ count: Int, _ lanes: Int, _: Adding.Type
  ) {
    let (r0, r1, r2, r3) = (rows(row), rows(row + 1), rows(row + 2), rows(row + 3))
    let (u0, u1, u2, u3) = (right(r0), right(r1), right(r2), right(r3))
    let (t0, t1, t2, t3) = (sum(r0), sum(r1), sum(r2), sum(r3))
    var lane = 0
    while lane + Lanes.scalarCount <= lanes {
      let offset = lane * size
      var (s0, s1, s2, s3) = (
        load(t0 + offset), load(t1 + offset), load(t2 + offset), load(t3 + offset)
      )
      var x = left.pointer + offset
      var (p0, p1, p2, p3) = (u0.pointer, u1.pointer, u2.pointer, u3.pointer)
      for _ in 0..<count {
        let lanes = load(x)
        Adding.add(to: &s0, number(p0), lanes)
        Adding.add(to: &s1, number(p1), lanes)
        Adding.add(to: &s2, number(p2), lanes)
        Adding.add(to: &s3, number(p3), lanes)
        x += left.step
        p0 += u0.step
        p1 += u1.step
        p2 += u2.step
        p3 += u3.step
      }
      (t0 + offset).storeBytes(of: s0, as: Lanes.self)
      (t1 + offset).storeBytes(of: s1, as: Lanes.self)
      (t2 + offset).storeBytes(of: s2, as: Lanes.self)
      (t3 + offset).storeBytes(of: s3, as: Lanes.self)
      lane += Lanes.scalarCount
    }
    if lane == lanes { return }
    for row in row..<row + 4 { addOne(row, left, count, lanes, from: lane, Adding.self) }
  }

  private func addOne<Adding: ProductAdding<Real>>(
    _ row: Int, _ left: Strip, _ count: Int, _ lanes: Int, from: Int, _: Adding.Type
  ) {
    let row = rows(row)
    let (u, t) = (right(row), sum(row))
    var lane = from
    while lane + Lanes.scalarCount <= lanes {
      let offset = lane * size
      var s = load(t + offset)
      var (x, p) = (left.pointer + offset, u.pointer)
      for _ in 0..<count {
        Adding.add(to: &s, number(p), load(x))
        x += left.step
        p += u.step
      }
      (t + offset).storeBytes(of: s, as: Lanes.self)
      lane += Lanes.scalarCount
    }
    while lane < lanes {
      let offset = lane * size
      var s = number(t + offset)
      var (x, p) = (left.pointer + offset, u.pointer)
      for _ in 0..<count {
        Adding.add(to: &s, number(p), number(x))
        x += left.step
        p += u.step
      }
      (t + offset).storeBytes(of: s, as: Real.self)
      lane += 1
    }
  }

  /// The factors of a row that are one number for all lanes.
  @inline(__always)
  private func right(_ row: Bytecode.ProductRow) -> Strip {
    Strip(pointer: element(row.right).pointer, step: row.rightStep * size)
  }

  @inline(__always)
  private func sum(_ row: Bytecode.ProductRow) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(registers + Int(row.sum))
  }

  @inline(__always)
  private func load(_ pointer: UnsafeRawPointer) -> Lanes {
    pointer.loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  private func load(_ pointer: UnsafeMutableRawPointer) -> Lanes {
    pointer.loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  private func number(_ pointer: UnsafeRawPointer) -> Real { pointer.load(as: Real.self) }

  @inline(__always)
  private func number(_ pointer: UnsafeMutableRawPointer) -> Real { pointer.load(as: Real.self) }
}
