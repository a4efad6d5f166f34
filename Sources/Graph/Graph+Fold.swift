import NNCAlgebra

// What leads back from views.
extension Graph {
  /// The sum, for each element of a tensor of shape `shape`, of the elements of `id` that show it by `view`: what views
  /// are transposed to. It is made of what is there: elements moved apart and framed by zeros, a view, and a sum.
  ///
  ///     x̄[p] = Σ ȳ[q] over the places q with f(q) = p
  ///
  /// Where ȳ is a sum of products, so is x̄: Σₖ Σₒ w[o, k] · δ[o, p − k] is one contraction, and no window's elements are
  /// ever laid out.
  public mutating func fold(_ id: NodeID, _ view: View, to shape: Shape) -> NodeID {
    guard let back = view.inverse(of: shape, self[id].shape) else {
      preconditionFailure("no view leads back from this one")
    }
    // An axis whose index is the same everywhere has one place, which is framed at the end.
    let own = shape.indices.map { view.indices[$0].terms.isEmpty ? 1 : shape[$0] }
    let full = own + back.free.map { self[id].shape[$0] }
    let frames = back.indices.indices.map { axis in
      Frame(
        back.indices[axis], extent: self[id].shape[axis], spacing: back.spacing[axis], over: full)
    }
    let sum = productFold(id, frames, full, own) ?? plainFold(id, frames, full, own)
    let start = shape.indices.map {
      view.indices[$0].terms.isEmpty ? view.indices[$0].offset : 0
    }
    return pad(sum, at: start, to: shape)
  }

  private mutating func plainFold(
    _ id: NodeID, _ frames: [Frame], _ full: Shape, _ own: Shape
  ) -> NodeID {
    let shown = view(framed(id, frames), View(frames.map(\.index)), shape: full)
    let labels = full.indices.map { UInt8($0) }
    return contract(
      Contraction(inputs: [labels], output: Array(labels.prefix(own.count))), [shown])
  }

  /// The same for a sum of products: each factor is framed and viewed by itself. nil where it is none, or where an axis
  /// that is moved belongs to both factors.
  private mutating func productFold(
    _ id: NodeID, _ frames: [Frame], _ full: Shape, _ own: Shape
  ) -> NodeID? {
    guard case .contract(let contraction) = self[id].kind, contraction.inputs.count == 2 else {
      return nil
    }
    for (label, frame) in zip(contraction.output, frames) where !frame.isPlain {
      if contraction.inputs.allSatisfy({ $0.contains(label) }) { return nil }
    }
    var factors: [NodeID] = []
    var inputs: [[UInt8]] = []
    for (labels, operand) in zip(contraction.inputs, self[id].operands) {
      let extents = self[operand].shape
      // Which axes of the whole a factor has, and then those that its contraction sums.
      var axes: [Int] = []
      for label in labels {
        guard let place = contraction.output.firstIndex(of: label) else { continue }
        for term in frames[place].index.terms where !axes.contains(term.axis) {
          axes.append(term.axis)
        }
      }
      axes.sort()
      var inner = axes.map { full[$0] }
      var names = axes.map { UInt8($0) }
      var parts: [Frame] = []
      for (label, extent) in zip(labels, extents) {
        if let place = contraction.output.firstIndex(of: label) {
          parts.append(frames[place].renumbered(axes))
        } else {
          parts.append(Frame(.init(axis: inner.count), extent: extent))
          inner.append(extent)
          names.append(UInt8(full.count) + label)
        }
      }
      factors.append(view(framed(operand, parts), View(parts.map(\.index)), shape: inner))
      inputs.append(names)
    }
    // An axis that no factor has repeats.
    let named = Set(inputs.joined())
    let output = own.indices.filter { named.contains(UInt8($0)) }
    let product = contract(
      Contraction(inputs: inputs, output: output.map { UInt8($0) }), factors)
    return broadcast(product, to: own, axes: output)
  }

  /// A tensor with its elements moved apart and zeros around it.
  private mutating func framed(_ id: NodeID, _ frames: [Frame]) -> NodeID {
    pad(id, at: frames.map(\.start), steps: frames.map(\.spacing), to: frames.map(\.extent))
  }
}

/// An axis with zeros between and around its elements, and where it is read.
private struct Frame {
  /// The index along the framed axis.
  var index: View.Index
  /// How far elements are apart.
  var spacing: Int
  /// Where the first of them lies.
  var start: Int
  /// The extent of the framed axis.
  var extent: Int
  /// Whether it is the axis itself, read one element after the other.
  var isPlain: Bool

  /// An axis that is read as it is.
  init(_ index: View.Index, extent: Int) {
    (self.index, spacing, start, self.extent, isPlain) = (index, 1, 0, extent, true)
  }

  /// The zeros that an axis needs so that an index lies inside for every place of a tensor of shape `shape`.
  init(_ index: View.Index, extent: Int, spacing: Int, over shape: Shape) {
    let range = index.range(over: shape)
    let spaced = extent == 0 ? 0 : (extent - 1) * spacing + 1
    self.spacing = spacing
    start = max(0, -range.lowerBound)
    self.extent = start + max(spaced, range.upperBound + 1)
    self.index = index
    self.index.offset += start
    isPlain = index.axis.map { shape[$0] == extent } ?? false && self.extent == extent
  }

  /// The same with the axes of the index numbered by their places in a list.
  func renumbered(_ axes: [Int]) -> Frame {
    var result = self
    result.index = .init(index.offset)
    for term in index.terms {
      result.index.add(axis: axes.firstIndex(of: term.axis)!, step: term.step)
    }
    return result
  }
}
