import NNCDiagnostics
import NNCFormats

// Ports and tensors, and what fields hold.
extension OnnxReader {
  func port(_ message: Range<Int>) throws(FileFailure) -> OnnxPort {
    var port = OnnxPort()
    try fields(message) { (number, content) throws(FileFailure) in
      switch number {
      case 1: port.name = try text(content)
      case 2: try type(try range(content), of: &port)
      default: break
      }
    }
    return port
  }

  private func type(_ message: Range<Int>, of port: inout OnnxPort) throws(FileFailure) {
    var kind: (type: OnnxType?, shape: [OnnxPort.Extent]?, other: String?)
    try fields(message) { (number, content) throws(FileFailure) in
      switch number {
      case 1:
        let message = try range(content)
        try fields(message) { (number, content) throws(FileFailure) in
          switch number {
          case 1: kind.type = try elementType(try whole(content))
          case 2: kind.shape = try shape(try range(content))
          default: break
          }
        }
      case 4: kind.other = "sequence"
      case 5: kind.other = "map"
      case 8: kind.other = "sparse tensor"
      case 9: kind.other = "optional"
      default: break
      }
    }
    (port.type, port.shape, port.otherKind) = kind
  }

  private func elementType(_ code: Int) throws(FileFailure) -> OnnxType? {
    if code == 0 { return nil }
    guard let type = OnnxType(code: code) else { throw wrong("elements of the type \(code)") }
    return type
  }

  private func shape(_ message: Range<Int>) throws(FileFailure) -> [OnnxPort.Extent] {
    var extents: [OnnxPort.Extent] = []
    try fields(message) { (number, content) throws(FileFailure) in
      guard number == 1 else { return }
      let message = try range(content)
      var extent = OnnxPort.Extent.open("")
      try fields(message) { (number, content) throws(FileFailure) in
        switch number {
        case 1:
          let size = try whole(content)
          extent = size < 0 ? .open("") : .known(size)
        case 2: extent = .open(try text(content))
        default: break
        }
      }
      extents.append(extent)
    }
    return extents
  }

  /// A tensor: its numbers stay where they are, and there are as many as its shape says.
  func tensor(_ message: Range<Int>) throws(FileFailure) -> OnnxTensor {
    var tensor = OnnxTensor()
    var raw: Range<Int>?
    var lists: [Int: [Range<Int>]] = [:]
    var loose: [Double] = []
    var texts: [String] = []
    var external: [String: String] = [:]
    var isExternal = false
    var type: OnnxType?
    try fields(message) { (number, content) throws(FileFailure) in
      switch number {
      case 1: tensor.shape += try wholes(content)
      case 2: type = try elementType(try whole(content))
      case 4, 5, 7, 10, 11:
        switch content {
        case .bytes(let range): lists[number, default: []].append(range)
        case .whole(let value): loose.append(Double(Int64(bitPattern: value)))
        case .four(let bits): loose.append(Double(Float(bitPattern: bits)))
        case .eight(let bits): loose.append(Double(bitPattern: bits))
        }
      case 6: texts.append(try text(content))
      case 8: tensor.name = try text(content)
      case 9: raw = try range(content)
      case 13:
        let (key, value) = try entry(try range(content))
        external[key] = value
      case 14: isExternal = try whole(content) == 1
      default: break
      }
    }
    guard let type else { throw wrong("tensor \(quoted(tensor.name)) has no type") }
    tensor.type = type
    guard tensor.shape.count <= Limits.axes, tensor.shape.allSatisfy({ $0 >= 0 }),
      let count = product(tensor.shape)
    else {
      throw wrong("tensor \(quoted(tensor.name)) is too large: \(tensor.shape)")
    }
    func refused(_ given: String) -> FileFailure {
      wrong("tensor \(quoted(tensor.name)) of the shape \(tensor.shape) has \(given)")
    }
    if type.name == "string" {
      if texts.count != count { throw refused("\(texts.count) texts") }
      tensor.content = .texts(texts)
      return tensor
    }
    guard let numbers = type.numbers else {
      throw wrong("tensor \(quoted(tensor.name)) is of \(type.name), which is not supported")
    }
    func stored(_ source: ByteSource, _ range: Range<Int>, as numbers: NumberType)
      throws(FileFailure) -> OnnxTensor.Content
    {
      if range.count != count * numbers.size {
        throw refused("\(range.count) bytes, not \(count * numbers.size)")
      }
      return .stored(
        StoredArray(
          name: tensor.name, type: numbers, shape: tensor.shape, source: source,
          offset: range.lowerBound))
    }
    if isExternal {
      let (source, range) = try externalData(external, count * numbers.size, tensor.name)
      tensor.content = try stored(source, range, as: numbers)
    } else if let raw {
      tensor.content = try stored(source, raw, as: numbers)
    } else if let (field, ranges) = lists.first, lists.count == 1, ranges.count == 1,
      loose.isEmpty
    {
      switch field {
      case 4: tensor.content = try stored(source, ranges[0], as: .f32)
      case 10: tensor.content = try stored(source, ranges[0], as: .f64)
      default:
        if try wholeCount(ranges[0]) != count { throw refused("another number of numbers") }
        tensor.content = .packed(source, ranges[0])
      }
    } else if lists.isEmpty {
      if loose.count != count { throw refused("\(loose.count) numbers") }
      tensor.content = .numbers(loose)
    } else {
      throw refused("its numbers in several places")
    }
    return tensor
  }

