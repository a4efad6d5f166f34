import NNCAlgebra
import NNCProgram

extension Bytecode {
  /// Turns the numbers of registers into the indices of their first lanes.
  mutating func scaleRegisters() {
    let width = Int32(width)
    for index in productRows.indices { productRows[index].sum *= width }
    for index in code.indices {
      switch code[index].operation {
      case .loop, .rangeLoop, .elementLoop, .blockLoop, .end, .strip, .transpose, .products: break
      case .unless: code[index].a *= width
      case .load, .number, .loadFixed: code[index].to *= width
      case .reduce, .pick:
        code[index].to *= width
        code[index].a *= width
      case .store: code[index].b *= width
      case .storeFixed: code[index].c *= width
      default:
        code[index].to *= width
        code[index].a *= width
        code[index].b *= width
        code[index].c *= width
      }
    }
  }

  static func operation(_ primitive: Primitive) -> Operation {
    switch primitive {
    case .add: .add
    case .sub: .sub
    case .mul: .mul
    case .div: .div
    case .neg: .neg
    case .abs: .abs
    case .sqrt: .sqrt
    case .fma: .fma
    case .lt: .lt
    case .le: .le
    case .eq: .eq
    case .ne: .ne
    case .and: .and
    case .or: .or
    case .not: .not
    case .select, .selectBits: .select
    case .toBits, .toReal: .copy
    case .bitAdd: .bitAdd
    case .bitSub: .bitSub
    case .bitAnd: .bitAnd
    case .bitOr: .bitOr
    case .bitXor: .bitXor
    case .shiftLeft: .shiftLeft
    case .shiftRight: .shiftRight
    }
  }
}
