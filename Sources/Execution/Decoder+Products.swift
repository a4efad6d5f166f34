import NNCProgram

extension Decoder {
  /// Writes a loop that only adds products to sums as one instruction, if in a strip one factor of each product differs
  /// from lane to lane and the other does not.
  mutating func products(
    _ found: ProductLoops.Found, _ loop: LoopID, _ extent: Extent, _ kernel: Kernel
  ) -> Bool {
    var terms = found.terms
    if let stripLoop {
      for index in terms.indices {
        let (left, right) = (terms[index].left, terms[index].right)
        if (left.step(of: stripLoop) != 0) == (right.step(of: stripLoop) != 0) { return false }
        if left.step(of: stripLoop) == 0 {
          (terms[index].left, terms[index].right) = (right, left)
        }
      }
    }
    var lefts: [Access] = []
    for term in terms where !lefts.contains(term.left) { lefts.append(term.left) }
    let begin = result.productRows.count
    for left in lefts {
      let rows = terms.filter { $0.left == left }
      let place = fullPlace(left)
      var packing: Int32 = -1
      if let stripLoop, left.step(of: stripLoop) != 1 {
        packing = Int32(result.packingCount)
        result.packingCount += 1
      }
      for (number, term) in rows.enumerated() {
        result.productRows.append(
          .init(
            sum: register(term.sum), left: place, right: fullPlace(term.right),
            leftStep: left.step(of: loop), rightStep: term.right.step(of: loop),
            companions: rows.count - 1 - number, packing: packing,
            keepsPacking: isSteady(left, loop, extent, kernel)))
      }
    }
    result.products.append(
      .init(loop: loop, rows: begin..<result.productRows.count, isFused: found.isFused))
    emit(.init(operation: .products, a: Int32(result.products.count - 1)))
    return true
  }

  /// Whether the elements that a loop reads are the same whenever it begins in one strip: nothing writes them, and no
  /// loop between the two moves them.
  private func isSteady(
    _ access: Access, _ loop: LoopID, _ extent: Extent, _ kernel: Kernel
  ) -> Bool {
    guard let stripLoop, let head = openLoops.firstIndex(where: { $0.loop == stripLoop }) else {
      return false
    }
    let between = openLoops[(head + 1)...].map { LoopID($0.loop) }
    return !kernel.parameters[Int(access.array)].isWritten && extent.blockLoop == nil
      && between.allSatisfy { access.step(of: $0) == 0 }
  }
}
