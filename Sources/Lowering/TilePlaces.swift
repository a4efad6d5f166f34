import NNCProgram

/// The places of a tile's elements: those along each axis of which it has several, with all of the others.
struct TilePlaces {
  /// An axis along which the tile has several places.
  struct Axis {
    let number: Int
    /// The first index.
    let first: Affine
    /// How many there are, and how far one is from the next.
    let count: Int
    let step: Int

    /// The index in a turn of a loop over them.
    func index(at loop: LoopID) -> Affine {
      var index = first
      index.add(loop: loop, step: step)
      return index
    }
  }

  /// The place of the first element.
  private(set) var first: Place
  /// The axes, outermost first.
  private(set) var axes: [Axis] = []

  /// One place.
  init(_ place: Place) { first = place }

  /// How many places there are.
  var count: Int { axes.reduce(1) { $0 * $1.count } }
  /// All of them, in row-major order.
  var all: [Place] { along(axes) }

  /// The same at so many indices along one more axis.
  func along(_ axis: Int, _ index: Affine, count: Int, step: Int) -> TilePlaces {
    var result = self
    result.first = first.at(axis, index)
    if count > 1 { result.axes.append(Axis(number: axis, first: index, count: count, step: step)) }
    return result
  }

  /// The same for a sample.
  func at(_ axis: Int, _ sample: Place.Sample) -> TilePlaces {
    var result = self
    result.first = first.at(axis, sample)
    return result
  }

  /// Those of the tile's axes that are among some of a nest's.
  func axes(_ some: [Int]) -> [Axis] { axes.filter { some.contains($0.number) } }

  /// The places along some of the axes, in row-major order; along the others the first.
  func along(_ some: [Axis]) -> [Place] {
    some.reduce([first]) { places, axis in
      places.flatMap { place in
        (0..<axis.count).map { place.at(axis.number, axis.first + $0 * axis.step) }
      }
    }
  }
}
