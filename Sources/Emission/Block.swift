import NNCProgram

/// A block of fields, with the names that they have in emitted code.
struct Block {
  /// A field.
  struct Row {
    var name: String
    var shape: [Int]
    var offset: Int
    var field: Field
    var end: Int { offset + field.count }
  }

  var rows: [Row]
  var count: Int { rows.last?.end ?? 0 }

  init(_ fields: [Field], keywords: Set<String>, camel: Bool = false) {
    var names = Names(reserved: keywords)
    rows = fields.map {
      Row(
        name: names.claim(camel ? Names.camel($0.name) : $0.name), shape: $0.shape,
        offset: $0.offset, field: $0)
    }
  }

  /// The field that an element lies in.
  static func row(at index: Int, in rows: [Row]) -> Row? {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].end <= index { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low].offset <= index ? rows[low] : nil
  }
}

extension Block.Row {
  /// `[1][i]`: the access as one index for every axis, or nil where it leaves an axis.
  ///
  /// Each step is split among the axes as the offset is, by their strides, the longest first.
  func indices(
    _ start: Int, _ strides: [Access.Stride], loops: [String], counts: [Int]
  ) -> String? {
    var pitch = [Int](repeating: 1, count: shape.count)
    for axis in stride(from: shape.count - 2, through: 0, by: -1) {
      pitch[axis] = pitch[axis + 1] * shape[axis + 1]
    }
    var rest = start - offset
    var text = ""
    var remaining = strides.map(\.step)
    for axis in shape.indices {
      let first = rest / pitch[axis]
      rest %= pitch[axis]
      var terms: [(step: Int, loop: String)] = []
      var low = first
      var high = first
      for (index, stride) in strides.enumerated() {
        let step = remaining[index] / pitch[axis]
        if step == 0 { continue }
        remaining[index] -= step * pitch[axis]
        terms.append((step, loops[Int(stride.loop)]))
        let distance = step * (counts[Int(stride.loop)] - 1)
        if distance < 0 { low += distance } else { high += distance }
      }
      guard low >= 0, high < shape[axis] else { return nil }
      text += "[\(indexText(first, terms))]"
    }
    return remaining.allSatisfy { $0 == 0 } ? text : nil
  }
}
