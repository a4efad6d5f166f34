import NNCDiagnostics

/// The safetensors format: 8 bytes that say how long the header is, smallest first, the header as JSON, then the
/// tensors' bytes, each tensor row-major with its smallest byte first.
///
/// Source: the format's description and its reference implementation, huggingface/safetensors.
public enum Safetensors {
  /// The longest header that the format allows.
  static let longestHeader = Limits.headerBytes

  /// Where the header says that a tensor lies, counted from the header's end.
  private struct Entry {
    let name: String
    let type: NumberType
    let shape: [Int]
    let range: Range<Int>
  }

  /// Reads a file strictly: every byte behind the header must belong to exactly one tensor.
  public static func read(_ source: ByteSource) throws(FileFailure) -> TensorFile {
    let name = source.name
    func failure(_ problem: String) -> FileFailure {
      .wrong("`\(name)` is no sound safetensors file: \(problem)")
    }
    if source.count < 8 {
      throw failure("it has \(source.count) bytes, fewer than its first field")
    }
    let length = try source.bytes(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    if length > UInt64(longestHeader) {
      throw failure("its header is said to have \(length) bytes; the most is \(longestHeader)")
    }
    let start = 8 + Int(length)
    if start > source.count {
      throw failure(
        "its header is said to have \(length) bytes, but the file has \(source.count) altogether")
    }
    let header = try source.bytes(8..<start)
    if header.first != UInt8(ascii: "{") { throw failure("its header does not begin with `{`") }
    let json: Json
    do throws(JsonParser.Problem) {
      json = try JsonParser.parse(header)
    } catch {
      throw failure("its header: \(error.message), at byte \(8 + error.offset)")
    }
    var metadata: [String: String] = [:]
    var entries: [Entry] = []
    for member in json.members ?? [] {
      if member.name == "__metadata__" {
        guard let members = member.value.members else { throw failure("its metadata is no object") }
        for item in members {
          guard let text = item.value.text else {
            throw failure("its metadata \(quoted(item.name)) is no text")
          }
          metadata[item.name] = text
        }
        continue
      }
      switch entry(member.name, member.value) {
      case .success(let entry): entries.append(entry)
      case .failure(let problem): throw failure("tensor \(quoted(member.name)): \(problem.text)")
      }
    }
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = 0
    for (index, entry) in entries.enumerated() {
      if entry.range.lowerBound < end {
        throw failure(
          "the tensors \(quoted(entries[index - 1].name)) and \(quoted(entry.name)) overlap")
      }
      if entry.range.lowerBound > end {
        throw failure(
          "\(entry.range.lowerBound - end) bytes before tensor \(quoted(entry.name)) belong to none"
        )
      }
      end = entry.range.upperBound
    }
    if end > source.count - start {
      throw failure(
        "it is cut short: its tensors need \(end) bytes, but \(source.count - start) follow the "
          + "header")
    }
    if end < source.count - start {
      throw failure("\(source.count - start - end) bytes at its end belong to no tensor")
    }
    return TensorFile(
      name: name,
      arrays: entries.map {
        StoredArray(
          name: $0.name, type: $0.type, shape: $0.shape, source: source,
          offset: start + $0.range.lowerBound)
      }, metadata: metadata)
  }

  private struct Problem: Error { let text: String }

  private static func entry(_ name: String, _ json: Json) -> Result<Entry, Problem> {
    func refused(_ text: String) -> Result<Entry, Problem> { .failure(Problem(text: text)) }
    guard let members = json.members else { return refused("its entry is no object") }
    var parts: [String: Json] = [:]
    for member in members { parts[member.name] = member.value }
    for name in ["dtype", "shape", "data_offsets"] where parts[name] == nil {
      return refused("its entry has no `\(name)`")
    }
    if let extra = members.first(where: { !["dtype", "shape", "data_offsets"].contains($0.name) }) {
      return refused("its entry has \(quoted(extra.name)), which the format does not know")
    }
    guard let word = parts["dtype"]?.text else { return refused("its `dtype` is no text") }
    guard let type = NumberType.allCases.first(where: { $0.safetensorsName == word }) else {
      let known = NumberType.allCases.map(\.safetensorsName).joined(separator: ", ")
      return refused("its type \(quoted(word)) is none of \(known)")
    }
    let extents = parts["shape"]?.elements?.map(\.count)
    guard let extents, extents.allSatisfy({ $0 != nil }) else {
      return refused("its `shape` is no list of whole numbers")
    }
    let offsets = parts["data_offsets"]?.elements?.map(\.count)
    guard let offsets, offsets.count == 2, let low = offsets[0], let high = offsets[1] else {
      return refused("its `data_offsets` are no two whole numbers")
    }
    let shape = extents.compactMap { $0 }
    guard let size = checkedProduct(shape, type.size) else {
      return refused("its shape \(shape) is too large")
    }
    guard low <= high, high - low == size else {
      return refused(
        "its shape \(shape) of \(word) needs \(size) bytes, but its offsets \(low) and \(high) "
          + "give it \(high - low)")
    }
    return .success(Entry(name: name, type: type, shape: shape, range: low..<high))
  }

  /// Writes a file, whole or not at all.
  ///
  /// - Parameters:
  ///   - arrays: the tensors, in the order in which they are to lie.
  ///   - metadata: texts beside them.
  ///   - type: how the numbers are stored: f64, or f32, to which they are rounded.
  public static func write(
    _ arrays: [NamedArray], metadata: [String: String] = [:], as type: NumberType = .f64,
    to path: String
  ) throws(FileFailure) {
    var file = try PendingFile(path)
    var header = "{"
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }
        .map { "\(jsonString($0.key)):\(jsonString($0.value))" }
      header += "\"__metadata__\":{\(texts.joined(separator: ","))},"
    }
    var end = 0
    let entries = arrays.map { array in
      let start = end
      end += array.values.count * type.size
      let shape = array.shape.map(String.init).joined(separator: ",")
      return "\(jsonString(array.name)):{\"dtype\":\"\(type.safetensorsName)\","
        + "\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}"
    }
    header += entries.joined(separator: ",")
    if header.last == "," { header.removeLast() }
    header += "}"
    // The tensors begin at a multiple of 8, so that they can be used where they lie.
    header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    if header.utf8.count > longestHeader {
      throw .wrong("`\(path)`: the header would have more than \(longestHeader) bytes")
    }
    try file.write(withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) })
    try file.write(header)
    for array in arrays {
      var start = 0
      while start < array.values.count {
        let part = array.values[start..<min(start + 1 << 16, array.values.count)]
        try file.write(type.encode(part))
        start += part.count
      }
    }
    try file.commit()
  }
}
