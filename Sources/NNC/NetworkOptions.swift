import NNCDiagnostics
import NNCFormats
import NNCLayers

/// What an `nnc.json` says of a network: options of its code, and where its parameters come from.
public struct NetworkOptions: Sendable {
  /// The options of the code.
  public var code: CompilerOptions
  /// The file of the parameters; nil for those of the source.
  public var weights: String?
  /// Other names for arrays of that file.
  public var weightNames: WeightNames
  /// Whether inputs are taken as they stand in the data, and what was saved with the weights is applied.
  public var takesRawInputs: Bool
  /// Which parameters are trained; nil for those that the source does not freeze.
  public var trained: TrainedPart?

  /// The options that a file gives for a network; throws what is wrong with it, each mistake with its place.
  ///
  /// - Parameters:
  ///   - json: the file. Files that it names lie beside it.
  ///   - network: the network's file name, without folders, under which its own options stand.
  public init(json: SourceFile, for network: String) throws(CompilationError) {
    code = CompilerOptions()
    weightNames = WeightNames()
    takesRawInputs = false
    let known =
      CompilerOption.all.map { OptionsFile.Option($0.name, isFlag: $0.isFlag) } + [
        .init("weights", isPath: true), .init("map", repeats: true),
        .init("raw-inputs", isFlag: true), .init("train"),
      ]
    var given: [String: [String]] = [:]
    let file = try OptionsFile(json)
    let values = try file.values(for: network, known) { name, values throws(OptionsFile.Problem) in
      switch name {
      case "map" where WeightNames(values) == nil:
        throw .init("`map` takes old and new names, `0.weight=linear1.weight`")
      case "train" where values.allSatisfy { TrainedPart(rawValue: $0) == nil }:
        throw .init(
          "`train` takes \(TrainedPart.allCases.map { "`\($0)`" }.joined(separator: ", "))")
      default:
        guard let row = CompilerOption.all.first(where: { $0.name == name }) else { return }
        var alone = CompilerOptions()
        for value in values {
          do throws(CompilerOptionError) {
            try row.set(value, in: &alone)
          } catch {
            throw .init(error.description, note: error.hint)
          }
        }
      }
    }
    for (name, values) in values { given[name] = values }
    for row in CompilerOption.all {
      // Each value has been tried above.
      for value in given[row.name] ?? [] { try? row.set(value, in: &code) }
    }
    weights = given["weights"]?.first
    weightNames = given["map"].flatMap { WeightNames($0) } ?? WeightNames()
    takesRawInputs = given["raw-inputs"]?.isEmpty == false
    trained = given["train"]?.first.flatMap { TrainedPart(rawValue: $0) }
  }
}

extension Compilation {
  /// The same source with the parameters and the parts to train that options name; their ``NetworkOptions/code`` is for
  /// ``build(_:)``. Throws a `FileFailure` where the weights cannot be taken, and a ``CompilationError`` where the source
  /// has errors.
  public func applying(_ options: NetworkOptions) throws -> Compilation {
    var result = self
    if let path = options.weights {
      let saved = try checkedNetwork().readWeights(path, names: options.weightNames)
      result = result.beginning(with: saved.parameters)
      if options.takesRawInputs {
        guard let transform = saved.description?.transform else {
          throw FileFailure.wrong("`\(path)` says of no transform of the inputs to apply")
        }
        result = result.takingRawInputs(transform)
      }
    } else if options.takesRawInputs {
      throw FileFailure.wrong("`raw-inputs` goes with `weights`")
    }
    return options.trained.map { result.training(only: $0) } ?? result
  }
}
