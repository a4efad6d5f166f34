import NNCDiagnostics

/// What `torch.save` writes since PyTorch 1.6: a zip archive of a pickle and, one by one, the numbers of tensors.
///
/// The pickle is data here (``Pickle``): of all the calls that it would make, only those that put a tensor together from
/// its parts mean anything.
enum TorchFile {
  /// Whether the members of an archive are those of such a file.
  static func isOne(_ archive: ZipArchive) -> Bool {
    archive.members.contains { $0.name.hasSuffix("/data.pkl") || $0.name == "data.pkl" }
  }

  /// The tensors of a dictionary of tensors, or of one that lies in a dictionary of other things, as checkpoints have it,
  /// or of a whole module.
  static func read(_ source: ByteSource, _ archive: ZipArchive) throws(FileFailure) -> TensorFile {
    var reader = TorchReader(source.name)
    for (member, contents) in zip(archive.members, try archive.contents()) {
      let path = member.name.split(separator: "/", omittingEmptySubsequences: false)
      let inner = path.count > 1 ? path.dropFirst().joined(separator: "/") : member.name
      reader.members[inner] = contents
    }
    guard let pickle = reader.members["data.pkl"] else {
      throw .wrong("`\(source.name)` holds no `data.pkl`")
    }
    if let order = reader.members["byteorder"], order.count < 16 {
      reader.isBigEndian = try order.bytes(0..<order.count) == Array("big".utf8)
    }
    let root = try Pickle.read(pickle)
    try reader.collect(root, name: "", depth: 0)
    if reader.arrays.isEmpty {
      throw .wrong(
        "`\(source.name)` holds no tensors that have names",
        hint: "write it with `torch.save(model.state_dict(), \"FILE\")`")
    }
    return TensorFile(name: source.name, arrays: reader.named())
  }
}

/// Finds the tensors in what a pickle builds.
private struct TorchReader {
  let file: String
  var members: [String: ByteSource] = [:]
  var isBigEndian = false
  var arrays: [StoredArray] = []
  private var visits = 0

  init(_ file: String) { self.file = file }

  private func failure(_ problem: String) -> FileFailure {
    .wrong("`\(file)` is no sound file of PyTorch's: \(problem)")
  }

  /// The parts of a module's state that hold what has names in its dictionary, too.
  private static let moduleParts: Set<String> = ["_parameters", "_buffers", "_modules"]
  /// The keys under which checkpoints have the dictionary of the model, among other things.
  private static let dictionaries: Set<String> = ["state_dict", "model_state_dict", "model"]

  /// Adds all tensors in a value, by the keys on the way to them.
  mutating func collect(_ value: PickleValue, name: String, depth: Int) throws(FileFailure) {
    visits += 1
    if depth > Limits.jsonDepth || visits > Limits.layers {
      throw failure("values lie too deep in one another")
    }
    switch value {
    case .object(let object):
      if let array = try tensor(object, name) {
        arrays.append(array)
      } else if case .dictionary = object.state {
        try collect(object.state, name: name, depth: depth + 1)
      }
    case .dictionary(let dictionary):
      let model = dictionary.entries.filter { entry in
        guard case .dictionary = entry.value else { return false }
        return depth == 0 && entry.key.text.map { Self.dictionaries.contains($0) } ?? false
      }
      // What else a checkpoint holds, such as an optimiser's numbers, are no weights.
      for (key, inner) in model.isEmpty ? dictionary.entries : Array(model.prefix(1)) {
        guard let own = key.text ?? key.whole.map({ "\($0)" }) else { continue }
        let isPart = Self.moduleParts.contains(own) || !model.isEmpty
        let path = isPart ? name : name.isEmpty ? own : "\(name).\(own)"
        try collect(inner, name: path, depth: depth + 1)
      }
    case .tuple(let values):
      for (place, inner) in values.enumerated() {
        try collect(inner, name: "\(name).\(place)", depth: depth + 1)
      }
    case .list(let list):
      for (place, inner) in list.values.enumerated() {
        try collect(inner, name: "\(name).\(place)", depth: depth + 1)
      }
    default: break
    }
  }

