import NNCAlgebra
import NNCGraph

// How each primitive of the graph is said.
extension GraphExport {
  /// Writes a node that no layer's row says; its operands are written.
  mutating func plain(_ id: NodeID) throws(ExportProblem) -> String {
    let node = graph[id]
    switch node.kind {
    case .constant(let bits): return file.number(Double(bitPattern: bits))
    case .literal(let index):
      return file.constant(graph.literals[index], node.shape, name: "literal")
    case .symbol: return try leaf(id)
    case .map(let operation):
      guard let writer = operationWriters[operation.name] else {
        throw ExportProblem(reason: "ONNX has no `\(operation.name)`")
      }
      var operands: [String] = []
      for operand in node.operands {
        operands.append(try aligned(operand, with: node.shape.count))
      }
      return writer(&file, operands)
    case .contract(let contraction): return try contracted(id, contraction)
    case .maximum(let axes):
      let x = try value(node.operands[0])
      return file.node(
        "ReduceMax", [x, file.wholes(axes.map { $0 + offset(node.operands[0]) })],
        [("keepdims", .whole(0))])
    case .broadcast(let axes): return try broadcast(id, axes)
    case .permute(let axes):
      let x = node.operands[0]
      let order = axes.map { $0 + offset(x) }
      return file.node(
        "Transpose", [try value(x)], [("perm", .wholes(isBatched(x) ? [0] + order : order))])
    case .reshape:
      return file.node(
        "Reshape", [try value(node.operands[0]), file.wholes(extents(id))])
    case .slice(let start):
      let x = node.operands[0]
      let axes = start.indices.filter { node.shape[$0] != shape(x)[$0] }
      return file.node(
        "Slice",
        [
          try value(x), file.wholes(axes.map { start[$0] }),
          file.wholes(axes.map { start[$0] + node.shape[$0] }),
          file.wholes(axes.map { $0 + offset(x) }),
        ])
    case .view(let view): return try viewed(id, view)
    case .pad(let start, let steps): return try padded(id, start, steps)
    case .concat(let axis):
      var operands: [String] = []
      for operand in node.operands {
        operands.append(node.isBatched ? try batched(operand) : try value(operand))
      }
      return file.node("Concat", operands, [("axis", .whole(axis + (node.isBatched ? 1 : 0)))])
    case .oneHot(let count):
      let x = try value(node.operands[0])
      let places = file.node("Cast", [x], [("to", .whole(OnnxType.i64.code))])
      let values = file.constant([0, 1], [2], name: "off_on")
      return file.node(
        "OneHot", [places, file.wholes([count], shape: []), values], [("axis", .whole(-1))])
    case .samples: throw ExportProblem(reason: "an output depends on all samples of a batch")
    case .row, .rows, .recurrence:
      throw ExportProblem(reason: "a loop over steps that is not written out")
    case .derivative: throw ExportProblem(reason: "an output is a derivative")
    }
  }

  /// How many axes a value has in the file before its own: one for the samples.
  func offset(_ id: NodeID) -> Int { isBatched(id) ? 1 : 0 }

  /// A shape as `Reshape` takes it: with whatever extent the samples have.
  func extents(_ id: NodeID) -> [Int] { (isBatched(id) ? [-1] : []) + shape(id) }

  private mutating func contracted(
    _ id: NodeID, _ contraction: Contraction
  ) throws(ExportProblem) -> String {
    let node = graph[id]
    if node.operands.count == 1, contraction.output == contraction.output.sorted(),
      Set(contraction.inputs[0]).count == contraction.inputs[0].count
    {
      let labels = contraction.inputs[0]
      let axes = labels.indices.filter { !contraction.output.contains(labels[$0]) }
      let kept = labels.filter { contraction.output.contains($0) }
      if kept == contraction.output {
        return file.node(
          "ReduceSum",
          [try value(node.operands[0]), file.wholes(axes.map { $0 + offset(node.operands[0]) })],
          [("keepdims", .whole(0))])
      }
    }
    // A letter for each label, and one for the samples.
    let letters = Array("abcdefghijklmnopqrstuvwxyABCDEFGHIJKLMNOPQRSTUVWXY")
    let sample = "z"
    func term(_ labels: [UInt8], _ isBatched: Bool) -> String {
      (isBatched ? sample : "") + String(labels.map { letters[Int($0)] })
    }
    guard contraction.inputs.joined().allSatisfy({ Int($0) < letters.count }) else {
      throw ExportProblem(reason: "a product of so many axes")
    }
    var operands: [String] = []
    var terms: [String] = []
    for (labels, operand) in zip(contraction.inputs, node.operands) {
      operands.append(try value(operand))
      terms.append(term(labels, isBatched(operand)))
    }
    let equation = terms.joined(separator: ",") + "->" + term(contraction.output, node.isBatched)
    return file.node("Einsum", operands, [("equation", .text(equation))])
  }

