import NNCProgram

/// Runs bytecode outside of strips: lane 0 of every register.
struct Runner<Real: ProgramReal> {
  typealias Word = Real.Word

  let code: UnsafePointer<Bytecode.Code>
  let places: UnsafePointer<Bytecode.Place>?
  let strides: UnsafePointer<Access.Stride>?
  let registers: UnsafeMutablePointer<Word>
  let width: Int
  let arrays: UnsafePointer<UnsafeMutablePointer<Word>>
  let turns: UnsafeMutablePointer<Int>
  let counts: UnsafeMutablePointer<Int>
  let samples: Int
  let extents: UnsafePointer<Extent>?
  let matrices: UnsafePointer<Bytecode.Matrix>?
  let products: UnsafePointer<Bytecode.ProductLoop>?
  let productRows: UnsafePointer<Bytecode.ProductRow>?
  let packings: UnsafeMutablePointer<Packing<Word>>
  let packingCount: Int

  @inline(__always)
  func word(_ register: Int32) -> Word { registers[Int(register)] }

  @inline(__always)
  func real(_ register: Int32) -> Real { Real(bitPattern: registers[Int(register)]) }

  @inline(__always)
  func set(_ register: Int32, _ value: Real) { registers[Int(register)] = value.bitPattern }

  @inline(__always)
  func set(_ register: Int32, _ value: Bool) { registers[Int(register)] = value ? 1 : 0 }

  /// The element that a place stands for in the present turns of its loops.
  @inline(__always)
  func element(_ place: Int32) -> (pointer: UnsafeMutablePointer<Word>, laneStep: Int) {
    let (index, laneStep) = number(place)
    return (arrays[places.unsafelyUnwrapped[Int(place)].array] + index, laneStep)
  }

  /// The number of a place in the present turns of its loops.
  @inline(__always)
  func number(_ place: Int32) -> (value: Int, laneStep: Int) {
    let row = places.unsafelyUnwrapped + Int(place)
    var index = row.pointee.offset
    let strides = strides.unsafelyUnwrapped
    for stride in row.pointee.strides {
      index += strides[stride].step * turns[Int(strides[stride].loop)]
    }
    return (index, row.pointee.laneStep)
  }

  /// Begins the one turn of a loop whose number an element holds. Numbers are checked before a Program runs.
  @inline(__always)
  func begin(_ it: Bytecode.Code) {
    let number = Real(bitPattern: element(it.c).pointer.pointee)
    turns[Int(it.a)] = Int(number)
    counts[Int(it.a)] = Int(number) + 1
  }

  /// The turns of a loop inside a loop over blocks, or behind the full ones.
  func range(_ loop: LoopID) -> Range<Int> {
    range(extents.unsafelyUnwrapped[Int(loop)])
  }

  func transpose(_ it: Bytecode.Matrix) {
    let matrix = it.matrix
    let rows = range(matrix.rows)
    let columns = range(matrix.columns)
    let source = element(it.source).pointer
    let target = element(it.target).pointer
    for row in rows {
      for column in columns {
        target[column * matrix.targetStep + row] = source[row * matrix.sourceStep + column]
      }
    }
  }

  private func range(_ extent: Extent) -> Range<Int> {
    extent.range(samples: samples, block: extent.blockLoop.map { turns[Int($0)] } ?? 0)
  }

  func run(_ range: Range<Int>) {
    var next = range.lowerBound
    while next < range.upperBound {
      let it = code[next]
      next += 1
      switch it.operation {
      case .addProduct: set(it.to, real(it.to) + real(it.a) * real(it.b))
      case .add: set(it.to, real(it.a) + real(it.b))
      case .sub: set(it.to, real(it.a) - real(it.b))
      case .mul: set(it.to, real(it.a) * real(it.b))
      case .div: set(it.to, real(it.a) / real(it.b))
      case .neg: set(it.to, -real(it.a))
      case .abs: set(it.to, real(it.a).magnitude)
      case .sqrt: set(it.to, real(it.a).squareRoot())
      case .fma: set(it.to, real(it.c).addingProduct(real(it.a), real(it.b)))
      case .lt: set(it.to, real(it.a) < real(it.b))
      case .le: set(it.to, real(it.a) <= real(it.b))
      case .eq: set(it.to, real(it.a) == real(it.b))
      case .ne: set(it.to, real(it.a) != real(it.b))
      case .and, .bitAnd: registers[Int(it.to)] = word(it.a) & word(it.b)
      case .or, .bitOr: registers[Int(it.to)] = word(it.a) | word(it.b)
      case .not: registers[Int(it.to)] = word(it.a) ^ 1
      case .select: registers[Int(it.to)] = word(it.a) != 0 ? word(it.b) : word(it.c)
      case .bitAdd: registers[Int(it.to)] = word(it.a) &+ word(it.b)
      case .bitSub: registers[Int(it.to)] = word(it.a) &- word(it.b)
      case .bitXor: registers[Int(it.to)] = word(it.a) ^ word(it.b)
      case .shiftLeft: registers[Int(it.to)] = word(it.a) &<< word(it.b)
      case .shiftRight: registers[Int(it.to)] = word(it.a) &>> word(it.b)
      case .unless: if word(it.a) == 0 { next = Int(it.b) }
      case .copy: registers[Int(it.to)] = word(it.a)
      case .pick: registers[Int(it.to)] = registers[Int(it.a) + number(it.b).value * width]
      case .broadcast: break
      case .reduce: preconditionFailure("there are no lanes to reduce")
      case .loadFixed: registers[Int(it.to)] = arrays[Int(it.a)][Int(it.b)]
      case .storeFixed: arrays[Int(it.a)][Int(it.b)] = word(it.c)
      case .load: registers[Int(it.to)] = element(it.a).pointer.pointee
      case .number: set(it.to, Real(number(it.a).value))
      case .store: element(it.a).pointer.pointee = word(it.b)
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
      case .products: runProducts(it.a, lanes: 1)
      case .strip:
        let loop = Int(it.a)
        let body = next..<Int(it.b)
        for first in Swift.stride(from: 0, to: counts[loop], by: width) {
          turns[loop] = first
          for number in 0..<packingCount { packings[number].isFilled = false }
          runStrip(body, lanes: min(width, counts[loop] - first))
        }
        next = body.upperBound
      }
    }
  }
}