  /// The arrays, each name once.
  func named() -> [StoredArray] {
    var seen: Set<String> = []
    return arrays.filter { seen.insert($0.name).inserted }
  }

  /// The tensor that a call would put together; nil of other calls.
  private func tensor(_ object: PickleObject, _ name: String) throws(FileFailure) -> StoredArray? {
    switch (object.module, object.name) {
    case ("torch._utils", "_rebuild_parameter"), ("torch._utils", "_rebuild_parameter_with_state"):
      guard case .object(let inner)? = object.arguments.first else { return nil }
      return try tensor(inner, name)
    case ("torch._utils", "_rebuild_tensor_v2"), ("torch._utils", "_rebuild_tensor"):
      break
    default: return nil
    }
    let parts = object.arguments
    guard parts.count >= 4, case .persistent(let storage) = parts[0], let offset = parts[1].whole,
      let shape = wholes(parts[2]), let strides = wholes(parts[3]), shape.count == strides.count,
      storage.count >= 5, case .global(_, let kind) = storage[1], let key = storage[2].text
    else { throw failure("tensor \(quoted(name)) has no such parts") }
    guard let type = Self.types[kind] else {
      throw failure("tensor \(quoted(name)) is of \(quoted(kind)), which is not supported")
    }
    guard let source = members["data/\(key)"] else {
      throw failure("the numbers of tensor \(quoted(name)) are missing")
    }
    guard shape.count <= Limits.axes, shape.allSatisfy({ $0 >= 0 }), offset >= 0,
      strides.allSatisfy({ $0 >= 0 }), let size = checkedProduct(shape, type.size)
    else { throw failure("tensor \(quoted(name)) has the shape \(shape)") }
    // The place of the last number.
    var last = offset
    for (extent, stride) in zip(shape, strides) where extent > 0 {
      let (product, overflow) = (extent - 1).multipliedReportingOverflow(by: stride)
      let (sum, further) = last.addingReportingOverflow(product)
      if overflow || further { throw failure("tensor \(quoted(name)) reaches too far") }
      last = sum
    }
    guard shape.contains(0) || last < source.count / type.size else {
      throw failure("tensor \(quoted(name)) reaches beyond its numbers")
    }
    var plain = shape.map { _ in 1 }
    for axis in shape.indices.dropLast().reversed() {
      plain[axis] = plain[axis + 1] * Swift.max(1, shape[axis + 1])
    }
    let isPlain = shape.indices.allSatisfy { shape[$0] <= 1 || strides[$0] == plain[$0] }
    if isPlain {
      return StoredArray(
        name: name, type: type, shape: shape, source: source, offset: offset * type.size,
        isBigEndian: isBigEndian)
    }
    // Of a view of other numbers a copy is made; what repeats numbers could be far larger than the file.
    guard size <= 2 * source.count else {
      throw failure("tensor \(quoted(name)) repeats its numbers")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    let all = try source.bytes(0..<source.count)
    var places = [offset]
    for (extent, stride) in zip(shape, strides) {
      places = places.flatMap { place in (0..<extent).map { place + $0 * stride } }
    }
    for place in places { bytes += all[(place * type.size)..<((place + 1) * type.size)] }
    return StoredArray(
      name: name, type: type, shape: shape, source: ByteSource(name: file, bytes: bytes), offset: 0,
      isBigEndian: isBigEndian)
  }

  private func wholes(_ value: PickleValue) -> [Int]? {
    let values: [PickleValue]
    switch value {
    case .tuple(let own): values = own
    case .list(let list): values = list.values
    // `torch.Size` of a tuple.
    case .object(let object) where object.name == "Size":
      guard case .tuple(let own)? = object.arguments.first else { return nil }
      values = own
    default: return nil
    }
    let result = values.compactMap(\.whole)
    return result.count == values.count ? result : nil
  }

  private static let types: [String: NumberType] = [
    "DoubleStorage": .f64, "FloatStorage": .f32, "HalfStorage": .f16, "BFloat16Storage": .bf16,
    "LongStorage": .i64, "IntStorage": .i32, "ShortStorage": .i16, "CharStorage": .i8,
    "ByteStorage": .u8, "BoolStorage": .bool,
  ]
}
