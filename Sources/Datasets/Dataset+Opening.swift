import Formats

extension Dataset {
  /// Opens the data that a request describes.
  public static func open(_ request: DatasetRequest) throws(FileFailure) -> Dataset {
    try open(request, try ByteSource.open(request.path))
  }

  /// Opens data whose bytes are given.
  public static func open(
    _ request: DatasetRequest, _ source: ByteSource
  ) throws(FileFailure) -> Dataset {
    let table = try DelimitedText(
      source, delimiter: request.delimiter, hasHeader: request.hasHeader)
    let names = table.columnNames
    let columns = try request.columns(of: names, hasNames: table.hasHeader, in: source.name)
    var hasLabels = false
    if columns.targets.count == 1, request.targetWidth > 0 {
      let isText = try table.firstIsText(in: columns.targets[0])
      let isKnown = request.description.map { !$0.classes.isEmpty } ?? false
      hasLabels = request.targetWidth > 1 || isText || isKnown
    } else if columns.targets.count != request.targetWidth {
      throw .wrong(
        "\(columns.targets.count) target columns are chosen, but the network has "
          + "\(request.targetWidth) outputs")
    }
    let rows = try DelimitedRows(
      table, columns: columns.inputs + columns.targets, hasLabels: hasLabels)
    let labels: Classes? =
      hasLabels
      ? try Classes(
        rows.labels, outputs: request.targetWidth, known: request.description?.classes ?? [],
        column: names[columns.targets[0]], source: source.name) : nil
    return Dataset(
      name: source.name, rows: try rows.cached(limit: request.memoryLimit),
      inputWidth: columns.inputs.count, targetWidth: request.targetWidth,
      inputNames: table.hasHeader ? columns.inputs.map { names[$0] } : [],
      targetNames: table.hasHeader ? columns.targets.map { names[$0] } : [], labels: labels,
      transform: request.description?.transform)
  }
}

extension DatasetRequest {
  /// The columns of the inputs and of the targets, counted from 0.
  ///
  /// Chosen by the request; else by the names that are known from training; else the inputs are what is no target.
  func columns(
    of names: [String], hasNames: Bool, in source: String
  ) throws(FileFailure) -> (inputs: [Int], targets: [Int]) {
    var targets: [Int] = []
    let known = description?.targets ?? []
    if let target {
      targets = try target.columns(of: names, in: source)
    } else if hasNames, !known.isEmpty, known.allSatisfy(names.contains) {
      targets = known.map { names.firstIndex(of: $0)! }
    } else if targetWidth > 0, labelsPath == nil {
      throw .wrong(
        "`\(source)`: which column is the target? \(listed(names))",
        hint: "`--target NAME` or `--target NUMBER` chooses it")
    }
    var columns: [Int]
    if let inputs {
      columns = try inputs.columns(of: names, in: source)
    } else if hasNames, let wanted = description?.inputs, !wanted.isEmpty {
      let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
      let missing = wanted.filter { places[$0] == nil }
      if !missing.isEmpty {
        let shown = missing.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
        throw .wrong(
          "`\(source)` lacks the input column\(missing.count == 1 ? "" : "s") \(shown)"
            + "\(missing.count > 8 ? ", …" : "") that the network was trained with; \(listed(names))"
        )
      }
      columns = wanted.map { places[$0]! }
    } else {
      let taken = Set(targets)
      columns = names.indices.filter { !taken.contains($0) }
    }
    if columns.count != inputWidth {
      let besides = inputs == nil && !targets.isEmpty ? " besides the target" : ""
      throw .wrong(
        "`\(source)` gives \(columns.count) input column\(columns.count == 1 ? "" : "s")\(besides), "
          + "but the network takes \(inputWidth); \(listed(names))",
        hint: "`--inputs` chooses columns by name or range: `--inputs 1..\(inputWidth)`")
    }
    return (columns, targetWidth > 0 ? targets : [])
  }
}

extension DelimitedText {
  /// Whether the first row of data has no number in a column.
  func firstIsText(in column: Int) throws(FileFailure) -> Bool {
    var reader = RecordReader(
      source, delimiter: delimiter, offset: dataStart.offset, line: dataStart.line)
    guard try reader.next(), reader.fieldCount > column else { return false }
    return DecimalNumber(reader.field(column)) == .text
  }
}