  private func wholeCount(_ range: Range<Int>) throws(FileFailure) -> Int {
    var reader = ProtobufReader(source, range)
    var count = 0
    while try reader.nextWhole() != nil { count += 1 }
    return count
  }

  /// Where numbers lie in another file, which is in the model's folder or below it.
  private func externalData(
    _ entries: [String: String], _ size: Int, _ name: String
  ) throws(FileFailure) -> (ByteSource, Range<Int>) {
    let location = entries["location"] ?? ""
    let parts = location.split(separator: "/", omittingEmptySubsequences: false)
    if location.isEmpty || parts.contains("..") || parts.contains("") {
      throw wrong("tensor \(quoted(name)) lies in \(quoted(location)), which is no file beside it")
    }
    let file = try beside(location)
    let offset = entries["offset"].map { Int($0) } ?? 0
    let length = entries["length"].map { Int($0) } ?? size
    guard let offset, let length, offset >= 0, length >= 0, offset <= file.count,
      length <= file.count - offset
    else {
      throw wrong("tensor \(quoted(name)) lies beyond the end of \(quoted(location))")
    }
    return (file, offset..<(offset + length))
  }

  private func entry(_ message: Range<Int>) throws(FileFailure) -> (String, String) {
    var (key, value) = ("", "")
    try fields(message) { (number, content) throws(FileFailure) in
      switch number {
      case 1: key = try text(content)
      case 2: value = try text(content)
      default: break
      }
    }
    return (key, value)
  }

  /// The product of extents, where a tensor may have so many numbers.
  private func product(_ extents: [Int]) -> Int? {
    if extents.contains(0) { return 0 }
    var result = 1
    for extent in extents {
      let (product, overflow) = result.multipliedReportingOverflow(by: extent)
      if overflow || product > Limits.elements { return nil }
      result = product
    }
    return result
  }

  func range(_ content: ProtobufField.Content) throws(FileFailure) -> Range<Int> {
    guard case .bytes(let range) = content else { throw wrong("a number stands for a message") }
    return range
  }

  func text(_ content: ProtobufField.Content) throws(FileFailure) -> String {
    let range = try range(content)
    if range.count > Limits.nameBytes {
      throw wrong("a name of \(range.count) bytes; the most is \(Limits.nameBytes)")
    }
    return String(decoding: try source.bytes(range), as: UTF8.self)
  }

  func whole(_ content: ProtobufField.Content) throws(FileFailure) -> Int {
    guard case .whole(let value) = content else { throw wrong("a number is stored as no number") }
    return Int(Int64(bitPattern: value))
  }

  func real(_ content: ProtobufField.Content) throws(FileFailure) -> Double {
    guard case .four(let bits) = content else { throw wrong("a number is stored as no number") }
    return Double(Float(bitPattern: bits))
  }

  func wholes(_ content: ProtobufField.Content) throws(FileFailure) -> [Int] {
    guard case .bytes(let range) = content else { return [try whole(content)] }
    var reader = ProtobufReader(source, range)
    var result: [Int] = []
    while let value = try reader.nextWhole() { result.append(Int(Int64(bitPattern: value))) }
    return result
  }

  func reals(_ content: ProtobufField.Content) throws(FileFailure) -> [Double] {
    guard case .bytes(let range) = content else { return [try real(content)] }
    if range.count % 4 != 0 { throw wrong("a list of numbers is cut short") }
    let bytes = try source.bytes(range)
    return bytes.withUnsafeBytes { buffer in
      (0..<(bytes.count / 4)).map {
        let word = buffer.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)
        return Double(Float(bitPattern: UInt32(littleEndian: word)))
      }
    }
  }
}

extension OnnxTensor {
  /// Its numbers, in row-major order.
  func numbers() throws(FileFailure) -> [Double] {
    switch content {
    case .numbers(let numbers): return numbers
    case .texts: return []
    case .stored(let array): return try array.values()
    case .packed(let source, let range):
      // Numbers of two bytes may be kept as the bits that they are made of.
      var reader = ProtobufReader(source, range)
      var result: [Double] = []
      result.reserveCapacity(count)
      while let value = try reader.nextWhole() {
        switch type.numbers {
        case .f16?, .bf16?:
          result.append(type.numbers!.number(ofBits: UInt16(truncatingIfNeeded: value)))
        case .u64?: result.append(Double(value))
        default: result.append(Double(Int64(bitPattern: value)))
        }
      }
      return result
    }
  }
}
