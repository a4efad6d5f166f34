import NNCFormats

/// The columns of one file that a data set is made of: inputs, targets, or first the ones and then the others.
struct Part {
  /// What is taken from the file.
  enum Content {
    case inputs, targets, both
  }

  let name: String
  let rows: any RowSource
  let inputNames: [String]
  let targetNames: [String]
  /// Whether the target is one column of labels.
  let hasLabels: Bool
  /// The labels, where they are known already.
  let labels: [Label]?
  /// What the column of labels is called in messages.
  let labelName: String
  /// How a table's columns were read; nil of what is no table.
  let reading: TableReading?

  /// Chooses columns.
  init(_ file: DataFile, _ request: DatasetRequest, _ content: Content) throws(FileFailure) {
    switch file {
    case .table(let table): try self.init(table, request, content)
    case .array(let array): try self.init(array, request, content)
    case .arrays(let file): try self.init(file, request, content)
    }
  }

  private init(
    _ table: DelimitedText, _ request: DatasetRequest, _ content: Content
  ) throws(FileFailure) {
    let names = table.columnNames
    var columns = try request.columns(
      of: names, hasNames: table.hasHeader, in: table.source.name, content)
    var hasLabels = false
    if columns.targets.count == 1, request.targetWidth > 0 {
      let isText = try table.firstIsText(in: columns.targets[0])
      hasLabels =
        request.targetWidth > 1 || isText || request.hasClasses || request.classCount != nil
    }
    let known = request.description
    var plan = TablePlan(columns: [], formats: [], hasLabels: hasLabels, limit: request.memoryLimit)
    var remarks: [String] = []
    let options = request.columns
    plan.style = options.style ?? known?.style ?? NumberStyle()
    plan.dateOrder = options.dateOrder ?? known?.dateOrder
    if let formats = known?.columns, !formats.isEmpty, formats.count == columns.inputs.count {
      plan.formats = formats
    } else {
      plan.formats = try options.formats(columns.inputs, of: names, in: table.source.name)
      if options.guesses, content != .targets {
        let guess = try TableGuess(
          table, columns: columns.inputs, targets: hasLabels ? [] : columns.targets, options,
          stated: plan.formats, mayLeaveOut: request.inputs == nil)
        (columns.inputs, plan.formats, remarks) = (guess.columns, guess.formats, guess.remarks)
        (plan.style, plan.dateOrder) = (guess.style, guess.dateOrder)
      }
    }
    plan.columns = columns.inputs + columns.targets
    plan.keepsUnusable = request.keepsUnusable
    let fillsGaps = known?.columns.contains { $0.missing != .error } ?? false
    plan.dropsWithoutTarget =
      options.missing.map { $0 != .error } ?? (options.guesses || fillsGaps)
    plan.progress = request.progress
    if plan.formats.allSatisfy({ $0.kind != .category || !$0.categories.isEmpty }),
      content != .targets
    {
      try request.checkWidth(
        plan.formats, columns.inputs, names, columns.targets, table.source.name)
    }
    let rows = try DelimitedRows(table, plan)
    if content != .targets {
      try request.checkWidth(
        rows.formats, columns.inputs, names, columns.targets, table.source.name)
    }
    reading = TableReading(
      formats: rows.formats, style: plan.style, dateOrder: plan.dateOrder, remarks: remarks,
      unusable: rows.unusable, dropped: rows.dropped, missing: rows.missing)
    name = table.source.name
    self.rows = rows
    self.hasLabels = hasLabels
    inputNames = table.hasHeader ? columns.inputs.map { names[$0] } : []
    targetNames = table.hasHeader ? columns.targets.map { names[$0] } : []
    labels = hasLabels ? rows.labels : nil
    labelName = columns.targets.first.map { names[$0] } ?? ""
  }

  private init(
    _ array: StoredArray, _ request: DatasetRequest, _ content: Content
  ) throws(FileFailure) {
    if array.shape.isEmpty {
      throw .wrong("`\(array.source.name)` is a single number, not rows of numbers")
    }
    if array.count == 0 { throw .wrong("`\(array.source.name)` has no rows of numbers") }
    let names = (0..<array.rowWidth).map { "\($0 + 1)" }
    let columns = try request.columns(
      of: names, hasNames: false, in: array.source.name, content)
    name = array.source.name
    rows = ArrayRows(array, columns: columns.inputs + columns.targets)
    inputNames = []
    targetNames = []
    reading = nil
    try request.checkWidth(
      content == .targets ? nil : columns.inputs.map { _ in ColumnFormat() }, columns.inputs, names,
      columns.targets, array.source.name)
    hasLabels =
      columns.targets.count == 1
      && (request.targetWidth > 1 || request.hasClasses || request.classCount != nil)
    labels = hasLabels && content == .targets ? try rows.labels(inColumn: 0) : nil
    labelName = columns.targets.first.map { names[$0] } ?? ""
  }

