import NNCProgram

/// How the elements of one of a kernel's arrays are spelled in a piece of emitted code.
struct ArrayView {
  /// The form of the memory behind it.
  enum Form {
    /// `base[index]`
    case flat(base: String)
    /// A variable for the only element.
    case scalar(String)
    /// `base linear1_weight[1][i]`, for accesses that stay within one field; `flat[index]` for others.
    case fields(base: String, flat: String, [Block.Row])
    /// `base[Layout.linear1_weight + index]`.
    case offsets(base: String, layout: String, [Block.Row])
  }

  var form: Form
  /// Where the kernel's array begins in that memory.
  var offset = 0
  /// Whether its elements are integers.
  var isWhole = false

  /// Where the element of an access lies: `base + index`.
  func flat(_ access: Access, loops: [String]) -> String {
    let start = offset + access.offset
    let terms = access.strides.map { (step: $0.step, loop: loops[Int($0.loop)]) }
    let index = indexText(start, terms)
    switch form {
    case .scalar(let name): return name
    case .flat(let base), .fields(_, let base, _), .offsets(let base, _, _):
      return index == "0" ? base : "\(base) + \(index)"
    }
  }

  /// The element that an access touches, where loops are called `loops` and run as often as `counts` says.
  func element(_ access: Access, loops: [String], counts: [Int]) -> String {
    let start = offset + access.offset
    let terms = access.strides.map { (step: $0.step, loop: loops[Int($0.loop)]) }
    switch form {
    case .scalar(let name): return name
    case .flat(let base): return "\(base)[\(indexText(start, terms))]"
    case .fields(let base, let flat, let rows):
      if let row = Block.row(at: start, in: rows),
        let indices = row.indices(start, access.strides, loops: loops, counts: counts)
      {
        return base + row.name + indices
      }
      return "\(flat)[\(indexText(start, terms))]"
    case .offsets(let base, let layout, let rows):
      guard let row = Block.row(at: start, in: rows) else {
        return "\(base)[\(indexText(start, terms))]"
      }
      let text = indexText(start - row.offset, terms, symbol: layout + row.name)
      return "\(base)[\(text.hasSuffix(" + 0") ? String(text.dropLast(4)) : text)]"
    }
  }
}