  private mutating func broadcast(_ id: NodeID, _ axes: [Int]) throws(ExportProblem) -> String {
    let node = graph[id]
    let x = node.operands[0]
    var extents = Array(repeating: 1, count: node.shape.count)
    for (own, axis) in axes.enumerated() { extents[axis] = shape(x)[own] }
    var name = try value(x)
    // The axes may come in another order.
    if axes != axes.sorted() {
      let order = axes.indices.sorted { axes[$0] < axes[$1] }.map { $0 + offset(x) }
      name = file.node(
        "Transpose", [name], [("perm", .wholes(isBatched(x) ? [0] + order : order))])
    }
    if extents != shape(x) || isBatched(x) {
      name = file.node("Reshape", [name, file.wholes((isBatched(x) ? [-1] : []) + extents)])
    }
    if extents == node.shape { return name }
    return file.node("Expand", [name, file.wholes((isBatched(x) ? [1] : []) + node.shape)])
  }

  /// What a view shows, by steps along axes where it is no more than that, else by the place of each element.
  private mutating func viewed(_ id: NodeID, _ view: View) throws(ExportProblem) -> String {
    let node = graph[id]
    let x = node.operands[0]
    if let steps = view.steps, node.shape.count == shape(x).count, steps.allSatisfy({ $0 > 0 }) {
      let starts = view.indices.map(\.offset)
      let axes = Array(starts.indices)
      return file.node(
        "Slice",
        [
          try value(x), file.wholes(starts),
          file.wholes(axes.map { starts[$0] + (node.shape[$0] - 1) * steps[$0] + 1 }),
          file.wholes(axes.map { $0 + offset(x) }), file.wholes(steps),
        ])
    }
    let strides = Constant.strides(shape(x))
    let count = node.shape.reduce(1, *)
    var first = 0
    var own = Array(repeating: 0, count: node.shape.count)
    for (index, stride) in zip(view.indices, strides) {
      first += index.offset * stride
      for term in index.terms { own[term.axis] += term.step * stride }
    }
    guard count <= Self.mostPlaces else {
      throw ExportProblem(reason: "windows of \(count) numbers that no operator has")
    }
    return try gathered(x, Constant.places(node.shape, own, offset: first), id)
  }

  /// The most places that are written one by one.
  private static let mostPlaces = 1 << 24

  /// The elements of a value at places, as another node's value.
  private mutating func gathered(
    _ x: NodeID, _ places: [Int], _ id: NodeID, behind other: String? = nil
  ) throws(ExportProblem) -> String {
    let flat: String
    if let other {
      flat = other
    } else {
      flat = file.node("Reshape", [try value(x), file.wholes(isBatched(x) ? [0, -1] : [-1])])
    }
    let shown = file.node(
      "Gather", [flat, file.wholes(places)], [("axis", .whole(offset(x)))])
    return file.node("Reshape", [shown, file.wholes(extents(id))])
  }

  private mutating func padded(
    _ id: NodeID, _ start: [Int], _ steps: [Int]
  ) throws(ExportProblem) -> String {
    let node = graph[id]
    let x = node.operands[0]
    let own = shape(x)
    guard steps.allSatisfy({ $0 == 1 }) else {
      // Zeros between: a zero stands behind all numbers, and is shown where there is none.
      let flat = file.node("Reshape", [try value(x), file.wholes(isBatched(x) ? [0, -1] : [-1])])
      let sides = isBatched(x) ? [0, 0, 0, 1] : [0, 1]
      let longer = file.node("Pad", [flat, file.wholes(sides)])
      let strides = Constant.strides(own)
      let count = own.reduce(1, *)
      let places = Constant.places(node.shape, Constant.strides(node.shape)).map { place -> Int in
        var rest = place
        var source = 0
        for (axis, stride) in Constant.strides(node.shape).enumerated() {
          let index = rest / stride - start[axis]
          rest %= stride
          if index < 0 || index % steps[axis] != 0 || index / steps[axis] >= own[axis] {
            return count
          }
          source += index / steps[axis] * strides[axis]
        }
        return source
      }
      return try gathered(x, places, id, behind: longer)
    }
    let after = own.indices.map { node.shape[$0] - own[$0] - start[$0] }
    let zero = isBatched(x) ? [0] : []
    return file.node("Pad", [try value(x), file.wholes(zero + start + zero + after)])
  }
}
