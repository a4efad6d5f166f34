import NNCFormats
import NNCLayers

/// Other names for arrays of weights: `old=new` for one array, or for all of a layer: `0=linear1` makes `0.weight`
/// `linear1.weight`; `model=` takes a first part away.
public struct WeightNames: Sendable {
  private let renames: [(old: String, new: String)]
  /// Arrays, or layers, that are left aside.
  private let ignored: [String]

  /// No other names.
  public init() {
    renames = []
    ignored = []
  }

  /// The names that texts such as `0=linear1` give; nil for the first text that is nothing of the kind.
  ///
  /// - Parameters:
  ///   - texts: names in the file and in the network, `=` between them.
  ///   - ignored: arrays, or layers with all of their arrays, that are left aside.
  public init?(_ texts: [String], ignoring ignored: [String] = []) {
    var renames: [(String, String)] = []
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else { return nil }
      renames.append((String(parts[0]), String(parts[1])))
    }
    self.renames = renames
    self.ignored = ignored
  }

  init(renames: [(String, String)]) {
    self.renames = renames
    ignored = []
  }

  /// Whether an array that a file calls `name` is left aside.
  public func ignores(_ name: String) -> Bool {
    ignored.contains { name == $0 || name.hasPrefix($0 + ".") }
  }

  /// The name for an array that a file calls `name`: the first of the names that concerns it decides.
  public func name(for name: String) -> String {
    for (old, new) in renames {
      if name == old { return new }
      if name.hasPrefix(old + ".") {
        let rest = name.dropFirst(old.count)
        return new.isEmpty ? String(rest.dropFirst()) : new + rest
      }
    }
    return name
  }

  /// The old names that concern none of some arrays.
  func unused(among names: [String]) -> [String] {
    (renames.map(\.old) + ignored).filter { old in
      !names.contains { $0 == old || $0.hasPrefix(old + ".") }
    }
  }
}

extension Network {
  /// The names that `torch.nn.Sequential` gives its layers, which are their places: `0.weight` for `linear1.weight`.
  var sequentialNames: [(old: String, new: String)] {
    layers.enumerated().compactMap { place, layer in
      layer.parameterCount > 0 ? ("\(place)", layer.name) : nil
    }
  }
}
