import NNCLayers
import NNCProgram

/// What a network takes on a small machine, one sample at a time.
public struct Footprint: Hashable, Sendable {
  /// The operations of one call; a function such as exp is one.
  public let operations: Int
  /// The bytes of constant memory: code (an estimate, `Program.codeSize(of:)`), tables, and the parameters or, for
  /// training, their initial values. What trains predicts too.
  public let flash: Int
  /// The bytes of other memory: workspace, input, and the output; or, for training, the target, the parameters and
  /// what the update rule keeps.
  public let ram: Int
}

extension Build {
  /// What predicting takes, or predicting and training; nil where the network lacks a function for one sample.
  public func footprint(training: Bool) -> Footprint? {
    guard let predict = program.entry(.predict, many: false) else { return nil }
    let train = program.entry(.train, many: false)
    if training, train == nil { return nil }
    let entries = [predict] + (training ? [train].compactMap { $0 } : [])
    let workspace = entries.map(\.workspaceCount).max() ?? 0
    let constants = program.parameterCount + program.tableCount(of: entries)
    let data =
      training
      ? program.targetCount + program.parameterCount + program.stateCount : program.outputCount
    let bytes = program.precision.bytes
    let cost = program.cost(of: entries[entries.count - 1])
    return Footprint(
      operations: cost.operationCount + cost.callCount,
      flash: program.codeSize(of: entries) + constants * bytes,
      ram: (workspace + program.inputCount + data) * bytes)
  }

  /// What predicting takes, and training as the network is.
  var footprintTable: String {
    var rows = [["one sample", "operations", "flash bytes", "RAM bytes"]]
    for (name, training) in [("predict", false), ("train", true)] {
      if let footprint = footprint(training: training) { rows.append([name] + footprint.cells) }
    }
    return alignedTable(rows)
  }
}

extension Footprint {
  /// The numbers of a row.
  fileprivate var cells: [String] { ["\(operations)", "\(flash)", "\(ram)"] }
}

extension Network {
  /// What predicting takes, and training each part of the parameters, as a table.
  public func trainingChoices(_ options: CompilerOptions) -> String {
    var rows = [["one sample", "trained", "operations", "flash bytes", "RAM bytes"]]
    for part in TrainedPart.allCases {
      let network = training(only: part)
      let trained = network.trainedParameters.reduce(0) { $0 + $1.count }
      let build = Build(
        network, options,
        only: [.init(.predict, many: false), .init(.train, many: false)])
      if rows.count == 1, let footprint = build.footprint(training: false) {
        rows.append(["predict", "0"] + footprint.cells)
      }
      if trained > 0, let footprint = build.footprint(training: true) {
        rows.append(["train \(part.rawValue)", "\(trained)"] + footprint.cells)
      }
    }
    return alignedTable(rows)
  }
}
