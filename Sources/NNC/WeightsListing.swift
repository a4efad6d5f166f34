import NNCAlgebra
import NNCDiagnostics
import NNCFormats
import NNCOnnx

/// What a file of weights holds.
public struct WeightsListing: Sendable {
  /// Its arrays.
  public let rows: [Row]
  private let file: TensorFile

  /// One array.
  public struct Row: Sendable {
    /// Its name.
    public let name: String
    /// How its numbers are stored: `f32`.
    public let type: String
    /// The extents of its axes, outermost first.
    public let shape: [Int]
    /// The least and the greatest number; nil of an array without numbers.
    public let range: (least: Double, greatest: Double)?
    /// Whether all numbers are finite.
    public let isFinite: Bool
  }

  /// Reads a file whole; `-` is standard input.
  ///
  /// - Parameters:
  ///   - path: the file's.
  ///   - names: other names for its arrays.
  public init(_ path: String, names: WeightNames = WeightNames()) throws(FileFailure) {
    let source = try ByteSource.open(path)
    file =
      try OnnxImport.begins(source)
      ? try OnnxImport.weights(source) : try TensorFile.read(source)
    let given = file.arrays.map(\.name)
    if let unused = names.unused(among: given).first {
      throw .wrong(
        "`\(file.name)` has no array \(quoted(unused)), nor a layer of that name, to be renamed",
        hint: suggestion(for: unused, among: given).map { "did you mean `\($0)`?" })
    }
    var rows: [Row] = []
    var seen: Set<String> = []
    for array in file.arrays {
      let range = try array.range()
      let name = names.name(for: array.name)
      if !seen.insert(name).inserted {
        throw .wrong("`\(file.name)`: two arrays are called \(quoted(name)) after renaming")
      }
      rows.append(
        Row(
          name: name, type: array.type.rawValue, shape: array.shape,
          range: range.map { ($0.least, $0.greatest) }, isFinite: range?.isFinite ?? true))
    }
    self.rows = rows
  }

  /// The arrays as a table, their number of numbers, and the texts beside them.
  public var description: String {
    var cells = [["array", "type", "shape", "least", "greatest", ""]]
    for row in rows {
      let shape = row.shape.isEmpty ? "1" : row.shape.map(String.init).joined(separator: "x")
      let range = row.range.map { [shortest($0.least), shortest($0.greatest)] } ?? ["-", "-"]
      cells.append([row.name, row.type, shape] + range + [row.isFinite ? "" : "not all finite"])
    }
    var text = alignedTable(cells) + "\n"
    let count = rows.reduce(0) { $0 + $1.shape.reduce(1, *) }
    text += "\(counted(rows.count, "array")), \(counted(count, "number"))\n"
    if let columns = columnTable { text += "\n" + columns + "\n" }
    for (name, value) in file.metadata.sorted(by: { $0.key < $1.key }) {
      let short = value.count > 200 ? "\(value.prefix(200))…" : value
      text += printableOnOneLine("\(name): \(short.replacing("\n", with: " "))") + "\n"
    }
    return text
  }

  /// How the columns of a table become the network's inputs, where not each is one number.
  private var columnTable: String? {
    guard let (names, formats) = DataDescription.columns(in: file.metadata) else { return nil }
    var cells = [["column", "kind", "inputs", "missing", ""]]
    for (name, format) in zip(names, formats) {
      let fill = format.fill.map { " \(shortest($0))" } ?? ""
      let parts = format.categories.prefix(8) + format.parts.map(\.rawValue)
      cells.append([
        name, format.kind.rawValue, "\(format.width)", format.missing.rawValue + fill,
        parts.joined(separator: ", ") + (format.categories.count > 8 ? ", …" : ""),
      ])
    }
    return alignedTable(cells)
  }

  /// Writes the arrays under their new names, whole or not at all: `.npz` where the name ends so, else safetensors.
  public func write(to path: String, precision: Precision) throws(FileFailure) {
    var arrays: [NamedArray] = []
    for (row, array) in zip(rows, file.arrays) {
      arrays.append(NamedArray(name: row.name, shape: row.shape, values: try array.values()))
    }
    try TensorFile.write(
      arrays, metadata: file.metadata, as: precision == .f32 ? .f32 : .f64, to: path)
  }
}
