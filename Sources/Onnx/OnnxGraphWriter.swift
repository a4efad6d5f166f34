import NNCAlgebra
import NNCFormats

/// A graph of an ONNX file that is being written.
struct OnnxGraphWriter {
  let precision: Precision
  private var message = ProtobufWriter()
  private var constants = ProtobufWriter()
  private var ports = ProtobufWriter()
  private var taken: Set<String> = []
  /// The names of lists of whole numbers that are there already.
  private var lists: [[Int]: String] = [:]
  private var numbers: [UInt64: String] = [:]
  /// How often each operator has stood, for the names of nodes.
  private var counts: [String: Int] = [:]

  init(_ precision: Precision) { self.precision = precision }

  /// The code of real numbers.
  var realCode: Int { precision == .f32 ? OnnxType.f32.code : OnnxType.f64.code }

  /// A name that nothing else has: this one, or with a number behind it.
  mutating func free(_ name: String) -> String {
    var result = name
    var number = 1
    while !taken.insert(result).inserted {
      number += 1
      result = "\(name)_\(number)"
    }
    return result
  }

  /// What a setting of a node is.
  enum Setting {
    case whole(Int)
    case wholes([Int])
    case real(Double)
    case text(String)
    case texts([String])
  }

  /// Adds a node; gives the name of what it makes.
  mutating func node(
    _ kind: String, _ inputs: [String], _ settings: [(String, Setting)] = [], name: String? = nil
  ) -> String {
    counts[kind, default: 0] += 1
    let output = free(name ?? "\(kind)_\(counts[kind]!)")
    var node = ProtobufWriter()
    for input in inputs { node.add(1, text: input) }
    node.add(2, text: output)
    node.add(3, text: output)
    node.add(4, text: kind)
    for (name, setting) in settings {
      var attribute = ProtobufWriter()
      attribute.add(1, text: name)
      switch setting {
      case .whole(let value):
        attribute.add(3, whole: value)
        attribute.add(20, whole: 2)
      case .wholes(let values):
        for value in values { attribute.add(8, whole: value) }
        attribute.add(20, whole: 7)
      case .real(let value):
        attribute.add(2, single: Float(value))
        attribute.add(20, whole: 1)
      case .text(let text):
        attribute.add(4, text: text)
        attribute.add(20, whole: 3)
      case .texts(let texts):
        for text in texts { attribute.add(9, text: text) }
        attribute.add(20, whole: 8)
      }
      node.add(5, message: attribute)
    }
    message.add(1, message: node)
    return output
  }

  /// Adds constant numbers; gives their name.
  mutating func constant(_ values: [Double], _ shape: [Int], name: String) -> String {
    let name = free(name)
    var tensor = ProtobufWriter()
    for extent in shape { tensor.add(1, whole: extent) }
    tensor.add(2, whole: realCode)
    tensor.add(8, text: name)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * (precision == .f32 ? 4 : 8))
    for value in values {
      if precision == .f32 {
        withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { bytes += $0 }
      } else {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
      }
    }
    tensor.add(9, bytes: bytes)
    constants.add(5, message: tensor)
    return name
  }

  /// Adds numbers of 32 bits, whatever the file's are.
  mutating func singles(_ values: [Double]) -> String {
    let name = free("scales")
    var tensor = ProtobufWriter()
    tensor.add(1, whole: values.count)
    tensor.add(2, whole: OnnxType.f32.code)
    tensor.add(8, text: name)
    var bytes: [UInt8] = []
    for value in values {
      withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { bytes += $0 }
    }
    tensor.add(9, bytes: bytes)
    constants.add(5, message: tensor)
    return name
  }

  /// The name of a number.
  mutating func number(_ value: Double) -> String {
    if let known = numbers[value.bitPattern] { return known }
    let name = constant([value], [], name: "number")
    numbers[value.bitPattern] = name
    return name
  }

  /// The name of a list of whole numbers: a shape, axes, places.
  mutating func wholes(_ values: [Int], shape: [Int]? = nil) -> String {
    if shape == nil, let known = lists[values] { return known }
    let name = free("list")
    var tensor = ProtobufWriter()
    for extent in shape ?? [values.count] { tensor.add(1, whole: extent) }
    tensor.add(2, whole: OnnxType.i64.code)
    tensor.add(8, text: name)
    var bytes: [UInt8] = []
    for value in values { withUnsafeBytes(of: Int64(value).littleEndian) { bytes += $0 } }
    tensor.add(9, bytes: bytes)
    constants.add(5, message: tensor)
    if shape == nil { lists[values] = name }
    return name
  }

  /// Adds an input or an output, whose first axis holds the samples.
  ///
  /// - Parameter field: 11 of inputs, 12 of outputs.
  mutating func port(_ name: String, _ shape: [Int], code: Int, field: Int) {
    var extents = ProtobufWriter()
    var samples = ProtobufWriter()
    samples.add(2, text: "batch")
    extents.add(1, message: samples)
    for extent in shape {
      var dimension = ProtobufWriter()
      dimension.add(1, whole: extent)
      extents.add(1, message: dimension)
    }
    var tensor = ProtobufWriter()
    tensor.add(1, whole: code)
    tensor.add(2, message: extents)
    var type = ProtobufWriter()
    type.add(1, message: tensor)
    var port = ProtobufWriter()
    port.add(1, text: name)
    port.add(2, message: type)
    ports.add(field, message: port)
  }

  /// The graph's message.
  func graph(_ name: String) -> ProtobufWriter {
    var result = message
    result.add(2, text: name)
    result.append(constants)
    result.append(ports)
    return result
  }
}
