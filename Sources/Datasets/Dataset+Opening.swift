import NNCFormats

extension Dataset {
  /// Opens the data that a request describes.
  ///
  /// The format is told by the bytes: a delimited text, `.npy`, `.npz` or IDX, each perhaps compressed by gzip. The
  /// targets may stand beside the inputs or in a file of their own. A folder is one of pictures, in folders by class.
  public static func open(_ request: DatasetRequest) throws(FileFailure) -> Dataset {
    if request.tokens != nil || request.description?.vocabulary != nil {
      return try open(text: request)
    }
    if PictureFolder.exists(request.path) { return try openFolder(request) }
    return try open(
      request, try ByteSource.open(request.path),
      labels: request.labelsPath == nil ? nil : try ByteSource.open(request.labelsPath!))
  }

  private static func openFolder(_ request: DatasetRequest) throws(FileFailure) -> Dataset {
    let folder = try PictureFolder(request.path)
    guard let labels = request.labelsPath, request.targetWidth > 0 else {
      let part = try Part(folder, request, .both)
      return try Dataset(name: folder.path, part.rows, part, part, request)
    }
    return try paired(
      try Part(folder, request, .inputs),
      try Part(try DataFile(try ByteSource.open(labels), request), request, .targets), request)
  }

  /// Inputs beside targets.
  private static func paired(
    _ inputs: Part, _ targets: Part, _ request: DatasetRequest
  ) throws(FileFailure) -> Dataset {
    if inputs.rows.count != targets.rows.count {
      throw .wrong(
        "`\(inputs.name)` has \(inputs.rows.count) samples, but `\(targets.name)` has "
          + "\(targets.rows.count)")
    }
    let rows = PairedRows(inputs.rows, targets.rows)
    return try Dataset(name: inputs.name, rows, inputs, targets, request)
  }

  /// Opens data whose bytes are given.
  ///
  /// - Parameter labels: the bytes of the targets, where they are a file of their own.
  public static func open(
    _ request: DatasetRequest, _ source: ByteSource, labels: ByteSource? = nil
  ) throws(FileFailure) -> Dataset {
    let wantsTarget = request.targetWidth > 0
    var inputRequest = request
    if labels != nil, request.target != nil {
      inputRequest.target = nil
    }
    let data = try DataFile(source, request)
    guard wantsTarget, let labels else {
      let part = try Part(data, inputRequest, .both)
      return try Dataset(name: source.name, part.rows, part, part, request)
    }
    let inputs = try Part(data, inputRequest, .inputs)
    return try paired(inputs, try Part(try DataFile(labels, request), request, .targets), request)
  }

  private init(
    name: String, _ rows: any RowSource, _ inputs: Part, _ targets: Part,
    _ request: DatasetRequest
  ) throws(FileFailure) {
    var classes: Classes?
    if targets.hasLabels {
      var labels = targets.labels
      if labels == nil { labels = try rows.labels(inColumn: rows.width - 1) }
      classes = try Classes(
        labels!,
        outputs: request.classCount ?? request.targetWidth,
        known: request.description?.classes ?? [],
        column: targets.labelName, source: targets.name)
    }
    self.init(
      name: name, rows: rows,
      memory: try SampleMemory(
        rows, inputs: inputs.reading?.formats.count ?? request.inputWidth,
        limit: request.memoryLimit),
      inputWidth: request.inputWidth, targetWidth: request.targetWidth,
      inputNames: inputs.inputNames, targetNames: targets.targetNames, labels: classes,
      transform: request.description?.transform)
    guard let reading = inputs.reading else { return }
    style = reading.style
    dateOrder = reading.dateOrder
    columns = reading.isPlain ? [] : reading.formats
    remarks = reading.remarks
    unusable = reading.unusable
    missing = reading.missing
    dropped = reading.dropped
  }
}
