import NNC

// Layers for images and signals, of any shape, stride, dilation, groups and padding. A layer is drawn without regard to what
// flows into it, and stays where the compiler finds that it fits.
extension RandomNetwork {
  /// The most numbers that flow on.
  private static let most = 48

  /// Some layers for an image or a signal in front of the dense ones.
  mutating func addImages() {
    let axes = Int.random(in: 1...2, using: &random)
    let shape =
      [Int.random(in: 1...4, using: &random)]
      + (0..<axes).map { _ in Int.random(in: 2...6, using: &random) }
    let place = lines.firstIndex { $0.hasPrefix("input ") }!
    lines[place] = "input " + shape.map(String.init).joined(separator: "x")
    var marks: [String] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      keep(if: { $0.count == shape.count }, imageLayer(marks))
      if Bool.random(using: &random) {
        let mark = "picture\(marks.count + 1)"
        lines.append("\(mark): \(pick(Self.activations))")
        marks.append(mark)
      }
    }
    if Bool.random(using: &random), shape.count == 3 {
      keep(if: { _ in true }, pick(["transpose", "permute 1,0,2", "permute 2,0,1", "last"]))
    }
    lines.append(pick(["flatten", "flatten", "globalavgpool", "globalmaxpool"]))
    if shapeOfOutput(lines) == nil { lines[lines.count - 1] = "flatten" }
    width = shapeOfOutput(lines)!.last!
  }

  /// Adds a layer that the compiler takes, if what it gives is as wanted.
  private mutating func keep(if isWanted: ([Int]) -> Bool, _ line: String) {
    guard let shape = shapeOfOutput(lines + [line]), shape.reduce(1, *) <= Self.most,
      isWanted(shape)
    else { return }
    lines.append(line)
  }

  /// The shape of what a network of these lines gives; nil where it is none.
  func shapeOfOutput(_ lines: [String]) -> [Int]? {
    let text = (lines.count == 5 ? lines + ["= x"] : lines).joined(separator: "\n") + "\n"
    return try? Compilation(SourceFile(name: "part.nn", text: text)).checkedNetwork().outputShape
  }

  private mutating func size(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  /// `K` or `KxL`.
  private mutating func sizes(_ range: ClosedRange<Int>) -> String {
    size(0...2) == 0 ? "\(size(range))x\(size(range))" : "\(size(range))"
  }

  /// Some of the keys, each at times.
  private mutating func keys(_ choices: [String]) -> String {
    choices.filter { _ in size(0...2) == 0 }.map { " " + $0 }.joined()
  }

  private mutating func imageLayer(_ marks: [String]) -> String {
    let (stride, dilation, window) = (
      "stride=\(sizes(1...3))", "dilation=\(sizes(1...2))", "kernel=\(sizes(1...3))"
    )
    let pad = pick([
      "pad=1", "pad=\(sizes(0...2))", "pad=same", "pad=causal", "pad=1,0,2,1", "pad=2,1",
    ])
    let border = "padding=" + pick(["reflect", "replicate", "circular"])
    switch size(0...13) {
    case 0, 1, 2, 3:
      let groups = size(1...2)
      return "conv \(groups * size(1...2)) \(window)"
        + keys([stride, dilation, "groups=\(groups)", "bias=no"])
        + (size(0...1) == 0 ? " \(pad)" + keys([border]) : "")
    case 4: return "depthwise \(window)" + keys([stride, dilation, pad, "multiplier=2"])
    case 5:
      return "deconv \(size(1...2)) \(window)"
        + keys([stride, dilation, "pad=1", "output_pad=1", "bias=no"])
    case 6: return "maxpool \(sizes(1...3))" + keys([stride, "pad=1", dilation, "ceil=yes"])
    case 7: return "avgpool \(sizes(1...3))" + keys([stride, "pad=1", "ceil=yes", "count_pad=no"])
    case 8: return "upsample 2" + pick(["", " mode=bilinear", " mode=bilinear align_corners=yes"])
    case 9:
      return pick([
        "groupnorm 2", "instancenorm", "batchnorm", "dropout2d 0.3", "layernorm axes=2",
        "rmsnorm axes=2",
        "softmax axis=0", "logsoftmax axis=1",
      ])
    case 10: return "adaptive_avgpool \(sizes(1...3))"
    case 11:
      return pick([
        "pad 1", "pad 1,0", "slice 0,1 axis=0", "slice 1,3", "slice 1,2 axis=1",
        "pad 1 padding=reflect",
      ])
    case 12 where !marks.isEmpty:
      let mark = marks.randomElement(using: &random)!
      return pick(["concat \(mark) axis=0", "add \(mark)", "mul \(mark)", "concat \(mark)"])
    default: return "residual { conv \(size(1...3)) kernel=3 pad=1; \(pick(Self.activations)) }"
    }
  }
}
