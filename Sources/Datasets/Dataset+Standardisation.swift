import NNCFormats

extension Dataset {
  /// The transform that gives each input column of these samples mean 0 and standard deviation 1.
  ///
  /// The mean and the deviation of the population, summed in the samples' order, so that the bits depend on nothing
  /// else (B. Welford, Note on a Method for Calculating Corrected Sums of Squares, 1962); a column that never changes
  /// is only centred:
  ///
  ///     mₖ = mₖ₋₁ + (xₖ − mₖ₋₁)/k,   sₖ = sₖ₋₁ + (xₖ − mₖ₋₁)(xₖ − mₖ),   scale = √(sₙ/n)
  ///
  /// - Parameter samples: those to be measured, such as the ones trained with; what `transform` does is left out.
  public func standardisation(over samples: [Int]) throws(FileFailure) -> ColumnTransform {
    var plain = self
    plain.transform = nil
    var mean = [Double](repeating: 0, count: inputWidth)
    var spread = [Double](repeating: 0, count: inputWidth)
    let chunk = max(1, (1 << 17) / inputWidth)
    let numbers = UnsafeMutableBufferPointer<Double>.allocate(capacity: chunk * inputWidth)
    numbers.initialize(repeating: 0)
    defer { numbers.deallocate() }
    var seen = 0.0
    var start = 0
    while start < samples.count {
      let part = samples[start..<min(start + chunk, samples.count)]
      let room = UnsafeMutableBufferPointer(rebasing: numbers[..<(part.count * inputWidth)])
      try plain.read(part, input: room)
      for sample in 0..<part.count {
        seen += 1
        for column in 0..<inputWidth {
          let value = room[sample * inputWidth + column]
          let distance = value - mean[column]
          mean[column] += distance / seen
          spread[column] += distance * (value - mean[column])
        }
      }
      start += chunk
    }
    let scale = spread.map { sum -> Double in
      let deviation = (sum / seen).squareRoot()
      return deviation > 0 && deviation.isFinite ? deviation : 1
    }
    return ColumnTransform(mean: mean, scale: scale)
  }
}
