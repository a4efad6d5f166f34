import NNCFormats

extension Dataset {
  /// The same data with numbers in the place of missing ones, where the columns say so and none are known yet.
  ///
  /// They are scikit-learn's `SimpleImputer`'s: the mean, the median (of two in the middle their mean) or the commonest
  /// raw number, of several the least.
  ///
  /// - Parameter samples: those to be measured, such as the ones trained with.
  public func fillingMissing(over samples: [Int]) throws(FileFailure) -> Dataset {
    let wanted = columns.indices.filter { place in
      let column = columns[place]
      return column.fill == nil && [.mean, .median, .most].contains(column.missing)
    }
    if wanted.isEmpty { return self }
    var values = [[Double]](repeating: [], count: wanted.count)
    try forEachRaw(of: samples) { row in
      for (place, column) in wanted.enumerated() where !row[column].isNaN {
        values[place].append(row[column])
      }
    }
    var result = self
    for (place, column) in wanted.enumerated() {
      guard let fill = columns[column].missing.fill(of: &values[place]) else {
        throw .wrong(
          "`\(name)`: every value of column \(quoted(inputName(column))) is missing",
          hint: "leave it out by `--inputs`")
      }
      result.columns[column].fill = fill
    }
    return result
  }

  /// What an input column is called: its name or its number.
  public func inputName(_ column: Int) -> String {
    column < inputNames.count ? inputNames[column] : "\(column + 1)"
  }
}

extension ColumnFormat.Missing {
  /// What takes the place of missing values among these, which it sorts; nil where there are none.
  func fill(of values: inout [Double]) -> Double? {
    if values.isEmpty { return nil }
    switch self {
    case .error, .drop: return nil
    case .mean: return values.reduce(0, +) / Double(values.count)
    case .median:
      values.sort()
      let middle = values.count / 2
      return values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
    case .most:
      values.sort()
      var best = (value: values[0], count: 0)
      var start = 0
      for place in 1...values.count where place == values.count || values[place] != values[start] {
        if place - start > best.count { best = (values[start], place - start) }
        start = place
      }
      return best.value
    }
  }
}
