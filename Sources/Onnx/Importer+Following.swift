/// A product, and which of its numbers a statement shows.
struct MovedProduct {
  let product: Int
  let numbers: [Int]
}

extension Importer {
  /// Follows what moves numbers back to a product.
  func source(_ statement: Int) -> MovedProduct? {
    var path: [Int] = []
    var index = statement
    while statements[index].kind != "linear" {
      guard let input = statements[index].input, path.count < 16 else { return nil }
      path.append(index)
      index = input
    }
    var numbers = Array(0..<statements[index].shape.reduce(1, *))
    for step in path.reversed() {
      guard let next = moved(step, numbers) else { return nil }
      numbers = next
    }
    return MovedProduct(product: index, numbers: numbers)
  }

  /// Numbered elements behind a statement that only moves them; nil of others.
  func moved(_ index: Int, _ numbers: [Int]) -> [Int]? {
    let statement = statements[index]
    guard let input = statement.input, statement.other == nil else { return nil }
    let shape = statements[input].shape
    let strides = Constant.strides(shape)
    switch statement.kind {
    case "reshape", "flatten": return numbers
    case "transpose":
      var axes = Array(shape.indices)
      axes.swapAt(axes.count - 1, axes.count - 2)
      return Constant.places(axes.map { shape[$0] }, axes.map { strides[$0] }).map { numbers[$0] }
    case "permute":
      let axes = statement.operand.split(separator: ",").compactMap { Int($0) }
      return Constant.places(axes.map { shape[$0] }, axes.map { strides[$0] }).map { numbers[$0] }
    case "slice":
      let axis = statement.keys.first.flatMap { Int($0.value) } ?? shape.count - 1
      guard let start = Int(statement.operand.prefix { $0 != "," }) else { return nil }
      return Constant.places(statement.shape, strides, offset: start * strides[axis])
        .map { numbers[$0] }
    default: return nil
    }
  }
}
