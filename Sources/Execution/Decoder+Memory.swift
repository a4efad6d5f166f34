import NNCProgram

// Elements of arrays.
extension Decoder {
  /// The number of the access's place.
  mutating func fullPlace(_ access: Access) -> Int32 {
    let begin = result.strides.count
    result.strides += access.strides
    result.places.append(
      .init(
        array: Int(access.array), offset: access.offset, strides: begin..<result.strides.count,
        laneStep: stripLoop.map { access.step(of: $0) } ?? 0))
    return Int32(result.places.count - 1)
  }

  /// The number of the access's place, or nil where it is one fixed element with a small index.
  private mutating func place(_ access: Access) -> Int32? {
    let isFixed = access.strides.isEmpty && (0...Int(Int32.max)).contains(access.offset)
    return isFixed ? nil : fullPlace(access)
  }

  mutating func load(_ value: ValueID, _ access: Access) {
    let to = assign(value)
    if let place = place(access) {
      emit(.init(operation: .load, to: to, a: place))
    } else {
      emit(.init(operation: .loadFixed, to: to, a: access.array, b: Int32(access.offset)))
    }
  }

  mutating func store(_ access: Access, _ value: ValueID) {
    let from = register(value)
    if let place = place(access) {
      emit(.init(operation: .store, a: place, b: from))
    } else {
      emit(.init(operation: .storeFixed, a: access.array, b: Int32(access.offset), c: from))
    }
  }
}
