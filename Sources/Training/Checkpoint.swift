import NNCExecution
import NNCFormats
import NNCProgram

/// A training's snapshot in a folder: all that is needed to go on with the very bits of a run that was never ended.
///
/// It is one safetensors file, `checkpoint.safetensors`, so the parameters in it can be used as any others: tensors
/// under the parameters' names, `state/` and a name for what the update rule keeps, `best/` and a name for the
/// parameters of the best epoch, and `history` with a row for each epoch. Numbers are binary64, which holds either
/// precision exactly. The orders of the samples follow from the seed, so the epoch and the place in it say where the
/// generator stands. The file is replaced whole or not at all.
public struct Checkpoint: Sendable {
  /// The file.
  public let path: String
  /// What decides the course of the training, by name: to go on with other values would not give the same bits. Names
  /// that begin with `--` are options, whose values are told; other values are fingerprints.
  public let course: [String: String]

  /// The checkpoint of a training with this course in a folder.
  public init(folder: String, course: [String: String]) {
    path = folder.hasSuffix("/") ? folder + Self.name : "\(folder)/\(Self.name)"
    self.course = course
  }

  /// The file's name.
  public static let name = "checkpoint.safetensors"

  /// Whether there is one already.
  public var exists: Bool { fileExists(path) }

  /// Removes what a process that was killed while it wrote has left in the folder.
  public func removeLeftovers() {
    let folder = String(path.dropLast(Self.name.count))
    for name in namesInFolder(folder) where name.hasPrefix(Self.name) && name.hasSuffix(".tmp") {
      removeFile(folder + name)
    }
  }

  private static let columns = ["epoch", "step", "lr", "loss"]
  private static let heldOutColumns = ["held_out_loss", "held_out_metric"]

  /// Writes a snapshot in place of the one before.
  public func write<Real: ProgramReal>(
    _ snapshot: TrainingSnapshot<Real>, of program: Program
  ) throws(FileFailure) {
    let progress = snapshot.progress
    var arrays = Self.arrays(program.parameters, snapshot.parameters, "")
    arrays += Self.arrays(program.state, snapshot.state, "state/")
    if !snapshot.bestParameters.isEmpty {
      arrays += Self.arrays(program.parameters, snapshot.bestParameters, "best/")
    }
    let hasLoss = progress.history.contains { $0.heldOutLoss != nil }
    let hasMetric = progress.history.contains { $0.heldOutMetric != nil }
    var columns = Self.columns
    if hasLoss { columns.append(Self.heldOutColumns[0]) }
    if hasMetric { columns.append(Self.heldOutColumns[1]) }
    let rows = progress.history.flatMap { record -> [Double] in
      var row = [Double(record.epoch), Double(record.step), record.rate, record.loss]
      if hasLoss { row.append(record.heldOutLoss ?? .nan) }
      if hasMetric { row.append(record.heldOutMetric ?? .nan) }
      return row
    }
    arrays.append(
      NamedArray(name: "history", shape: [progress.history.count, columns.count], values: rows))
    var metadata = [
      "checkpoint.step": "\(progress.step)", "checkpoint.epoch": "\(progress.epoch)",
      "checkpoint.position": "\(progress.position)",
      "checkpoint.loss_sum": String(progress.lossSum.bitPattern, radix: 16),
      "checkpoint.best_epoch": "\(progress.bestEpoch)",
      "checkpoint.history": columns.joined(separator: ","),
    ]
    for (name, value) in course { metadata["course.\(name)"] = value }
    try Safetensors.write(arrays, metadata: metadata, as: .f64, to: path)
  }

