/// What a pickle builds, as far as it is data. Nothing in it is ever called: what would be a call is a value that says what
/// would have been called.
indirect enum PickleValue {
  case none
  case truth(Bool)
  case whole(Int)
  case real(Double)
  case text(String)
  case bytes(Range<Int>)
  case tuple([PickleValue])
  case list(PickleList)
  case dictionary(PickleDictionary)
  /// A name of a module's: `torch._utils`, `_rebuild_tensor_v2`.
  case global(String, String)
  /// What stands in the file beside the pickle.
  case persistent([PickleValue])
  /// What a function would have made of arguments, with the state that it would have been given.
  case object(PickleObject)

  var whole: Int? { if case .whole(let value) = self { value } else { nil } }
  var text: String? { if case .text(let value) = self { value } else { nil } }
  var tuple: [PickleValue]? { if case .tuple(let values) = self { values } else { nil } }
}

/// A list, which is added to after it was made.
final class PickleList {
  var values: [PickleValue] = []
}

/// A dictionary, likewise; its entries in their order.
final class PickleDictionary {
  var entries: [(key: PickleValue, value: PickleValue)] = []
}

/// What a call would have made.
final class PickleObject {
  let module: String
  let name: String
  let arguments: [PickleValue]
  var state: PickleValue = .none

  init(_ module: String, _ name: String, _ arguments: [PickleValue]) {
    self.module = module
    self.name = name
    self.arguments = arguments
  }
}
