import NNCProgram

/// Strips: every instruction over all lanes, then the next. The loops over lanes are simple enough to be vectorised.
extension Runner {
  @inline(__always)
  private func unary(_ it: Bytecode.Code, _ lanes: Int, _ body: (Real) -> Real) {
    let to = registers + Int(it.to)
    let a = registers + Int(it.a)
    for lane in 0..<lanes { to[lane] = body(Real(bitPattern: a[lane])).bitPattern }
  }

  @inline(__always)
  private func binary(_ it: Bytecode.Code, _ lanes: Int, _ body: (Real, Real) -> Real) {
    let to = registers + Int(it.to)
    let a = registers + Int(it.a)
    let b = registers + Int(it.b)
    for lane in 0..<lanes {
      to[lane] = body(Real(bitPattern: a[lane]), Real(bitPattern: b[lane])).bitPattern
    }
  }

  @inline(__always)
  private func addProduct(_ it: Bytecode.Code, _ lanes: Int) {
    let to = registers + Int(it.to)
    let a = registers + Int(it.a)
    let b = registers + Int(it.b)
    for lane in 0..<lanes {
      let product = Real(bitPattern: a[lane]) * Real(bitPattern: b[lane])
      to[lane] = (Real(bitPattern: to[lane]) + product).bitPattern
    }
  }

  @inline(__always)
  private func compare(_ it: Bytecode.Code, _ lanes: Int, _ body: (Real, Real) -> Bool) {
    let to = registers + Int(it.to)
    let a = registers + Int(it.a)
    let b = registers + Int(it.b)
    for lane in 0..<lanes {
      to[lane] = body(Real(bitPattern: a[lane]), Real(bitPattern: b[lane])) ? 1 : 0
    }
  }

  @inline(__always)
  private func words(_ it: Bytecode.Code, _ lanes: Int, _ body: (Word, Word) -> Word) {
    let to = registers + Int(it.to)
    let a = registers + Int(it.a)
    let b = registers + Int(it.b)
    for lane in 0..<lanes { to[lane] = body(a[lane], b[lane]) }
  }

  @inline(__always)
  private func gather(_ it: Bytecode.Code, _ lanes: Int) {
    let to = registers + Int(it.to)
    let (from, step) = element(it.a)
    switch step {
    case 0: to.update(repeating: from.pointee, count: lanes)
    case 1: to.update(from: from, count: lanes)
    default: for lane in 0..<lanes { to[lane] = from[lane &* step] }
    }
  }

  @inline(__always)
  private func scatter(_ it: Bytecode.Code, _ lanes: Int) {
    let from = registers + Int(it.b)
    let (to, step) = element(it.a)
    if step == 1 {
      to.update(from: from, count: lanes)
    } else {
      for lane in 0..<lanes { to[lane &* step] = from[lane] }
    }
  }

  private func reduce(_ it: Bytecode.Code, _ lanes: Int) {
    let to = registers + Int(it.to)
    to.update(from: registers + Int(it.a), count: lanes)
    guard let operation = Bytecode.Operation(rawValue: UInt8(it.b)) else { return }
    var count = lanes
    while count > 1 {
      let half = (count + 1) / 2
      let low = Bytecode.Code(
        operation: operation, to: it.to, a: it.to, b: it.to + Int32(half))
      switch operation {
      case .add: binary(low, count - half) { $0 + $1 }
      case .mul: binary(low, count - half) { $0 * $1 }
      default: preconditionFailure("\(operation) combines no lanes")
      }
      count = half
    }
    to.update(repeating: to.pointee, count: lanes)
  }

  func runStrip(_ range: Range<Int>, lanes: Int) {
    var next = range.lowerBound
    while next < range.upperBound {
      let it = code[next]
      next += 1
      switch it.operation {
      case .addProduct: addProduct(it, lanes)
      case .add: binary(it, lanes) { $0 + $1 }
      case .sub: binary(it, lanes) { $0 - $1 }
      case .mul: binary(it, lanes) { $0 * $1 }
      case .div: binary(it, lanes) { $0 / $1 }
      case .neg: unary(it, lanes) { -$0 }
      case .abs: unary(it, lanes) { $0.magnitude }
      case .sqrt: unary(it, lanes) { $0.squareRoot() }
      case .fma:
        let c = registers + Int(it.c)
        for lane in 0..<lanes {
          let product = (
            Real(bitPattern: registers[Int(it.a) + lane]),
            Real(bitPattern: registers[Int(it.b) + lane])
          )
          registers[Int(it.to) + lane] =
            Real(bitPattern: c[lane]).addingProduct(product.0, product.1).bitPattern
        }
      case .lt: compare(it, lanes) { $0 < $1 }
      case .le: compare(it, lanes) { $0 <= $1 }
      case .eq: compare(it, lanes) { $0 == $1 }
      case .ne: compare(it, lanes) { $0 != $1 }
      case .and, .bitAnd: words(it, lanes) { $0 & $1 }
      case .or, .bitOr: words(it, lanes) { $0 | $1 }
      case .not: words(it, lanes) { a, _ in a ^ 1 }
      case .select:
        let to = registers + Int(it.to)
        let (a, b, c) = (registers + Int(it.a), registers + Int(it.b), registers + Int(it.c))
        for lane in 0..<lanes { to[lane] = a[lane] != 0 ? b[lane] : c[lane] }
      case .bitAdd: words(it, lanes) { $0 &+ $1 }
      case .bitSub: words(it, lanes) { $0 &- $1 }
      case .bitXor: words(it, lanes) { $0 ^ $1 }
      case .shiftLeft: words(it, lanes) { $0 &<< $1 }
      case .shiftRight: words(it, lanes) { $0 &>> $1 }
      case .unless:
        let a = registers + Int(it.a)
        var holds: Word = 0
        for lane in 0..<lanes { holds |= a[lane] }
        if holds == 0 { next = Int(it.b) }
      case .copy: (registers + Int(it.to)).update(from: registers + Int(it.a), count: lanes)
      case .pick:
        let from = registers + (Int(it.a) + number(it.b).value * width)
        (registers + Int(it.to)).update(from: from, count: lanes)
      case .broadcast: (registers + Int(it.to)).update(repeating: word(it.to), count: lanes)
      case .reduce: reduce(it, lanes)
      case .loadFixed:
        let element = arrays[Int(it.a)][Int(it.b)]
        (registers + Int(it.to)).update(repeating: element, count: lanes)
      case .storeFixed:
        // Only a strip of one lane may write one place.
        arrays[Int(it.a)][Int(it.b)] = word(it.c)
      case .load: gather(it, lanes)
      case .number:
        let (first, step) = number(it.a)
        let to = registers + Int(it.to)
        for lane in 0..<lanes { to[lane] = Real(first + lane * step).bitPattern }
      case .store: scatter(it, lanes)
      case .loop:
        turns[Int(it.a)] = 0
        if counts[Int(it.a)] == 0 { next = Int(it.b) }
      case .elementLoop: begin(it)
      case .rangeLoop, .blockLoop:
        let range = self.range(it.a)
        turns[Int(it.a)] = range.lowerBound
        counts[Int(it.a)] = range.upperBound
        if range.isEmpty { next = Int(it.b) }
      case .transpose: transpose(matrices.unsafelyUnwrapped[Int(it.a)])
      case .end:
        let loop = Int(it.a)
        turns[loop] += 1
        if turns[loop] < counts[loop] { next = Int(it.b) }
      case .products: runProducts(it.a, lanes: lanes)
      case .strip: preconditionFailure("strips do not nest")
      }
    }
  }
}