  /// Reads the snapshot.
  ///
  /// - Throws: a `FileFailure` where there is none, where it is damaged, or where its training took another course.
  public func read<Real: ProgramReal>(
    of program: Program, as _: Real.Type
  ) throws(FileFailure) -> TrainingSnapshot<Real> {
    let file = try Safetensors.read(try ByteSource.open(path, isNamedByUser: false))
    var before: [String: String] = [:]
    for (name, value) in file.metadata where name.hasPrefix("course.") {
      before[String(name.dropFirst("course.".count))] = value
    }
    if before.isEmpty { throw .wrong("`\(path)` is no checkpoint") }
    let differences = Set(before.keys).union(course.keys).sorted()
      .filter { before[$0] != course[$0] }
      .map { name in
        name.hasPrefix("--")
          ? "\(name) was \(before[name] ?? "not given"), now it is \(course[name] ?? "not given")"
          : "its \(name) is another"
      }
    if !differences.isEmpty {
      throw .wrong(
        "`\(path)` is of another training: \(differences.joined(separator: "; "))",
        hint: "go on with the same network, data and options, or choose another folder")
    }
    func number(_ name: String) throws(FileFailure) -> Int {
      guard let number = file.metadata["checkpoint.\(name)"].flatMap({ Int($0) }), number >= 0
      else { throw .wrong("`\(path)` is no sound checkpoint: `checkpoint.\(name)` is missing") }
      return number
    }
    var progress = TrainingProgress()
    progress.step = try number("step")
    progress.epoch = try number("epoch")
    progress.position = try number("position")
    progress.bestEpoch = try number("best_epoch")
    guard let sum = file.metadata["checkpoint.loss_sum"].flatMap({ UInt64($0, radix: 16) }) else {
      throw .wrong("`\(path)` is no sound checkpoint: `checkpoint.loss_sum` is missing")
    }
    progress.lossSum = Double(bitPattern: sum)
    progress.history = try history(file)
    guard progress.history.count == progress.epoch, progress.bestEpoch <= progress.epoch else {
      throw .wrong(
        "`\(path)` is no sound checkpoint: its history is not of \(progress.epoch) epochs")
    }
    let hasBest = file.arrays.contains { $0.name.hasPrefix("best/") }
    return TrainingSnapshot(
      progress: progress, parameters: try block(program.parameters, "", file),
      state: try block(program.state, "state/", file),
      bestParameters: hasBest ? try block(program.parameters, "best/", file) : [])
  }

  private func history(_ file: TensorFile) throws(FileFailure) -> [EpochRecord] {
    let names = (file.metadata["checkpoint.history"] ?? "").split(separator: ",").map(String.init)
    let extra = Array(names.dropFirst(Self.columns.count))
    guard names.starts(with: Self.columns), extra.allSatisfy(Self.heldOutColumns.contains),
      let array = file.array("history"), array.shape.count == 2, array.shape[1] == names.count
    else { throw .wrong("`\(path)` is no sound checkpoint: its history is damaged") }
    let values = try array.values()
    return (0..<array.shape[0]).map { row in
      func value(_ name: String) -> Double? {
        names.firstIndex(of: name).map { values[row * names.count + $0] }
      }
      return EpochRecord(
        epoch: row + 1, step: Int(exactly: value("step")!) ?? 0, rate: value("lr")!,
        loss: value("loss")!, heldOutLoss: value(Self.heldOutColumns[0]),
        heldOutMetric: value(Self.heldOutColumns[1]))
    }
  }

  private func block<Real: ProgramReal>(
    _ fields: [Field], _ prefix: String, _ file: TensorFile
  ) throws(FileFailure) -> [Real] {
    var result = [Real](repeating: 0, count: fields.reduce(0) { $0 + $1.count })
    for field in fields {
      guard let array = file.array(prefix + field.name), array.shape == field.shape else {
        throw .wrong("`\(path)` is no sound checkpoint: `\(prefix + field.name)` is missing")
      }
      for (place, value) in try array.values().enumerated() {
        result[field.offset + place] = Real(value)
      }
    }
    return result
  }

  private static func arrays<Real: ProgramReal>(
    _ fields: [Field], _ block: [Real], _ prefix: String
  ) -> [NamedArray] {
    fields.map { field in
      NamedArray(
        name: prefix + field.name, shape: field.shape,
        values: block[field.offset..<(field.offset + field.count)].map { Double($0) })
    }
  }
}
