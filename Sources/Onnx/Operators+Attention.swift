/// Attention as one operator, since version 23: softmax(q·kᵀ·scale + mask)·v, of images of heads x steps x features, or of
/// steps whose features are cut into heads.
let attentionOperators: [OperatorRow] = [
  OperatorRow(
    "Attention",
    "is_causal kv_num_heads q_num_heads qk_matmul_output_mode scale softcap softmax_precision",
    "`attention`, or `@` and `softmax`"
  ) { (node) throws(ImportProblem) in try node.attention() }
]

extension NodeReading {
  fileprivate func attention() throws(ImportProblem) -> [ImportValue] {
    if real("softcap", 0) != 0 { throw .unsupported("`softcap`") }
    if optional(6) != nil { throw .unsupported("lengths of each sample") }
    for place in node.outputs.indices.dropFirst() {
      let name = node.outputs[place]
      if !name.isEmpty, importer.uses(of: name) > 0, place == 3 { throw .unsupported("its scores") }
    }
    let isFlat = try input(0).shape.count == 3
    let q = try heads(try input(0), whole("q_num_heads"))
    var k = try heads(try input(1), whole("kv_num_heads"))
    var v = try heads(try input(2), whole("kv_num_heads"))
    if let past = optional(4) { k = try importer.concat([past, k], axis: 2) }
    if let past = optional(5) { v = try importer.concat([past, v], axis: 2) }
    guard [q, k, v].allSatisfy({ $0.shape.count == 4 }), q.shape[3] == k.shape[3],
      k.shape[1] == v.shape[1], k.shape[2] == v.shape[2], q.shape[1] % k.shape[1] == 0
    else { throw .wrong("shapes \(q.shape), \(k.shape), \(v.shape)") }
    let present = [k, v]
    let (count, steps, others) = (q.shape[1], q.shape[2], k.shape[2])
    let size = Double(q.shape[3])
    let scale = real("scale", 1 / size.squareRoot())
    var queries = q
    // Several heads of queries may have one of keys and values.
    let share = count / k.shape[1]
    if share > 1 {
      queries = try importer.reshape(
        q, to: [q.shape[0], k.shape[1], share, steps, q.shape[3]], batch: q.batch)
      k = try importer.reshape(
        k, to: [k.shape[0], k.shape[1], 1, others, k.shape[3]], batch: k.batch)
      v = try importer.reshape(
        v, to: [v.shape[0], v.shape[1], 1, others, v.shape[3]], batch: v.batch)
    }
    let last = k.shape.count - 1
    let turned = try importer.permute(k, Array(0..<(last - 1)) + [last, last - 1])
    var scores = try importer.product(queries, turned, names: [])
    scores = try importer.infix("mul", scores, importer.number(scale), type: q.type)
    if share > 1 {
      scores = try importer.reshape(scores, to: [q.shape[0], count, steps, others], batch: q.batch)
    }
    if let mask = optional(3) { scores = try masked(scores, mask, others) }
    if whole("is_causal", 0) != 0 {
      if optional(4) != nil { throw .unsupported("`is_causal` after earlier steps") }
      let later = (0..<(steps * others)).map { $0 % others > $0 / others ? 1.0 : 0 }
      let mask = ImportValue(Constant(later, [steps, others], .truth))
      let never = optional(3)?.type.isTruth ?? false ? Self.never : -.infinity
      scores = try importer.chosen(mask, importer.number(never, q.type), scores)
      scores.type = q.type
    }
    var weights = try importer.along(3, "softmax", scores)
    // A step that is to look at nothing gets nothing.
    if let mask = optional(3), mask.type.isTruth {
      weights = try importer.infix("mul", weights, importer.typed(mask, weights.type))
    }
    if share > 1 {
      weights = try importer.reshape(
        weights, to: [q.shape[0], count / share, share, steps, others], batch: q.batch)
    }
    var result = try importer.product(weights, v, names: [])
    if share > 1 {
      result = try importer.reshape(
        result, to: [q.shape[0], count, steps, v.shape[4]], batch: q.batch)
    }
    if isFlat {
      let apart = try importer.permute(result, [0, 2, 1, 3])
      result = try importer.reshape(
        apart, to: [q.shape[0], steps, count * result.shape[3]], batch: q.batch)
    }
    return [result] + present
  }

  /// Steps of features as heads of steps of fewer.
  private func heads(_ x: ImportValue, _ count: Int?) throws(ImportProblem) -> ImportValue {
    if x.shape.count != 3 { return x }
    guard let count, count > 0, x.shape[2] % count == 0 else { throw .wrong("no number of heads") }
    let apart = try importer.reshape(
      x, to: [x.shape[0], x.shape[1], count, x.shape[2] / count], batch: x.batch)
    return try importer.permute(apart, [0, 2, 1, 3])
  }

  private func masked(
    _ scores: ImportValue, _ mask: ImportValue, _ others: Int
  ) throws(ImportProblem) -> ImportValue {
    if mask.shape.last != others { throw .unsupported("a mask of fewer steps") }
    if !mask.type.isTruth { return try importer.infix("add", scores, mask) }
    return try importer.elementwise(
      "select", [mask, scores, importer.number(Self.never, scores.type)], type: scores.type
    ) { .call("where", $0, []) }
  }

  /// A score that no other is below, and of which differences are numbers.
  private static var never: Double { -1e30 }
}
