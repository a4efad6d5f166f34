import NNCProgram

extension BodyWriter {
  /// Spells the head of a loop that is not one over lanes.
  mutating func open(_ loop: LoopID, _ extent: Extent) {
    let name: String
    let open = openLoops.filter { $0 != Self.lanesName }
    switch extent {
    case .samples:
      name = open.contains(sampleLoop) ? letters[open.count] : sampleLoop
    default:
      name = letters[open.count { $0 != sampleLoop }]
    }
    openLoops.append(name)
    loops[Int(loop)] = name
    if case .element(let access, _) = extent {
      // One turn: a scope, with its number.
      let number = element(access)
      let source = number.prefix { $0 != "[" }
      line(dialect.block("the place that \(source) says"), isFixed: true)
      indent += "  "
      line(dialect.declareIndex(name, dialect.index(of: number)), isFixed: true)
      return
    }
    let range = divisions[loop].map { divide(extent, $0) } ?? extents.range(extent)
    line(
      dialect.loop(
        isIndex[Int(loop)] ? name : dialect.unusedLoop(name), from: range.from, to: range.to),
      isFixed: true)
    indent += "  "
  }

  /// The turns of a divided loop that the part has. The units of an outermost one are counted before it.
  private mutating func divide(_ extent: Extent, _ division: Division) -> (
    from: String, to: String
  ) {
    if let outer = division.outer, let units = divisions[outer]?.units {
      let at = indexText(division.first, [(units, loops[Int(outer)])])
      let turns = extents.count(extent)
      func turn(_ unit: String) -> String {
        "\(dialect.turnOfUnit)(\(unit), \(at), \(turns))"
      }
      return (turn(unitNames.first), turn(unitNames.end))
    }
    let range = extents.range(extent)
    let units = division.units
    var count = extents.count(extent)
    if case .fixed(let turns) = extent {
      count = "\(turns * units)"
    } else {
      count = "(\(count))" + (units == 1 ? "" : " * \(units)")
    }
    unitNames = (names.claim("first"), names.claim("end"))
    for (name, part) in [(unitNames.first, "part"), (unitNames.end, "(part + 1)")] {
      line(dialect.declareIndex(name, "\(part) * \(count) / parts"), isFixed: true)
    }
    let (first, end) = unitNames
    if units == 1 {
      let start = range.from == "0" ? "" : "\(range.from) + "
      return (start + first, start + end)
    }
    return ("\(first) / \(units)", "(\(end) + \(units - 1)) / \(units)")
  }

  /// How often loops run, as text.
  var extents: ExtentText {
    ExtentText(dialect: dialect, samples: samples, loops: loops)
  }
}