  private init(
    _ file: TensorFile, _ request: DatasetRequest, _ content: Content
  ) throws(FileFailure) {
    var plain = request
    plain.inputs = nil
    plain.target = nil
    var parts: [Part] = []
    if content != .targets {
      let array = try DataFile.array(
        file, request.inputs, usual: ["x", "X", "x_train", "X_train", "data", "inputs"],
        option: "inputs")
      parts.append(try Part(array, plain, .inputs))
    }
    if content != .inputs, request.targetWidth > 0 {
      let array = try DataFile.array(
        file, request.target, usual: ["t", "y", "Y", "y_train", "Y_train", "target", "labels"],
        option: "target")
      parts.append(try Part(array, plain, .targets))
    }
    let last = parts[parts.count - 1]
    if parts[0].rows.count != last.rows.count {
      throw .wrong(
        "`\(file.name)`: its arrays have \(parts[0].rows.count) and \(last.rows.count) samples")
    }
    name = file.name
    rows = parts.count == 1 ? last.rows : PairedRows(parts[0].rows, last.rows)
    inputNames = []
    targetNames = []
    hasLabels = last.hasLabels
    reading = nil
    labels = last.labels
    labelName = request.target?.text ?? last.labelName
  }
}

/// How the columns of a table were read.
struct TableReading {
  let formats: [ColumnFormat]
  let style: NumberStyle
  let dateOrder: DateOrder?
  let remarks: [String]
  let unusable: [UnusableRow]
  let dropped: (input: Int, target: Int)
  let missing: [Int]

  /// Whether every text of an input stands for its number.
  var isPlain: Bool { formats.allSatisfy(\.isPlain) }
}

extension DatasetRequest {
  /// Whether the network is known to have learned classes.
  var hasClasses: Bool { description.map { !$0.classes.isEmpty } ?? false }

  /// The columns of the inputs and of the targets, counted from 0.
  ///
  /// Chosen by the request; else by the names that are known from training; else the inputs are what is no target,
  /// and in a file of targets alone these are all.
  func columns(
    of names: [String], hasNames: Bool, in source: String, _ content: Part.Content
  ) throws(FileFailure) -> (inputs: [Int], targets: [Int]) {
    var targets: [Int] = []
    let known = description?.targets ?? []
    if let target {
      targets = try target.columns(of: names, in: source)
    } else if hasNames, !known.isEmpty, known.allSatisfy(names.contains) {
      targets = known.map { names.firstIndex(of: $0)! }
    } else if content == .targets {
      targets = Array(names.indices)
    } else if targetWidth > 0, content == .both {
      throw .wrong(
        "`\(source)`: which column is the target? \(listed(names))",
        hint: "`--target NAME` or `--target NUMBER` chooses it")
    }
    if targetWidth > 0, content != .inputs, targets.count != 1, targets.count != targetWidth {
      throw .wrong(
        "`\(source)` gives \(targets.count) target columns, but the network has "
          + "\(targetWidth) output\(targetWidth == 1 ? "" : "s"); \(listed(names))",
        hint: "`--target` chooses columns by name or range")
    }
    if content == .targets { return ([], targets) }
    let columns = try inputColumns(of: names, hasNames, except: targets, in: source)
    return (columns, targetWidth > 0 && content == .both ? targets : [])
  }

  private func inputColumns(
    of names: [String], _ hasNames: Bool, except targets: [Int], in source: String
  ) throws(FileFailure) -> [Int] {
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
    return columns
  }

  /// Refuses inputs that are not as many numbers as the network takes.
  func checkWidth(
    _ formats: [ColumnFormat]?, _ columns: [Int], _ names: [String], _ targets: [Int],
    _ source: String
  ) throws(FileFailure) {
    guard let formats else { return }
    let width = formats.reduce(0) { $0 + $1.width }
    if width == inputWidth { return }
    if formats.allSatisfy({ $0.width == 1 }) {
      let besides = inputs == nil && !targets.isEmpty ? " besides the target" : ""
      throw .wrong(
        "`\(source)` gives \(columns.count) input column\(columns.count == 1 ? "" : "s")\(besides), "
          + "but the network takes \(inputWidth); \(listed(names))",
        hint: "`--inputs` chooses columns by name or range: `--inputs 1..\(inputWidth)`")
    }
    let wide = zip(columns, formats).filter { $1.width != 1 }
    let shown = wide.prefix(8).map { "`\(names[$0])` \($1.width)" }.joined(separator: ", ")
    let rest = formats.count - wide.count
    throw .wrong(
      "`\(source)` gives \(width) numbers for each input: \(shown)"
        + (wide.count > 8 ? ", …" : "") + (rest > 0 ? ", \(rest) others 1 each" : "")
        + "; but the network takes \(inputWidth)",
      hint:
        "let the network begin with `input \(width)` or a layer that takes \(width) numbers, or "
        + "leave columns out by `--inputs`")
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
